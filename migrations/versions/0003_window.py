"""The window: a clerk's check in person.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APP_ROLE = "talentsvc_app"
#: Columns that mean more than before: table, column, what they were, what they are.
COMMENTS = (
    ("endorsement", "agent_person_id", "agent who answered", "who answered: an agent, or a clerk after a check in person"),
    ("application", "endorser_person_id", "agent who endorsed", "who endorsed: an agent, or a clerk after a check in person"),
)


def upgrade() -> None:
    op.create_table('in_person_check',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('endorsement_id', sa.Uuid(), nullable=False, comment='the question it answers'),
    sa.Column('cause', sa.Enum('founder', 'only_agent', name='in_person_cause', native_enum=False, create_constraint=True, length=40), nullable=False, comment='why nobody of the employer may answer'),
    sa.Column('clerk_account_id', sa.Uuid(), nullable=False, comment='who checked'),
    sa.Column('originals', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='codes of the originals that were seen'),
    sa.Column('place', sa.Text(), nullable=False, comment='where it was checked'),
    sa.Column('seen_sealed', sa.LargeBinary(), nullable=False, comment='what was seen, in words, encrypted'),
    sa.Column('reason', sa.Text(), nullable=False, comment='why it was confirmed or not, told to the applicant'),
    sa.Column('copy_sha256', sa.LargeBinary(), nullable=False, comment='hash of the copy that was compared'),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=False, comment='when'),
    sa.ForeignKeyConstraint(['clerk_account_id'], ['account.id'], name=op.f('fk_in_person_check_clerk_account_id')),
    sa.ForeignKeyConstraint(['endorsement_id'], ['endorsement.id'], name=op.f('fk_in_person_check_endorsement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_in_person_check')),
    sa.UniqueConstraint('endorsement_id', name='uq_in_person_check_endorsement'),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON in_person_check TO {APP_ROLE}")
    for table, column, former, comment in COMMENTS:
        op.alter_column(table, column, comment=comment, existing_comment=former)


def downgrade() -> None:
    for table, column, former, comment in COMMENTS:
        op.alter_column(table, column, comment=former, existing_comment=comment)
    op.drop_table('in_person_check')
