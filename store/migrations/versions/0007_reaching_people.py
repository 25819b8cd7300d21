"""Reaching people: closed chats, installs of the app, cards that a bell leads to, what is in the way."""

import sqlalchemy as sa
from alembic import op
import store.database

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('app_installs',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('asked_at', store.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('barrier', sa.String(length=30), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_app_installs_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_app_installs'))
    )
    with op.batch_alter_table('conversations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('graph_chat_id', sa.String(length=512), nullable=True))
        batch_op.add_column(sa.Column('closed_at', store.database.UtcDateTime(timezone=True), nullable=True))

    with op.batch_alter_table('nudges', schema=None) as batch_op:
        batch_op.add_column(sa.Column('card_id', sa.String(length=200), nullable=True))

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('barrier', sa.String(length=30), nullable=True))
        batch_op.create_index('ix_outbox_stuck', ['person_id'], unique=False, sqlite_where=sa.text("state = 'parked' OR barrier IS NOT NULL"), postgresql_where=sa.text("state = 'parked' OR barrier IS NOT NULL"))


def downgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_stuck', sqlite_where=sa.text("state = 'parked' OR barrier IS NOT NULL"), postgresql_where=sa.text("state = 'parked' OR barrier IS NOT NULL"))
        batch_op.drop_column('barrier')

    with op.batch_alter_table('nudges', schema=None) as batch_op:
        batch_op.drop_column('card_id')

    with op.batch_alter_table('conversations', schema=None) as batch_op:
        batch_op.drop_column('closed_at')
        batch_op.drop_column('graph_chat_id')

    op.drop_table('app_installs')
