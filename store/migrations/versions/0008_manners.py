"""Manners: what people ask of nudges, what leads set for the rules, what went out together."""

import sqlalchemy as sa
from alembic import op
import store.database

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('nudge_choices',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('stopped', sa.JSON(), nullable=False),
    sa.Column('snoozed_until', store.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('days_off', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_nudge_choices_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_nudge_choices'))
    )
    op.create_table('nudge_rules',
    sa.Column('rule', sa.String(length=40), nullable=False),
    sa.Column('is_on', sa.Boolean(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('changed_by_id', sa.Uuid(), nullable=False),
    sa.Column('changed_at', store.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['changed_by_id'], ['people.id'], name=op.f('fk_nudge_rules_changed_by_id')),
    sa.PrimaryKeyConstraint('rule', name=op.f('pk_nudge_rules'))
    )
    with op.batch_alter_table('nudges', schema=None) as batch_op:
        # Those planned before have their outbox items.
        batch_op.add_column(sa.Column('state', sa.String(length=20), server_default='composed', nullable=False))
        batch_op.add_column(sa.Column('not_before', store.database.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('reason', sa.String(length=400), server_default='', nullable=False))
        batch_op.create_index('ix_nudges_pending', ['not_before'], unique=False, sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'"))


def downgrade() -> None:
    with op.batch_alter_table('nudges', schema=None) as batch_op:
        batch_op.drop_index('ix_nudges_pending', sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'"))
        batch_op.drop_column('reason')
        batch_op.drop_column('not_before')
        batch_op.drop_column('state')

    op.drop_table('nudge_rules')
    op.drop_table('nudge_choices')
