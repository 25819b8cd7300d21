"""Requests and their lives: drafts, history, visits, reference numbers, quick answers."""

import sqlalchemy as sa
from alembic import op
import store.database

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = store.database.UtcDateTime(timezone=True)
    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('page', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('revision', sa.Integer(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('begun_at', moment, nullable=True))
        batch_op.add_column(sa.Column('offered_at', moment, nullable=True))
        batch_op.add_column(sa.Column('follow_up_wanted_at', moment, nullable=True))
        batch_op.add_column(sa.Column('lapsed_at', moment, nullable=True))
        batch_op.add_column(sa.Column('continues_in_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('helped', sa.String(length=20), server_default='', nullable=False))
        batch_op.alter_column('reference', existing_type=sa.String(length=20), nullable=True)
        batch_op.alter_column('submitted_at', existing_type=moment, nullable=True)
        batch_op.create_foreign_key(batch_op.f('fk_requests_continues_in_id'), 'requests', ['continues_in_id'], ['id'])
    op.execute('UPDATE requests SET begun_at = submitted_at')
    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.alter_column('begun_at', existing_type=moment, nullable=False)

    op.create_table('request_entries',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.String(length=30), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', moment, nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['requests.id'], name=op.f('fk_request_entries_request_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_request_entries_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_entries'))
    )
    with op.batch_alter_table('request_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_request_entries_request_id'), ['request_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_request_entries_person_id'), ['person_id'], unique=False)

    op.create_table('request_visits',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('how', sa.String(length=20), nullable=False),
    sa.Column('starts_at', moment, nullable=False),
    sa.Column('ends_at', moment, nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('online_url', sa.String(length=1000), server_default='', nullable=False),
    sa.Column('proposed_by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['requests.id'], name=op.f('fk_request_visits_request_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['people.id'], name=op.f('fk_request_visits_proposed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_visits'))
    )
    with op.batch_alter_table('request_visits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_request_visits_request_id'), ['request_id'], unique=False)

    numbers = op.create_table('request_numbers',
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('next', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_request_numbers'))
    )
    op.bulk_insert(numbers, [{'name': 'requests', 'next': 1}])

    op.create_table('quick_answers',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('saved_by_id', sa.Uuid(), nullable=False),
    sa.Column('saved_at', moment, nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['requests.id'], name=op.f('fk_quick_answers_request_id')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['people.id'], name=op.f('fk_quick_answers_saved_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quick_answers')),
    sa.UniqueConstraint('request_id', name=op.f('uq_quick_answers_request_id'))
    )


def downgrade() -> None:
    op.drop_table('quick_answers')
    op.drop_table('request_numbers')
    with op.batch_alter_table('request_visits', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_request_visits_request_id'))

    op.drop_table('request_visits')
    with op.batch_alter_table('request_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_request_entries_person_id'))
        batch_op.drop_index(batch_op.f('ix_request_entries_request_id'))

    op.drop_table('request_entries')
    # What was never sent has no place in the older tables.
    op.execute('DELETE FROM requests WHERE submitted_at IS NULL')
    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_requests_continues_in_id'), type_='foreignkey')
        batch_op.alter_column('submitted_at', existing_type=store.database.UtcDateTime(timezone=True), nullable=False)
        batch_op.alter_column('reference', existing_type=sa.String(length=20), nullable=False)
        for name in ('helped', 'continues_in_id', 'lapsed_at', 'follow_up_wanted_at', 'offered_at', 'begun_at', 'revision', 'page'):
            batch_op.drop_column(name)
