"""events_ground

Revision ID: 0010
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0010'
down_revision = '0003'
branch_labels = None
depends_on = None


APP_ROLE = "talentsvc_app"
TABLES = (
    'event',
    'fair_session',
    'allocation_run',
    'employer_breach',
    'employer_library',
    'employer_points',
    'fair_registration',
    'hall_plan',
    'notice_template',
    'position_template',
    'booth',
    'registration_attendee',
    'registration_event',
    'registration_position',
    'booth_assignment',
)
#: Enumerations that grow: name of the check, table, column, values before, values added.
GROWN = (
    ('subject_kind', 'access_log', 'subject_kind', ('application', 'card', 'account', 'person', 'employer', 'rule_set', 'calendar', 'notice', 'task', 'system'), ('event', 'event_registration')),
    ('subject_kind', 'audit_stream', 'subject_kind', ('application', 'card', 'account', 'person', 'employer', 'rule_set', 'calendar', 'notice', 'task', 'system'), ('event', 'event_registration')),
    ('file_purpose', 'stored_file', 'purpose', ('evidence', 'portrait', 'licence', 'authorisation', 'calendar_source', 'preview'), ('hall_picture', 'staff_proof', 'cv', 'import_source')),
    ('task_kind', 'task', 'kind', ('notice_dead', 'notice_unsure', 'scan_infected', 'scan_stuck', 'card_glyphs', 'duplicate_document', 'calendar_missing', 'employer_to_verify', 'pledge_overdue'), ('registration_to_audit', 'permit_missing', 'results_overdue', 'check_in_conflict')),
    ('role', 'role_grant', 'role', ('clerk', 'reviewer', 'recogniser', 'decider', 'policy_editor', 'policy_approver', 'system_admin', 'security_admin', 'audit_admin'), ('events_officer', 'check_in')),
    ('consent_purpose', 'consent_record', 'purpose', ('notice_read', 'sensitive_images', 'share_with_employer', 'public_notice', 'fetch_shared_data'), ('share_cv_with_company', 'be_matched')),
)


def _limit(name: str, table: str, column: str, values: tuple[str, ...]) -> None:
    """Let a column hold these values and no others."""
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    listed = ", ".join(f"'{value}'" for value in values)
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} IN ({listed})")


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence('event_registration_number')))
    for name, table, column, before, added in GROWN:
        _limit(name, table, column, before + added)
    op.create_table('event',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('kind', sa.Enum('campus_trip', 'double_choice_fair', 'talk', 'talent_project_fair', 'forum', 'salon', 'expert_exchange', 'policy_briefing', 'talent_day', 'training', name='event_kind', native_enum=False, create_constraint=True, length=40), nullable=False, comment='campus trip, forum ...'),
    sa.Column('edition', sa.Integer(), nullable=True, comment='which one of its series'),
    sa.Column('title_zh', sa.Text(), nullable=False, comment='title, Chinese'),
    sa.Column('title_en', sa.Text(), nullable=False, comment='title, English'),
    sa.Column('summary_zh', sa.Text(), nullable=False, comment='what it is about, Chinese'),
    sa.Column('summary_en', sa.Text(), nullable=False, comment='what it is about, English'),
    sa.Column('organiser_zh', sa.Text(), nullable=False, comment='who organises it, Chinese'),
    sa.Column('organiser_en', sa.Text(), nullable=False, comment='who organises it, English'),
    sa.Column('contact', sa.Text(), nullable=False, comment='office telephone or address for questions'),
    sa.Column('state', sa.Enum('draft', 'published', 'cancelled', name='event_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='draft, published or cancelled'),
    sa.Column('admission', sa.Enum('first_come', 'selection', name='admission', native_enum=False, create_constraint=True, length=40), nullable=False, comment='first come, or chosen by the stated ranking'),
    sa.Column('is_invitation_only', sa.Boolean(), nullable=False, comment='only who was invited may register'),
    sa.Column('takes_visitors', sa.Boolean(), nullable=False, comment='persons register for its sessions'),
    sa.Column('registration_opens_at', sa.DateTime(timezone=True), nullable=True, comment='from when companies may register; none: they do not'),
    sa.Column('registration_closes_at', sa.DateTime(timezone=True), nullable=True, comment='until when'),
    sa.Column('results_visible_at', sa.DateTime(timezone=True), nullable=True, comment='from when companies see who has a place'),
    sa.Column('confirm_due_at', sa.DateTime(timezone=True), nullable=True, comment='until when a place must be confirmed'),
    sa.Column('terms', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='parameters of this event: events.rules.event_terms'),
    sa.Column('copied_from_id', sa.Uuid(), nullable=True, comment='event this one was copied from'),
    sa.Column('created_by_account_id', sa.Uuid(), nullable=True, comment='who entered it'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when entered'),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True, comment='when it was first published'),
    sa.Column('cancellation_reason', sa.Text(), nullable=True, comment='why cancelled, shown to all'),
    sa.Column('version', sa.Integer(), nullable=False, comment='raised with each change'),
    sa.CheckConstraint("(state = 'cancelled') = (cancellation_reason IS NOT NULL)", name=op.f('ck_event_cancelled')),
    sa.CheckConstraint("(state = 'draft') = (published_at IS NULL)", name=op.f('ck_event_published')),
    sa.CheckConstraint('registration_opens_at < registration_closes_at', name=op.f('ck_event_registration_period')),
    sa.CheckConstraint('results_visible_at <= confirm_due_at', name=op.f('ck_event_confirmation_after_results')),
    sa.ForeignKeyConstraint(['copied_from_id'], ['event.id'], name=op.f('fk_event_copied_from_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event'))
    )
    op.create_index('ix_event_state', 'event', ['state', 'id'], unique=False)
    op.create_table('fair_session',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('event_id', sa.Uuid(), nullable=False, comment='the event'),
    sa.Column('number', sa.Integer(), nullable=False, comment='counts within the event'),
    sa.Column('city', sa.Text(), nullable=False, comment='code of the city, events.rules.cities'),
    sa.Column('host_zh', sa.Text(), nullable=False, comment='university or house that receives it, Chinese'),
    sa.Column('host_en', sa.Text(), nullable=False, comment='university or house that receives it, English'),
    sa.Column('place_zh', sa.Text(), nullable=False, comment='hall and address, Chinese'),
    sa.Column('place_en', sa.Text(), nullable=False, comment='hall and address, English'),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False, comment='beginning'),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False, comment='end'),
    sa.Column('held_on', sa.Date(), nullable=False, comment="day in the zone's time"),
    sa.Column('state', sa.Enum('planned', 'cancelled', name='session_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='planned or cancelled'),
    sa.Column('cancellation_reason', sa.Text(), nullable=True, comment='why cancelled, shown to all'),
    sa.Column('places', sa.Integer(), nullable=False, comment='companies it takes'),
    sa.Column('places_taken', sa.Integer(), nullable=False, comment='companies that hold a place'),
    sa.Column('last_queue_number', sa.Integer(), nullable=False, comment="last number given on the companies' waiting list"),
    sa.Column('visitor_places', sa.Integer(), nullable=True, comment='persons it takes, none: as many as come'),
    sa.Column('visitors_taken', sa.Integer(), nullable=False, comment='persons that hold a place'),
    sa.Column('last_visitor_queue_number', sa.Integer(), nullable=False, comment="last number given on the persons' waiting list"),
    sa.Column('expected_visitors', sa.Integer(), nullable=False, comment='persons expected; from 1,000 the police must permit it'),
    sa.Column('permit_applied_on', sa.Date(), nullable=True, comment='day the permit was asked for'),
    sa.Column('permit_number', sa.Text(), nullable=True, comment='number of the permit'),
    sa.Column('code', sa.Text(), nullable=False, comment="random, in the session's QR code"),
    sa.Column('clock_at', sa.DateTime(timezone=True), nullable=True, comment='when the clock takes its next step by itself'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when entered'),
    sa.Column('version', sa.Integer(), nullable=False, comment='raised with each change'),
    sa.CheckConstraint("(state = 'cancelled') = (cancellation_reason IS NOT NULL)", name=op.f('ck_fair_session_cancelled')),
    sa.CheckConstraint('permit_number IS NULL OR permit_applied_on IS NOT NULL', name=op.f('ck_fair_session_permit')),
    sa.CheckConstraint('places_taken BETWEEN 0 AND places', name=op.f('ck_fair_session_places')),
    sa.CheckConstraint('starts_at < ends_at', name=op.f('ck_fair_session_period')),
    sa.CheckConstraint('visitors_taken BETWEEN 0 AND visitor_places', name=op.f('ck_fair_session_visitor_places')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_fair_session_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_session')),
    sa.UniqueConstraint('code', name=op.f('uq_fair_session_code')),
    sa.UniqueConstraint('event_id', 'number', name='uq_fair_session_number')
    )
    op.create_index('ix_fair_session_city', 'fair_session', ['city', 'starts_at'], unique=False)
    op.create_index('ix_fair_session_clock', 'fair_session', ['clock_at'], unique=False, postgresql_where=sa.text('clock_at IS NOT NULL'))
    op.create_index('ix_fair_session_starts', 'fair_session', ['starts_at', 'id'], unique=False)
    op.create_table('allocation_run',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('session_id', sa.Uuid(), nullable=False, comment='of which session'),
    sa.Column('input_digest', sa.Text(), nullable=False, comment='SHA-256 of what went in'),
    sa.Column('result', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='plan, reasons, waiting, errors of locks, difference to the plan before'),
    sa.Column('value', sa.Integer(), nullable=False, comment='points reached'),
    sa.Column('bound', sa.Integer(), nullable=False, comment='points that no plan can exceed'),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False, comment='when'),
    sa.Column('made_by_account_id', sa.Uuid(), nullable=True, comment='who asked for it'),
    sa.ForeignKeyConstraint(['session_id'], ['fair_session.id'], name=op.f('fk_allocation_run_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_allocation_run'))
    )
    op.create_index('ix_allocation_run_session', 'allocation_run', ['session_id', 'id'], unique=False)
    op.create_table('employer_breach',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('legal_employer_id', sa.Uuid(), nullable=False, comment='legal person that answers for it'),
    sa.Column('employer_id', sa.Uuid(), nullable=False, comment='company or branch that had registered'),
    sa.Column('kind', sa.Enum('no_show', 'cancelled_late', 'results_not_reported', name='breach_kind', native_enum=False, create_constraint=True, length=40), nullable=False, comment='what was not kept'),
    sa.Column('subject_id', sa.Uuid(), nullable=False, comment='the registration'),
    sa.Column('about', sa.Text(), nullable=False, comment='event and day, in words'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='when'),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True, comment='when lifted'),
    sa.Column('lifted_reason', sa.Text(), nullable=True, comment='why lifted'),
    sa.Column('lifted_by_account_id', sa.Uuid(), nullable=True, comment='who lifted it'),
    sa.Column('statement_file_id', sa.Uuid(), nullable=True, comment='stamped statement of the company'),
    sa.CheckConstraint('(lifted_at IS NULL) = (lifted_reason IS NULL)', name=op.f('ck_employer_breach_lifted_with_reason')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_breach_employer_id')),
    sa.ForeignKeyConstraint(['legal_employer_id'], ['employer.id'], name=op.f('fk_employer_breach_legal_employer_id')),
    sa.ForeignKeyConstraint(['statement_file_id'], ['stored_file.id'], name=op.f('fk_employer_breach_statement_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_breach')),
    sa.UniqueConstraint('kind', 'subject_id', name='uq_employer_breach_subject')
    )
    op.create_index('ix_employer_breach_legal', 'employer_breach', ['legal_employer_id', 'at'], unique=False)
    op.create_table('employer_library',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('employer_id', sa.Uuid(), nullable=False, comment='whose'),
    sa.Column('label', sa.Text(), nullable=False, comment='library as the source names it'),
    sa.Column('year', sa.Integer(), nullable=False, comment='year of the list'),
    sa.Column('source', sa.Text(), nullable=False, comment='who published it, which document'),
    sa.Column('published_on', sa.Date(), nullable=False, comment='date of the source'),
    sa.Column('import_id', sa.Uuid(), nullable=True, comment='import that brought it'),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_library_employer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_library')),
    sa.UniqueConstraint('employer_id', 'label', 'year', name='uq_employer_library_year')
    )
    op.create_index('ix_employer_library_import', 'employer_library', ['import_id'], unique=False)
    op.create_table('employer_points',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('employer_id', sa.Uuid(), nullable=False, comment='whose'),
    sa.Column('year', sa.Integer(), nullable=False, comment='year of the list'),
    sa.Column('stage_label', sa.Text(), nullable=False, comment='stage as the source words it'),
    sa.Column('total', sa.Integer(), nullable=False, comment='total in hundredths of a point'),
    sa.Column('subtotals', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="subtotals by the source's labels, hundredths of a point"),
    sa.Column('rank', sa.Integer(), nullable=True, comment="rank in the source's list"),
    sa.Column('source', sa.Text(), nullable=False, comment='who published it, which document'),
    sa.Column('published_on', sa.Date(), nullable=False, comment='date of the source'),
    sa.Column('import_id', sa.Uuid(), nullable=True, comment='import that brought it'),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_points_employer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_points')),
    sa.UniqueConstraint('employer_id', 'year', name='uq_employer_points_year')
    )
    op.create_index('ix_employer_points_import', 'employer_points', ['import_id'], unique=False)
    op.create_table('fair_registration',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('reference', sa.Text(), nullable=False, comment='GXH-year-number-check'),
    sa.Column('session_id', sa.Uuid(), nullable=False, comment='for which'),
    sa.Column('employer_id', sa.Uuid(), nullable=False, comment='which company'),
    sa.Column('legal_employer_id', sa.Uuid(), nullable=False, comment='its legal person: the parent of a branch, else itself'),
    sa.Column('held_on', sa.Date(), nullable=False, comment='day of the session, for one booth a day'),
    sa.Column('state', sa.Enum('draft', 'submitted', 'returned', 'approved', 'rejected', 'confirmed', 'checked_in', 'no_show', 'results_reported', 'cancelled_in_time', 'cancelled_late', 'expired', 'session_cancelled', name='registration_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='where it stands'),
    sa.Column('place', sa.Enum('none', 'held', 'waiting', name='place_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment="none, one of the session's places held, or waiting for one"),
    sa.Column('queue_number', sa.Integer(), nullable=True, comment='order on the waiting list'),
    sa.Column('filed_by_account_id', sa.Uuid(), nullable=True, comment='agent who filed it'),
    sa.Column('about', sa.Text(), nullable=False, comment='the company in its own words'),
    sa.Column('contact_name', sa.Text(), nullable=False, comment='whom to ask'),
    sa.Column('contact_phone_sealed', sa.LargeBinary(), nullable=True, comment="the contact's number, encrypted"),
    sa.Column('booth_size_m2', sa.Integer(), nullable=False, comment='least booth size, square metres'),
    sa.Column('booth_power_w', sa.Integer(), nullable=False, comment='power needed, watts'),
    sa.Column('wishes', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='weighted wishes for the booth: zone, cluster, entrance, neighbours'),
    sa.Column('company_verdict', sa.Enum('pending', 'passed', 'failed', name='audit_verdict', native_enum=False, create_constraint=True, length=40), nullable=False, comment='audit of the company'),
    sa.Column('audit_reason', sa.Text(), nullable=True, comment='why returned or rejected, shown to the company'),
    sa.Column('audited_by_account_id', sa.Uuid(), nullable=True, comment='who decided the audit'),
    sa.Column('audited_at', sa.DateTime(timezone=True), nullable=True, comment='when'),
    sa.Column('confirm_due_at', sa.DateTime(timezone=True), nullable=True, comment='until when this place must be confirmed'),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True, comment='when last filed'),
    sa.Column('first_submitted_at', sa.DateTime(timezone=True), nullable=True, comment='when first filed: the order of filing'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when begun'),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, comment='when last changed'),
    sa.Column('version', sa.Integer(), nullable=False, comment='raised with each change'),
    sa.CheckConstraint("(place = 'waiting') = (queue_number IS NOT NULL)", name=op.f('ck_fair_registration_queue_number')),
    sa.CheckConstraint("(state = 'draft') = (submitted_at IS NULL) OR state = 'cancelled_in_time' OR state = 'session_cancelled'", name=op.f('ck_fair_registration_submitted')),
    sa.CheckConstraint("NOT (state IN ('rejected', 'cancelled_in_time', 'cancelled_late', 'expired', 'session_cancelled')) OR place = 'none'", name=op.f('ck_fair_registration_place_given_back')),
    sa.CheckConstraint("state NOT IN ('confirmed', 'checked_in', 'results_reported') OR place = 'held'", name=op.f('ck_fair_registration_place_held')),
    sa.CheckConstraint('audited_by_account_id <> filed_by_account_id', name=op.f('ck_fair_registration_audited_by_another')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_fair_registration_employer_id')),
    sa.ForeignKeyConstraint(['legal_employer_id'], ['employer.id'], name=op.f('fk_fair_registration_legal_employer_id')),
    sa.ForeignKeyConstraint(['session_id'], ['fair_session.id'], name=op.f('fk_fair_registration_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_registration')),
    sa.UniqueConstraint('reference', name=op.f('uq_fair_registration_reference'))
    )
    op.create_index('ix_fair_registration_board', 'fair_registration', ['session_id', 'state', 'submitted_at', 'id'], unique=False)
    op.create_index('ix_fair_registration_employer', 'fair_registration', ['employer_id', 'id'], unique=False)
    op.create_index('uq_fair_registration_day', 'fair_registration', ['legal_employer_id', 'held_on'], unique=True, postgresql_where=sa.text("place = 'held'"))
    op.create_index('uq_fair_registration_open', 'fair_registration', ['session_id', 'employer_id'], unique=True, postgresql_where=sa.text("NOT (state IN ('rejected', 'cancelled_in_time', 'cancelled_late', 'expired', 'session_cancelled'))"))
    op.create_index('uq_fair_registration_queue', 'fair_registration', ['session_id', 'queue_number'], unique=True, postgresql_where=sa.text("place = 'waiting'"))
    op.create_table('hall_plan',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('session_id', sa.Uuid(), nullable=False, comment='of which session'),
    sa.Column('columns', sa.Integer(), nullable=False, comment='cells across'),
    sa.Column('rows', sa.Integer(), nullable=False, comment='cells down'),
    sa.Column('background_file_id', sa.Uuid(), nullable=True, comment='picture of the hall under the grid'),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True, comment='when the companies were shown their booths'),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, comment='when last changed'),
    sa.Column('version', sa.Integer(), nullable=False, comment='raised with each change'),
    sa.CheckConstraint('columns BETWEEN 1 AND 60 AND rows BETWEEN 1 AND 60', name=op.f('ck_hall_plan_grid')),
    sa.ForeignKeyConstraint(['background_file_id'], ['stored_file.id'], name=op.f('fk_hall_plan_background_file_id')),
    sa.ForeignKeyConstraint(['session_id'], ['fair_session.id'], name=op.f('fk_hall_plan_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hall_plan')),
    sa.UniqueConstraint('session_id', name=op.f('uq_hall_plan_session_id'))
    )
    op.create_table('notice_template',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('employer_id', sa.Uuid(), nullable=False, comment='whose'),
    sa.Column('name', sa.Text(), nullable=False, comment='how the company calls it'),
    sa.Column('about', sa.Text(), nullable=False, comment='the company in its own words'),
    sa.Column('contact_name', sa.Text(), nullable=False, comment='whom to ask'),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, comment='when last changed'),
    sa.Column('version', sa.Integer(), nullable=False, comment='raised with each change'),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_notice_template_employer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_template')),
    sa.UniqueConstraint('employer_id', 'name', name='uq_notice_template_name')
    )
    op.create_table('position_template',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('employer_id', sa.Uuid(), nullable=False, comment='whose'),
    sa.Column('title', sa.Text(), nullable=False, comment='name of the position'),
    sa.Column('headcount', sa.Integer(), nullable=False, comment='persons wanted'),
    sa.Column('education_level', sa.Enum('none', 'college', 'bachelor', 'master', 'doctor', name='education_level', native_enum=False, create_constraint=True, length=40), nullable=False, comment='least education asked for'),
    sa.Column('majors', sa.Text(), nullable=False, comment='fields of study, in words'),
    sa.Column('work_place', sa.Text(), nullable=False, comment='where the work is'),
    sa.Column('salary_from', sa.Integer(), nullable=True, comment='yuan a month, from'),
    sa.Column('salary_to', sa.Integer(), nullable=True, comment='yuan a month, to'),
    sa.Column('duties', sa.Text(), nullable=False, comment='what is to be done'),
    sa.Column('requirements', sa.Text(), nullable=False, comment='what is asked for'),
    sa.Column('welfare', sa.Text(), nullable=False, comment='insurance, housing and the like'),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, comment='when last changed'),
    sa.Column('version', sa.Integer(), nullable=False, comment='raised with each change'),
    sa.CheckConstraint('headcount BETWEEN 1 AND 999', name=op.f('ck_position_template_headcount')),
    sa.CheckConstraint('salary_from <= salary_to', name=op.f('ck_position_template_salary')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_position_template_employer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_position_template'))
    )
    op.create_index(op.f('ix_position_template_employer_id'), 'position_template', ['employer_id'], unique=False)
    op.create_table('booth',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('plan_id', sa.Uuid(), nullable=False, comment='in which hall'),
    sa.Column('number', sa.Text(), nullable=False, comment='as on the sign: A01'),
    sa.Column('zone', sa.Text(), nullable=False, comment='part of the hall: A, B ...'),
    sa.Column('column', sa.Integer(), nullable=False, comment='left cell, from 0'),
    sa.Column('row', sa.Integer(), nullable=False, comment='upper cell, from 0'),
    sa.Column('width', sa.Integer(), nullable=False, comment='cells across'),
    sa.Column('height', sa.Integer(), nullable=False, comment='cells down'),
    sa.Column('size_m2', sa.Integer(), nullable=False, comment='square metres'),
    sa.Column('power_w', sa.Integer(), nullable=False, comment='power there is, watts'),
    sa.Column('is_near_entrance', sa.Boolean(), nullable=False, comment='close to an entrance'),
    sa.Column('is_blocked', sa.Boolean(), nullable=False, comment='not to be given out'),
    sa.CheckConstraint('"column" >= 0 AND "row" >= 0 AND width >= 1 AND height >= 1', name=op.f('ck_booth_cells')),
    sa.CheckConstraint('size_m2 > 0 AND power_w >= 0', name=op.f('ck_booth_size_and_power')),
    sa.ForeignKeyConstraint(['plan_id'], ['hall_plan.id'], name=op.f('fk_booth_plan_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booth')),
    sa.UniqueConstraint('plan_id', 'number', name='uq_booth_number')
    )
    op.create_table('registration_attendee',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('registration_id', sa.Uuid(), nullable=False, comment='of which'),
    sa.Column('number', sa.Integer(), nullable=False, comment='order'),
    sa.Column('name', sa.Text(), nullable=False, comment='who comes'),
    sa.Column('phone_sealed', sa.LargeBinary(), nullable=True, comment='mobile number, encrypted'),
    sa.Column('proof_file_id', sa.Uuid(), nullable=True, comment='record of insurance with the company'),
    sa.Column('proof', sa.Enum('waiting', 'proved', 'not_proved', name='attendee_proof', native_enum=False, create_constraint=True, length=40), nullable=False, comment='whether the proof was found good'),
    sa.Column('proved_by_account_id', sa.Uuid(), nullable=True, comment='who looked at it'),
    sa.ForeignKeyConstraint(['proof_file_id'], ['stored_file.id'], name=op.f('fk_registration_attendee_proof_file_id')),
    sa.ForeignKeyConstraint(['registration_id'], ['fair_registration.id'], name=op.f('fk_registration_attendee_registration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_attendee')),
    sa.UniqueConstraint('registration_id', 'number', name='uq_registration_attendee_number')
    )
    op.create_table('registration_event',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('registration_id', sa.Uuid(), nullable=False, comment='of which'),
    sa.Column('sequence', sa.Integer(), nullable=False, comment='counts within the registration'),
    sa.Column('step', sa.Enum('start_registration', 'edit_registration', 'submit_registration', 'return_registration', 'approve_registration', 'reject_registration', 'confirm_registration', 'cancel_registration', 'cancel_registration_late', 'expire_registration', 'give_place', 'queue_registration', 'promote_registration', 'check_in_company', 'release_booth', 'report_results', 'end_with_session', name='registration_step', native_enum=False, create_constraint=True, length=40), nullable=False, comment='what was done'),
    sa.Column('from_state', sa.Enum('draft', 'submitted', 'returned', 'approved', 'rejected', 'confirmed', 'checked_in', 'no_show', 'results_reported', 'cancelled_in_time', 'cancelled_late', 'expired', 'session_cancelled', name='registration_state_from', native_enum=False, create_constraint=True, length=40), nullable=False, comment='from where'),
    sa.Column('to_state', sa.Enum('draft', 'submitted', 'returned', 'approved', 'rejected', 'confirmed', 'checked_in', 'no_show', 'results_reported', 'cancelled_in_time', 'cancelled_late', 'expired', 'session_cancelled', name='registration_state_to', native_enum=False, create_constraint=True, length=40), nullable=False, comment='to where'),
    sa.Column('from_place', sa.Enum('none', 'held', 'waiting', name='place_state_from', native_enum=False, create_constraint=True, length=40), nullable=False, comment='place before'),
    sa.Column('to_place', sa.Enum('none', 'held', 'waiting', name='place_state_to', native_enum=False, create_constraint=True, length=40), nullable=False, comment='place after'),
    sa.Column('actor_account_id', sa.Uuid(), nullable=True, comment='account that did it'),
    sa.Column('actor_person_id', sa.Uuid(), nullable=True, comment='person who did it'),
    sa.Column('acting_as', sa.Text(), nullable=False, comment='in which capacity'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='when it took effect'),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False, comment='when it was written down'),
    sa.Column('reason', sa.Text(), nullable=True, comment='why, in words'),
    sa.Column('data', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='details, no personal data'),
    sa.ForeignKeyConstraint(['registration_id'], ['fair_registration.id'], name=op.f('fk_registration_event_registration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_event')),
    sa.UniqueConstraint('registration_id', 'sequence', name='uq_registration_event_sequence')
    )
    op.create_table('registration_position',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('registration_id', sa.Uuid(), nullable=False, comment='of which'),
    sa.Column('number', sa.Integer(), nullable=False, comment='order on the notice'),
    sa.Column('title', sa.Text(), nullable=False, comment='name of the position'),
    sa.Column('headcount', sa.Integer(), nullable=False, comment='persons wanted'),
    sa.Column('education_level', sa.Enum('none', 'college', 'bachelor', 'master', 'doctor', name='education_level', native_enum=False, create_constraint=True, length=40), nullable=False, comment='least education asked for'),
    sa.Column('majors', sa.Text(), nullable=False, comment='fields of study, in words'),
    sa.Column('work_place', sa.Text(), nullable=False, comment='where the work is'),
    sa.Column('salary_from', sa.Integer(), nullable=True, comment='yuan a month, from'),
    sa.Column('salary_to', sa.Integer(), nullable=True, comment='yuan a month, to'),
    sa.Column('duties', sa.Text(), nullable=False, comment='what is to be done'),
    sa.Column('requirements', sa.Text(), nullable=False, comment='what is asked for'),
    sa.Column('welfare', sa.Text(), nullable=False, comment='insurance, housing and the like'),
    sa.Column('flags', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='forbidden wording found: rule, words and field of each'),
    sa.Column('verdict', sa.Enum('pending', 'passed', 'failed', name='audit_verdict', native_enum=False, create_constraint=True, length=40), nullable=False, comment='audit of the position'),
    sa.Column('verdict_reason', sa.Text(), nullable=True, comment='why failed, or why flagged words may stand'),
    sa.Column('verdict_by_account_id', sa.Uuid(), nullable=True, comment='who found it'),
    sa.Column('search_tokens', sa.Text(), nullable=False, comment='for full-text search'),
    sa.CheckConstraint('headcount BETWEEN 1 AND 999', name=op.f('ck_registration_position_headcount')),
    sa.CheckConstraint('salary_from <= salary_to', name=op.f('ck_registration_position_salary')),
    sa.ForeignKeyConstraint(['registration_id'], ['fair_registration.id'], name=op.f('fk_registration_position_registration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_position')),
    sa.UniqueConstraint('registration_id', 'number', name='uq_registration_position_number')
    )
    op.create_index(op.f('ix_registration_position_registration_id'), 'registration_position', ['registration_id'], unique=False)
    op.create_index('ix_registration_position_search', 'registration_position', [sa.literal_column("to_tsvector('simple', search_tokens)")], unique=False, postgresql_using='gin')
    op.create_table('booth_assignment',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('booth_id', sa.Uuid(), nullable=False, comment='the booth'),
    sa.Column('registration_id', sa.Uuid(), nullable=False, comment='who stands there'),
    sa.Column('is_locked', sa.Boolean(), nullable=False, comment='set by hand; no run of the allocation moves it'),
    sa.Column('run_id', sa.Uuid(), nullable=True, comment='run that gave it; none: by hand'),
    sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=False, comment='when'),
    sa.ForeignKeyConstraint(['booth_id'], ['booth.id'], name=op.f('fk_booth_assignment_booth_id')),
    sa.ForeignKeyConstraint(['registration_id'], ['fair_registration.id'], name=op.f('fk_booth_assignment_registration_id')),
    sa.ForeignKeyConstraint(['run_id'], ['allocation_run.id'], name=op.f('fk_booth_assignment_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booth_assignment')),
    sa.UniqueConstraint('booth_id', name='uq_booth_assignment_booth'),
    sa.UniqueConstraint('registration_id', name='uq_booth_assignment_registration')
    )
    op.add_column('employer', sa.Column('parent_employer_id', sa.Uuid(), nullable=True, comment='legal person of a branch; none: it is one itself'))
    op.create_foreign_key(op.f('fk_employer_parent_employer_id'), 'employer', 'employer', ['parent_employer_id'], ['id'])
    op.create_check_constraint(op.f('ck_employer_parent_is_another'), 'employer', 'parent_employer_id <> id')
    for name in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {APP_ROLE}")
    op.execute(f"GRANT USAGE, SELECT ON SEQUENCE event_registration_number TO {APP_ROLE}")


def downgrade() -> None:
    op.drop_constraint(op.f('ck_employer_parent_is_another'), 'employer', type_='check')
    op.drop_constraint(op.f('fk_employer_parent_employer_id'), 'employer', type_='foreignkey')
    op.drop_column('employer', 'parent_employer_id')
    op.drop_table('booth_assignment')
    op.drop_index('ix_registration_position_search', table_name='registration_position', postgresql_using='gin')
    op.drop_index(op.f('ix_registration_position_registration_id'), table_name='registration_position')
    op.drop_table('registration_position')
    op.drop_table('registration_event')
    op.drop_table('registration_attendee')
    op.drop_table('booth')
    op.drop_index(op.f('ix_position_template_employer_id'), table_name='position_template')
    op.drop_table('position_template')
    op.drop_table('notice_template')
    op.drop_table('hall_plan')
    op.drop_index('uq_fair_registration_queue', table_name='fair_registration', postgresql_where=sa.text("place = 'waiting'"))
    op.drop_index('uq_fair_registration_open', table_name='fair_registration', postgresql_where=sa.text("NOT (state IN ('rejected', 'cancelled_in_time', 'cancelled_late', 'expired', 'session_cancelled'))"))
    op.drop_index('uq_fair_registration_day', table_name='fair_registration', postgresql_where=sa.text("place = 'held'"))
    op.drop_index('ix_fair_registration_employer', table_name='fair_registration')
    op.drop_index('ix_fair_registration_board', table_name='fair_registration')
    op.drop_table('fair_registration')
    op.drop_index('ix_employer_points_import', table_name='employer_points')
    op.drop_table('employer_points')
    op.drop_index('ix_employer_library_import', table_name='employer_library')
    op.drop_table('employer_library')
    op.drop_index('ix_employer_breach_legal', table_name='employer_breach')
    op.drop_table('employer_breach')
    op.drop_index('ix_allocation_run_session', table_name='allocation_run')
    op.drop_table('allocation_run')
    op.drop_index('ix_fair_session_starts', table_name='fair_session')
    op.drop_index('ix_fair_session_clock', table_name='fair_session', postgresql_where=sa.text('clock_at IS NOT NULL'))
    op.drop_index('ix_fair_session_city', table_name='fair_session')
    op.drop_table('fair_session')
    op.drop_index('ix_event_state', table_name='event')
    op.drop_table('event')
    op.execute(sa.schema.DropSequence(sa.Sequence('event_registration_number')))
    for name, table, column, before, _added in GROWN:
        _limit(name, table, column, before)
