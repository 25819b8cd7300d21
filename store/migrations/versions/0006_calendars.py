"""Calendars: a Teams meeting for each online session, what each was told, people without a mailbox."""

import sqlalchemy as sa
from alembic import op
import store.database

revision = '0006'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('meetings',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('organiser_id', sa.Uuid(), nullable=True),
    sa.Column('is_wanted', sa.Boolean(), nullable=False),
    sa.Column('attempted_at', store.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('graph_event_id', sa.String(length=400), nullable=True),
    sa.Column('transaction_id', sa.Uuid(), nullable=True),
    sa.Column('told', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_meetings_session_id')),
    sa.ForeignKeyConstraint(['organiser_id'], ['people.id'], name=op.f('fk_meetings_organiser_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meetings')),
    sa.UniqueConstraint('session_id', name=op.f('uq_meetings_session_id'))
    )
    with op.batch_alter_table('calendar_events', schema=None) as batch_op:
        batch_op.add_column(sa.Column('transaction_id', sa.Uuid(), nullable=True))
        # Empty for events made before: each is told afresh when its session next changes.
        batch_op.add_column(sa.Column('told', sa.String(length=64), server_default='', nullable=False))
        batch_op.drop_column('revision')

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('no_mailbox_at', store.database.UtcDateTime(timezone=True), nullable=True))

    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('join_url', sa.String(length=1000), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.drop_column('join_url')

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('no_mailbox_at')

    with op.batch_alter_table('calendar_events', schema=None) as batch_op:
        batch_op.add_column(sa.Column('revision', sa.Integer(), server_default='1', nullable=False))
        batch_op.drop_column('told')
        batch_op.drop_column('transaction_id')

    op.drop_table('meetings')
