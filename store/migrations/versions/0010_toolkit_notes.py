"""What people have to do with toolkits: used lately, saved, found useful."""

import sqlalchemy as sa
from alembic import op
import store.database

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('toolkit_notes',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('used_at', store.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('saved_at', store.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('is_useful', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_toolkit_notes_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'slug', name=op.f('pk_toolkit_notes'))
    )
    with op.batch_alter_table('toolkit_notes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_toolkit_notes_slug'), ['slug'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('toolkit_notes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_toolkit_notes_slug'))

    op.drop_table('toolkit_notes')
