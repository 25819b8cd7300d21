"""Who is staff: the trust's staff group, who has left, and what the directory suggested."""

import sqlalchemy as sa
from alembic import op
import store.database

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('staff_readings',
    sa.Column('group_id', sa.String(length=100), nullable=False),
    sa.Column('read_at', store.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('members', sa.Integer(), nullable=False),
    sa.Column('trouble', sa.String(length=400), nullable=False),
    sa.PrimaryKeyConstraint('group_id', name=op.f('pk_staff_readings'))
    )
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_listed', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('left_at', store.database.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('suggested', sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('suggested')
        batch_op.drop_column('left_at')
        batch_op.drop_column('is_listed')

    op.drop_table('staff_readings')
