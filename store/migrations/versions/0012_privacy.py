"""Who asked to be erased, and what is left of old school years."""

import sqlalchemy as sa
from alembic import op
import store.database

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('erased_identities',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('erased_at', store.database.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_erased_identities'))
    )
    op.create_table('yearly_counts',
    sa.Column('school_year', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('about', sa.String(length=60), nullable=False),
    sa.Column('school', sa.String(length=80), nullable=False),
    sa.Column('outcome', sa.String(length=60), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('school_year', 'kind', 'about', 'school', 'outcome', name=op.f('pk_yearly_counts'))
    )


def downgrade() -> None:
    op.drop_table('yearly_counts')
    op.drop_table('erased_identities')
