"""Visits and calls of requests in the calendars of those who are part of them."""

import sqlalchemy as sa
from alembic import op
import store.database

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('visit_events',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('visit_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('holds_meeting', sa.Boolean(), nullable=False),
    sa.Column('is_wanted', sa.Boolean(), nullable=False),
    sa.Column('attempted_at', store.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('graph_event_id', sa.String(length=400), nullable=True),
    sa.Column('transaction_id', sa.Uuid(), nullable=True),
    sa.Column('told', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['request_visits.id'], name=op.f('fk_visit_events_visit_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_visit_events_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_events'))
    )
    with op.batch_alter_table('visit_events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_events_visit_id'), ['visit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_events_person_id'), ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_table('visit_events')
