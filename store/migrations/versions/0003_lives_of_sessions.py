"""The lives of sessions: leads by setting, registers, one school meeting a year, suggestions, feedback."""

import sqlalchemy as sa
from alembic import op
import store.database

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('suggestions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('suggested_by_id', sa.Uuid(), nullable=False),
    sa.Column('suggested_at', store.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_suggestions_session_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_suggestions_person_id')),
    sa.ForeignKeyConstraint(['suggested_by_id'], ['people.id'], name=op.f('fk_suggestions_suggested_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestions')),
    sa.UniqueConstraint('session_id', 'person_id', name=op.f('uq_suggestions_session_id'))
    )
    with op.batch_alter_table('suggestions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suggestions_person_id'), ['person_id'], unique=False)

    op.create_table('feedback',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('booking_id', sa.Uuid(), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('answered_at', store.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['booking_id'], ['bookings.id'], name=op.f('fk_feedback_booking_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback')),
    sa.UniqueConstraint('booking_id', 'question', name=op.f('uq_feedback_booking_id'))
    )
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_appointed', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('school_year', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('registered_at', store.database.UtcDateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_sessions_one_meeting_a_year', ['school_id', 'school_year'], unique=True, sqlite_where=sa.text("tier = '5' AND state = 'scheduled'"), postgresql_where=sa.text("tier = '5' AND state = 'scheduled'"))


def downgrade() -> None:
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.drop_index('ix_sessions_one_meeting_a_year', sqlite_where=sa.text("tier = '5' AND state = 'scheduled'"), postgresql_where=sa.text("tier = '5' AND state = 'scheduled'"))
        batch_op.drop_column('registered_at')
        batch_op.drop_column('school_year')

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('is_appointed')

    op.drop_table('feedback')
    with op.batch_alter_table('suggestions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_suggestions_person_id'))

    op.drop_table('suggestions')
