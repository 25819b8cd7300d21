"""The whole offer: guests, moved sessions, invitations, topics, next steps, announcements."""

import sqlalchemy as sa
from alembic import op
import store.database

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('announcements',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('meant_for', sa.JSON(), nullable=False),
    sa.Column('recipients', sa.Integer(), nullable=False),
    sa.Column('sent_at', store.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_announcements_author_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcements'))
    )
    op.create_table('next_steps',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('written_by_id', sa.Uuid(), nullable=False),
    sa.Column('written_at', store.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('done_at', store.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_next_steps_session_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['people.id'], name=op.f('fk_next_steps_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_next_steps'))
    )
    with op.batch_alter_table('next_steps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_next_steps_session_id'), ['session_id'], unique=False)

    op.create_table('topic_ideas',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('topic', sa.String(length=40), nullable=True),
    sa.Column('proposed_at', store.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', store.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_topic_ideas_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topic_ideas'))
    )
    with op.batch_alter_table('topic_ideas', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_topic_ideas_person_id'), ['person_id'], unique=False)

    op.create_table('topic_supports',
    sa.Column('idea_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('supported_at', store.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['topic_ideas.id'], name=op.f('fk_topic_supports_idea_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_topic_supports_person_id')),
    sa.PrimaryKeyConstraint('idea_id', 'person_id', name=op.f('pk_topic_supports'))
    )
    with op.batch_alter_table('bookings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('invited_by_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_bookings_invited_by_id'), 'people', ['invited_by_id'], ['id'])

    with op.batch_alter_table('calendar_events', schema=None) as batch_op:
        batch_op.add_column(sa.Column('revision', sa.Integer(), server_default='1', nullable=False))

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_guest', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('introduced_at', store.database.UtcDateTime(timezone=True), nullable=True))

    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('school_id', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('revision', sa.Integer(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('reason', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('override_note', sa.Text(), server_default='', nullable=False))
        batch_op.create_foreign_key(batch_op.f('fk_sessions_school_id'), 'schools', ['school_id'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_sessions_school_id'), type_='foreignkey')
        batch_op.drop_column('override_note')
        batch_op.drop_column('reason')
        batch_op.drop_column('revision')
        batch_op.drop_column('school_id')

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('introduced_at')
        batch_op.drop_column('is_guest')

    with op.batch_alter_table('calendar_events', schema=None) as batch_op:
        batch_op.drop_column('revision')

    with op.batch_alter_table('bookings', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_bookings_invited_by_id'), type_='foreignkey')
        batch_op.drop_column('invited_by_id')

    op.drop_table('topic_supports')
    with op.batch_alter_table('topic_ideas', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_topic_ideas_person_id'))

    op.drop_table('topic_ideas')
    with op.batch_alter_table('next_steps', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_next_steps_session_id'))

    op.drop_table('next_steps')
    op.drop_table('announcements')
