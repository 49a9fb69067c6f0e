"""The window: a clerk's check in person, pledges, images that go, corrections of employers.

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
TASK_KINDS = (
    "notice_dead",
    "notice_unsure",
    "scan_infected",
    "scan_stuck",
    "card_glyphs",
    "duplicate_document",
    "calendar_missing",
    "employer_to_verify",
)
NEW_TASK_KINDS = ("pledge_overdue",)


def _let_tasks_be(kinds: tuple[str, ...]) -> None:
    """Say anew which kinds of task there are."""
    op.drop_constraint(op.f("ck_task_task_kind"), "task", type_="check")
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_check_constraint(op.f("ck_task_task_kind"), "task", f"kind IN ({listed})")


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
    op.create_table('pledge',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('application_id', sa.Uuid(), nullable=False, comment='the case'),
    sa.Column('item_code', sa.Text(), nullable=False, comment='item of the evidence list that is pledged'),
    sa.Column('state', sa.Enum('open', 'fulfilled', 'taken_back', name='pledge_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='open, fulfilled or taken back'),
    sa.Column('words_sealed', sa.LargeBinary(), nullable=False, comment="why the paper is not there yet, in the applicant's words, encrypted"),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False, comment='when it was given'),
    sa.Column('given_by_account_id', sa.Uuid(), nullable=False, comment='who wrote it down: the applicant, or a clerk'),
    sa.Column('taken_in_by_person_id', sa.Uuid(), nullable=True, comment='clerk who took it in at the window; none online'),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=True, comment='when its time began to run'),
    sa.Column('due_on', sa.Date(), nullable=True, comment='last day to hand the paper in'),
    sa.Column('overdue_at', sa.DateTime(timezone=True), nullable=True, comment='when its day had passed, once that is written down'),
    sa.Column('fulfilled_at', sa.DateTime(timezone=True), nullable=True, comment='when the paper was there'),
    sa.Column('fulfilled_by_person_id', sa.Uuid(), nullable=True, comment='clerk who saw the paper'),
    sa.Column('fulfilled_note', sa.Text(), nullable=True, comment='what the clerk saw'),
    sa.CheckConstraint("(state = 'fulfilled') = (fulfilled_at IS NOT NULL)", name=op.f('ck_pledge_fulfilled')),
    sa.CheckConstraint('(due_on IS NULL) = (begun_at IS NULL)', name=op.f('ck_pledge_begun')),
    sa.CheckConstraint('overdue_at IS NULL OR due_on IS NOT NULL', name=op.f('ck_pledge_overdue')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_pledge_application_id')),
    sa.ForeignKeyConstraint(['fulfilled_by_person_id'], ['person.id'], name=op.f('fk_pledge_fulfilled_by_person_id')),
    sa.ForeignKeyConstraint(['given_by_account_id'], ['account.id'], name=op.f('fk_pledge_given_by_account_id')),
    sa.ForeignKeyConstraint(['taken_in_by_person_id'], ['person.id'], name=op.f('fk_pledge_taken_in_by_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pledge')),
    )
    op.create_index('ix_pledge_application', 'pledge', ['application_id'], unique=False)
    op.create_index('ix_pledge_due', 'pledge', ['due_on', 'id'], unique=False, postgresql_where=sa.text("state = 'open'"))
    op.create_index('uq_pledge_open', 'pledge', ['application_id', 'item_code'], unique=True, postgresql_where=sa.text("state = 'open'"))
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON pledge TO {APP_ROLE}")
    op.create_table('employer_change',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('employer_id', sa.Uuid(), nullable=False, comment='whose data'),
    sa.Column('state', sa.Enum('open', 'accepted', 'refused', name='change_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='open, accepted or refused'),
    sa.Column('former', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='the data when it was asked for'),
    sa.Column('wanted', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='the data that take their place'),
    sa.Column('former_licence_file_id', sa.Uuid(), nullable=True, comment='licence on file when it was asked for'),
    sa.Column('licence_file_id', sa.Uuid(), nullable=False, comment='new business licence'),
    sa.Column('asked_by_account_id', sa.Uuid(), nullable=False, comment='account of the agent who asked'),
    sa.Column('asked_by_person_id', sa.Uuid(), nullable=False, comment='agent who asked'),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False, comment='when it was asked for'),
    sa.Column('decided_by_account_id', sa.Uuid(), nullable=True, comment='officer who checked it'),
    sa.Column('decided_by_person_id', sa.Uuid(), nullable=True, comment='person who checked it'),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True, comment='when it was checked'),
    sa.Column('reason', sa.Text(), nullable=True, comment='why it was refused, shown to the agents'),
    sa.CheckConstraint('decided_by_person_id <> asked_by_person_id', name=op.f('ck_employer_change_decided_by_another')),
    sa.CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name=op.f('ck_employer_change_reason')),
    sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f('ck_employer_change_decided')),
    sa.ForeignKeyConstraint(['asked_by_person_id'], ['person.id'], name=op.f('fk_employer_change_asked_by_person_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_change_employer_id')),
    sa.ForeignKeyConstraint(['former_licence_file_id'], ['stored_file.id'], name=op.f('fk_employer_change_former_licence_file_id')),
    sa.ForeignKeyConstraint(['licence_file_id'], ['stored_file.id'], name=op.f('fk_employer_change_licence_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_change')),
    )
    op.create_index('ix_employer_change_employer', 'employer_change', ['employer_id', 'asked_at'], unique=False)
    op.create_index('uq_employer_change_open', 'employer_change', ['employer_id'], unique=True, postgresql_where=sa.text("state = 'open'"))
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON employer_change TO {APP_ROLE}")
    op.add_column('evidence', sa.Column('deleted_by_rule_at', sa.DateTime(timezone=True), nullable=True, comment='when the retention rule deleted its bytes; hash, type and scan stay'))
    op.add_column('application', sa.Column('images_until', sa.Date(), nullable=True, comment='last day on which its sensitive images are kept; none while open or once gone'))
    op.create_index('ix_application_images', 'application', ['images_until', 'id'], unique=False, postgresql_where=sa.text('images_until IS NOT NULL'))
    # Cases that ended before this: the upkeep looks at each once and writes the right day.
    op.execute("UPDATE application SET images_until = coalesce(closed_at, updated_at)::date WHERE closed_at IS NOT NULL OR state = 'issued'")
    op.create_index('ix_application_own', 'application', ['account_id', 'created_at', 'id'], unique=False)
    op.drop_index(op.f('ix_application_account_id'), table_name='application')
    _let_tasks_be((*TASK_KINDS, *NEW_TASK_KINDS))
    for table, column, former, comment in COMMENTS:
        op.alter_column(table, column, comment=comment, existing_comment=former)


def downgrade() -> None:
    for table, column, former, comment in COMMENTS:
        op.alter_column(table, column, comment=former, existing_comment=comment)
    op.execute("DELETE FROM task WHERE kind IN ({})".format(", ".join(f"'{kind}'" for kind in NEW_TASK_KINDS)))
    _let_tasks_be(TASK_KINDS)
    op.drop_table('employer_change')
    op.create_index(op.f('ix_application_account_id'), 'application', ['account_id'], unique=False)
    op.drop_index('ix_application_own', table_name='application')
    op.drop_index('ix_application_images', table_name='application', postgresql_where=sa.text('images_until IS NOT NULL'))
    op.drop_column('application', 'images_until')
    op.drop_column('evidence', 'deleted_by_rule_at')
    op.drop_table('pledge')
    op.drop_table('in_person_check')
