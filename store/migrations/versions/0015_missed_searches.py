"""Words for which no toolkit was found, counted by the month."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('missed_searches',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('word', sa.String(length=40), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'word', name=op.f('pk_missed_searches'))
    )


def downgrade() -> None:
    op.drop_table('missed_searches')
