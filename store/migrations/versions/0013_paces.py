"""Paces: what went out within Microsoft's limits, and bells that may share a call."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('paces',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('made', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_paces'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        # Those that wait go one by one.
        batch_op.add_column(sa.Column('is_shared', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('is_shared')

    op.drop_table('paces')
