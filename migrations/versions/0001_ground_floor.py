"""ground floor

Revision ID: 0001
Revises: 
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


APP_ROLE = "talentsvc_app"
#: Written once and never changed: the application may read and add, nothing else.
APPEND_ONLY = ("audit_entry", "audit_seal", "audit_seal_head", "access_log")
SEQUENCES = ("application_number", "card_number", "status_list_index")


def _guard_the_record() -> None:
    """A second lock beside the missing right: not even the owner changes the record by accident."""
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'the record is append-only' USING ERRCODE = 'insufficient_privilege'; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def _grant() -> None:
    op.execute(f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}")
    op.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}")
    for table in APPEND_ONLY:
        op.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {APP_ROLE}")
    op.execute(f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {APP_ROLE}")


def upgrade() -> None:
    for sequence in SEQUENCES:
        op.execute(sa.schema.CreateSequence(sa.Sequence(sequence)))
    op.create_table('access_log',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='when'),
    sa.Column('actor_account_id', sa.Uuid(), nullable=True, comment='account of who looked'),
    sa.Column('actor_person_id', sa.Uuid(), nullable=True, comment='person who looked'),
    sa.Column('acting_as', sa.Text(), nullable=False, comment='in which capacity'),
    sa.Column('kind', sa.Enum('reveal', 'file', 'record', name='look_kind', native_enum=False, create_constraint=True, length=40), nullable=False, comment='a revealed number, a file, a record'),
    sa.Column('subject_kind', sa.Enum('application', 'card', 'account', 'person', 'employer', 'rule_set', 'calendar', 'notice', 'task', 'system', name='subject_kind', native_enum=False, create_constraint=True, length=40), nullable=False, comment='what it belongs to'),
    sa.Column('subject_id', sa.Uuid(), nullable=False, comment='the case, person ...'),
    sa.Column('detail', sa.Text(), nullable=False, comment='which field or file, never its content'),
    sa.Column('request_reference', sa.Text(), nullable=False, comment='finds the request in the log'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_log'))
    )
    op.create_index('ix_access_log_subject', 'access_log', ['subject_kind', 'subject_id', 'at'], unique=False)
    op.create_table('account',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('email_sealed', sa.LargeBinary(), nullable=True, comment='e-mail address, encrypted'),
    sa.Column('email_index', sa.LargeBinary(), nullable=True, comment='blind index of the address'),
    sa.Column('email_verified_at', sa.DateTime(timezone=True), nullable=True, comment='when the address was proved'),
    sa.Column('phone_sealed', sa.LargeBinary(), nullable=True, comment='mobile number (E.164), encrypted'),
    sa.Column('phone_index', sa.LargeBinary(), nullable=True, comment='blind index of the number'),
    sa.Column('phone_verified_at', sa.DateTime(timezone=True), nullable=True, comment='when the number was proved'),
    sa.Column('person_id', sa.Uuid(), nullable=True, comment='whose account it is'),
    sa.Column('display_name', sa.Text(), nullable=False, comment='how pages address this person'),
    sa.Column('password_hash', sa.Text(), nullable=False, comment='Argon2id'),
    sa.Column('language', sa.Text(), nullable=False, comment='zh or en'),
    sa.Column('state', sa.Enum('unverified', 'active', 'closed', name='account_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='unverified, active or closed'),
    sa.Column('totp_sealed', sa.LargeBinary(), nullable=True, comment='secret of the second factor, encrypted'),
    sa.Column('totp_confirmed_at', sa.DateTime(timezone=True), nullable=True, comment='when the second factor was first proved'),
    sa.Column('totp_last_counter', sa.Integer(), nullable=True, comment='last used time step; a code is good once'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when it was registered'),
    sa.Column('is_demo', sa.Boolean(), nullable=False, comment='invented, with a sign-in button in the demo'),
    sa.Column('demo_role', sa.Text(), nullable=True, comment='label of the demo button'),
    sa.CheckConstraint('email_index IS NOT NULL OR phone_index IS NOT NULL', name=op.f('ck_account_reachable')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email_index', name=op.f('uq_account_email_index')),
    sa.UniqueConstraint('person_id', name=op.f('uq_account_person_id')),
    sa.UniqueConstraint('phone_index', name=op.f('uq_account_phone_index'))
    )
    op.create_table('audit_salt',
    sa.Column('person_id', sa.Uuid(), nullable=False, comment='whose values the salt protects'),
    sa.Column('salt', sa.LargeBinary(), nullable=False, comment='32 random bytes'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_audit_salt'))
    )
    op.create_table('audit_seal',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False, comment='1, 2, 3 ...'),
    sa.Column('period', sa.Enum('hourly', 'daily', name='seal_period', native_enum=False, create_constraint=True, length=40), nullable=False, comment='hourly, or daily and published outside'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='when it was made'),
    sa.Column('stream_count', sa.Integer(), nullable=False, comment='number of streams under the root'),
    sa.Column('root', sa.LargeBinary(), nullable=False, comment='Merkle root over all heads, by stream id'),
    sa.Column('previous_root', sa.LargeBinary(), nullable=False, comment='root of the seal before it'),
    sa.Column('signature', sa.LargeBinary(), nullable=False, comment='Ed25519 over number, time, count, root and previous root'),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_audit_seal'))
    )
    op.create_table('audit_stream',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('subject_kind', sa.Enum('application', 'card', 'account', 'person', 'employer', 'rule_set', 'calendar', 'notice', 'task', 'system', name='subject_kind', native_enum=False, create_constraint=True, length=40), nullable=False, comment='what the stream is about'),
    sa.Column('subject_id', sa.Uuid(), nullable=False, comment='the case, card, account ... it is about'),
    sa.Column('head_sequence', sa.Integer(), nullable=False, comment='number of the last entry, 0 for none'),
    sa.Column('head_hash', sa.LargeBinary(), nullable=False, comment='hash of the last entry, 32 zero bytes for none'),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False, comment='when the last entry was written'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_stream')),
    sa.UniqueConstraint('subject_kind', 'subject_id', name='uq_audit_stream_subject')
    )
    op.create_index(op.f('ix_audit_stream_changed_at'), 'audit_stream', ['changed_at'], unique=False)
    op.create_table('calendar_day',
    sa.Column('day', sa.Date(), nullable=False, comment='the day'),
    sa.Column('year', sa.Integer(), nullable=False, comment='its year'),
    sa.Column('is_working', sa.Boolean(), nullable=False, comment='worked weekend (true) or holiday (false)'),
    sa.Column('name_zh', sa.Text(), nullable=False, comment='春节 ...'),
    sa.Column('name_en', sa.Text(), nullable=False, comment='Spring Festival ...'),
    sa.CheckConstraint('extract(year from day) = year', name=op.f('ck_calendar_day_year')),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_calendar_day'))
    )
    op.create_index(op.f('ix_calendar_day_year'), 'calendar_day', ['year'], unique=False)
    op.create_table('calendar_year',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False, comment='calendar year'),
    sa.Column('status', sa.Enum('official', 'provisional', name='year_status', native_enum=False, create_constraint=True, length=40), nullable=False, comment='official or provisional'),
    sa.Column('source', sa.Text(), nullable=False, comment='notice the table was taken from'),
    sa.Column('version', sa.Integer(), nullable=False, comment='raised with each change'),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False, comment='when it was last changed'),
    sa.Column('changed_by_account_id', sa.Uuid(), nullable=True, comment='who changed it'),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_calendar_year'))
    )
    op.create_table('form_receipt',
    sa.Column('form_id', sa.Text(), nullable=False, comment='128 random bits of the rendered form'),
    sa.Column('holder', sa.Text(), nullable=False, comment="sign-in id or the visitor's cookie id"),
    sa.Column('endpoint', sa.Text(), nullable=False, comment='the route that answered'),
    sa.Column('subject', sa.Text(), nullable=False, comment='the path that was posted to'),
    sa.Column('location', sa.Text(), nullable=True, comment='where the first answer redirected'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when it was answered'),
    sa.PrimaryKeyConstraint('form_id', 'holder', 'endpoint', 'subject', name=op.f('pk_form_receipt'))
    )
    op.create_index(op.f('ix_form_receipt_created_at'), 'form_receipt', ['created_at'], unique=False)
    op.create_table('job',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('kind', sa.Text(), nullable=False, comment='which work; the worker knows its steps'),
    sa.Column('params', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='what it is about, no personal data'),
    sa.Column('state', sa.Enum('queued', 'running', 'done', 'failed', name='job_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='queued, running, done or failed'),
    sa.Column('total', sa.Integer(), nullable=False, comment='number of items'),
    sa.Column('asked_by_account_id', sa.Uuid(), nullable=True, comment='who asked for it'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when it was asked for'),
    sa.Column('next_run_at', sa.DateTime(timezone=True), nullable=False, comment='a worker may take it from then'),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True, comment='when it ended'),
    sa.Column('last_error', sa.Text(), nullable=True, comment='why it failed'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job'))
    )
    op.create_index('ix_job_open', 'job', ['next_run_at'], unique=False, postgresql_where="state IN ('queued', 'running')")
    op.create_table('key_proof',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False, comment='always 1'),
    sa.Column('proof', sa.LargeBinary(), nullable=False, comment="opens with this database's keys and no others"),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False, comment='when it was written, or sealed again'),
    sa.CheckConstraint('id = 1', name=op.f('ck_key_proof_only_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_key_proof'))
    )
    op.create_table('notice',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('kind', sa.Text(), nullable=False, comment='code of the kind of message'),
    sa.Column('channel', sa.Enum('email', 'inbox', 'sms', name='channel', native_enum=False, create_constraint=True, length=40), nullable=False, comment='e-mail, inbox or SMS'),
    sa.Column('language', sa.Text(), nullable=False, comment='zh or en'),
    sa.Column('person_id', sa.Uuid(), nullable=True, comment='person it is for, when known'),
    sa.Column('account_id', sa.Uuid(), nullable=True, comment='account whose inbox shows it'),
    sa.Column('address_sealed', sa.LargeBinary(), nullable=True, comment='e-mail address or phone number, encrypted'),
    sa.Column('subject_kind', sa.Text(), nullable=False, comment='what it is about: application, card, account ...'),
    sa.Column('subject_id', sa.Uuid(), nullable=False, comment='which one'),
    sa.Column('dedupe_key', sa.Text(), nullable=False, comment='recipient, kind, subject, version and channel'),
    sa.Column('params_sealed', sa.LargeBinary(), nullable=True, comment='parameters of the text, encrypted; wiped for secrets'),
    sa.Column('state', sa.Enum('queued', 'leased', 'sent', 'dead', 'unsure', 'settled', name='notice_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='see NoticeState'),
    sa.Column('priority', sa.Integer(), nullable=False, comment='the lower goes first: 0 when somebody waits for a code, else 1'),
    sa.Column('attempts', sa.Integer(), nullable=False, comment='tries begun'),
    sa.Column('next_attempt_at', sa.DateTime(timezone=True), nullable=False, comment='not before'),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True, comment='a worker has it until then'),
    sa.Column('lease_token', sa.Uuid(), nullable=True, comment='which try has it; after a failure, which try was the last'),
    sa.Column('is_handed_over', sa.Boolean(), nullable=False, comment='this try has begun to give it to the mail server'),
    sa.Column('last_error', sa.Text(), nullable=True, comment="why the last try failed: a code of Trouble and the server's number"),
    sa.Column('queued_at', sa.DateTime(timezone=True), nullable=False, comment='when it was written'),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True, comment='when the mail server took it'),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True, comment='when it was opened in the inbox'),
    sa.CheckConstraint("(state = 'leased') = (lease_until IS NOT NULL)", name=op.f('ck_notice_lease')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_notice_dedupe_key'))
    )
    op.create_index('ix_notice_desk', 'notice', ['state', 'queued_at', 'id'], unique=False)
    op.create_index('ix_notice_due', 'notice', ['priority', 'next_attempt_at', 'id'], unique=False, postgresql_where="state = 'queued'")
    op.create_index('ix_notice_inbox', 'notice', ['account_id', 'queued_at'], unique=False, postgresql_where="channel = 'inbox'")
    op.create_index('ix_notice_leaving', 'notice', ['queued_at', 'id'], unique=False, postgresql_where="channel <> 'inbox'")
    op.create_index('ix_notice_leased', 'notice', ['lease_until'], unique=False, postgresql_where="state = 'leased'")
    op.create_index('ix_notice_subject', 'notice', ['subject_id'], unique=False)
    op.create_table('person',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('name', sa.Text(), nullable=False, comment='legal name as on the document'),
    sa.Column('name_latin', sa.Text(), nullable=True, comment='name in Latin letters as in the passport'),
    sa.Column('name_tokens', sa.Text(), nullable=False, comment='characters, bigrams, pinyin, initials: for search'),
    sa.Column('sort_key', sa.Text(collation='C'), nullable=False, comment='pinyin for sorting, byte by byte'),
    sa.Column('sex', sa.Enum('male', 'female', 'unknown', name='sex', native_enum=False, create_constraint=True, length=40), nullable=False, comment='GB/T 2261.1: male, female, unknown'),
    sa.Column('birth_on', sa.Date(), nullable=True, comment='date of birth'),
    sa.Column('nationality', sa.Text(), nullable=False, comment='ISO 3166-1 alpha-2'),
    sa.Column('phone_sealed', sa.LargeBinary(), nullable=True, comment='contact number, encrypted'),
    sa.Column('phone_index', sa.LargeBinary(), nullable=True, comment='blind index of the number'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when first known'),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, comment='when last changed'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    op.create_index('ix_person_name_tokens', 'person', [sa.literal_column("to_tsvector('simple', name_tokens)")], unique=False, postgresql_using='gin')
    op.create_index(op.f('ix_person_phone_index'), 'person', ['phone_index'], unique=False)
    op.create_index('ix_person_sort', 'person', ['sort_key', 'id'], unique=False)
    op.create_table('rule_set',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('code', sa.Text(), nullable=False, comment='name of the rule set'),
    sa.Column('version', sa.Integer(), nullable=False, comment='1, 2, 3 ...'),
    sa.Column('status', sa.Enum('draft', 'active', 'retired', name='rule_set_status', native_enum=False, create_constraint=True, length=40), nullable=False, comment='draft, active or retired'),
    sa.Column('is_example', sa.Boolean(), nullable=False, comment='example policy: every verdict and card says so'),
    sa.Column('title_zh', sa.Text(), nullable=False, comment='title'),
    sa.Column('title_en', sa.Text(), nullable=False, comment='title'),
    sa.Column('effective_from', sa.Date(), nullable=False, comment='first day'),
    sa.Column('effective_until', sa.Date(), nullable=True, comment='last day, none for open'),
    sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='tiers, categories, criteria, evidence, parameters'),
    sa.Column('content_sha256', sa.LargeBinary(), nullable=False, comment='hash of the canonical content'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when stored'),
    sa.Column('approved_by_account_id', sa.Uuid(), nullable=True, comment='who activated it'),
    sa.CheckConstraint('effective_until IS NULL OR effective_until >= effective_from', name=op.f('ck_rule_set_period')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_set')),
    sa.UniqueConstraint('code', 'version', name='uq_rule_set_version')
    )
    op.create_index('uq_rule_set_in_force', 'rule_set', ['status'], unique=True, postgresql_where=sa.text("status = 'active'"))
    op.create_table('stored_file',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('purpose', sa.Enum('evidence', 'portrait', 'licence', 'authorisation', 'calendar_source', 'preview', name='file_purpose', native_enum=False, create_constraint=True, length=40), nullable=False, comment='what it is kept for'),
    sa.Column('holder_person_id', sa.Uuid(), nullable=True, comment='person it is about'),
    sa.Column('holder_account_id', sa.Uuid(), nullable=True, comment='account that uploaded it'),
    sa.Column('parent_id', sa.Uuid(), nullable=True, comment='the file this is a preview of'),
    sa.Column('variant', sa.Text(), nullable=True, comment='which preview: thumbnail, page-1 ...'),
    sa.Column('original_name', sa.Text(), nullable=False, comment='cleaned name as uploaded'),
    sa.Column('media_type', sa.Text(), nullable=False, comment='type by content, never by the name'),
    sa.Column('byte_size', sa.Integer(), nullable=False, comment='bytes of the plaintext'),
    sa.Column('sha256', sa.LargeBinary(), nullable=False, comment='hash of the plaintext'),
    sa.Column('storage_key', sa.Text(), nullable=False, comment='random key in the storage'),
    sa.Column('key_id', sa.Text(), nullable=False, comment='encryption key of the envelope'),
    sa.Column('width', sa.Integer(), nullable=True, comment='pixels'),
    sa.Column('height', sa.Integer(), nullable=True, comment='pixels'),
    sa.Column('page_count', sa.Integer(), nullable=True, comment='pages of a PDF'),
    sa.Column('is_sensitive', sa.Boolean(), nullable=False, comment='deleted by the retention rule after checking'),
    sa.Column('scan_state', sa.Enum('waiting', 'clean', 'infected', 'unavailable', name='scan_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='waiting, clean, infected or unavailable'),
    sa.Column('scan_detail', sa.Text(), nullable=True, comment='signature name or reason'),
    sa.Column('scanned_at', sa.DateTime(timezone=True), nullable=True, comment='when the scanner answered'),
    sa.Column('scan_attempts', sa.Integer(), nullable=False, comment='tries to scan'),
    sa.Column('next_scan_at', sa.DateTime(timezone=True), nullable=True, comment='scan not before; none once answered'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when it was uploaded'),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True, comment='when its bytes were deleted; the row stays'),
    sa.CheckConstraint('byte_size > 0', name=op.f('ck_stored_file_size')),
    sa.ForeignKeyConstraint(['parent_id'], ['stored_file.id'], name=op.f('fk_stored_file_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_file')),
    sa.UniqueConstraint('storage_key', name=op.f('uq_stored_file_storage_key'))
    )
    op.create_index('ix_stored_file_parent', 'stored_file', ['parent_id'], unique=False)
    op.create_index('ix_stored_file_scan', 'stored_file', ['next_scan_at'], unique=False, postgresql_where="scan_state IN ('waiting', 'unavailable')")
    op.create_table('task',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('kind', sa.Enum('notice_dead', 'notice_unsure', 'scan_infected', 'scan_stuck', 'card_glyphs', 'duplicate_document', 'calendar_missing', 'employer_to_verify', name='task_kind', native_enum=False, create_constraint=True, length=40), nullable=False, comment='why somebody has to look'),
    sa.Column('owner_role', sa.Text(), nullable=False, comment='role whose holders see it'),
    sa.Column('subject_kind', sa.Text(), nullable=False, comment='what it is about'),
    sa.Column('subject_id', sa.Uuid(), nullable=False, comment='which one'),
    sa.Column('params', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='for the sentence on the page, no personal data'),
    sa.Column('dedupe_key', sa.Text(), nullable=False, comment='one task for one cause'),
    sa.Column('state', sa.Enum('open', 'settled', name='task_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='open or settled'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when it arose'),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False, comment='when it should be settled'),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True, comment='when somebody settled it'),
    sa.Column('settled_by_account_id', sa.Uuid(), nullable=True, comment='who settled it'),
    sa.Column('settlement', sa.Text(), nullable=True, comment='what was done, in words'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_task_dedupe_key'))
    )
    op.create_index('ix_task_open', 'task', ['due_at', 'id'], unique=False, postgresql_where="state = 'open'")
    op.create_table('throttle',
    sa.Column('key', sa.Text(), nullable=False, comment='what is counted, hashed: account or address'),
    sa.Column('window_started_at', sa.DateTime(timezone=True), nullable=False, comment='when counting began'),
    sa.Column('count', sa.Integer(), nullable=False, comment='tries in the window'),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_throttle'))
    )
    op.create_table('arrival_fact',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('person_id', sa.Uuid(), nullable=False, comment='who'),
    sa.Column('employer_id', sa.Uuid(), nullable=True, comment='where'),
    sa.Column('arrived_on', sa.Date(), nullable=False, comment='first day'),
    sa.Column('source', sa.Enum('card', 'insurance', 'fair_result', 'employer_report', name='fact_source', native_enum=False, create_constraint=True, length=40), nullable=False, comment='what proves it'),
    sa.Column('source_id', sa.Uuid(), nullable=False, comment='the card, import row ... that proves it'),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False, comment='when it became known'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_arrival_fact_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_arrival_fact')),
    sa.UniqueConstraint('source', 'source_id', name='uq_arrival_fact_source')
    )
    op.create_index(op.f('ix_arrival_fact_arrived_on'), 'arrival_fact', ['arrived_on'], unique=False)
    op.create_index(op.f('ix_arrival_fact_person_id'), 'arrival_fact', ['person_id'], unique=False)
    op.create_table('audit_entry',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('stream_id', sa.Uuid(), nullable=False, comment='the chain it belongs to'),
    sa.Column('sequence', sa.Integer(), nullable=False, comment='1, 2, 3 ... within the stream'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='when it was done (UTC)'),
    sa.Column('actor_account_id', sa.Uuid(), nullable=True, comment='account of who did it; none for the clock'),
    sa.Column('actor_person_id', sa.Uuid(), nullable=True, comment='person who did it; none for the clock'),
    sa.Column('acting_as', sa.Text(), nullable=False, comment='capacity: a role, applicant, agent, clock or system'),
    sa.Column('on_behalf_of', sa.Uuid(), nullable=True, comment='employer for whom it was done'),
    sa.Column('action', sa.Text(), nullable=False, comment='what was done, as a verb'),
    sa.Column('change', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='before and after of fields that are not personal'),
    sa.Column('commitments', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='personal fields as HMAC with an erasable salt'),
    sa.Column('request_reference', sa.Text(), nullable=False, comment='finds the request in the log'),
    sa.Column('previous_hash', sa.LargeBinary(), nullable=False, comment='hash of the entry before it'),
    sa.Column('hash', sa.LargeBinary(), nullable=False, comment='SHA-256 over the canonical entry and the previous hash'),
    sa.ForeignKeyConstraint(['stream_id'], ['audit_stream.id'], name=op.f('fk_audit_entry_stream_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry')),
    sa.UniqueConstraint('stream_id', 'sequence', name='uq_audit_entry_stream_sequence')
    )
    op.create_index('ix_audit_entry_actor', 'audit_entry', ['actor_person_id', 'at'], unique=False)
    op.create_index(op.f('ix_audit_entry_at'), 'audit_entry', ['at'], unique=False)
    op.create_table('audit_seal_head',
    sa.Column('seal_number', sa.Integer(), nullable=False, comment='the seal'),
    sa.Column('stream_id', sa.Uuid(), nullable=False, comment='the stream'),
    sa.Column('sequence', sa.Integer(), nullable=False, comment='its last entry then'),
    sa.Column('hash', sa.LargeBinary(), nullable=False, comment="that entry's hash"),
    sa.ForeignKeyConstraint(['seal_number'], ['audit_seal.number'], name=op.f('fk_audit_seal_head_seal_number')),
    sa.PrimaryKeyConstraint('seal_number', 'stream_id', name=op.f('pk_audit_seal_head'))
    )
    op.create_table('consent_record',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('account_id', sa.Uuid(), nullable=True, comment='who gave it'),
    sa.Column('person_id', sa.Uuid(), nullable=True, comment='about whom'),
    sa.Column('purpose', sa.Enum('notice_read', 'sensitive_images', 'share_with_employer', 'public_notice', 'fetch_shared_data', name='consent_purpose', native_enum=False, create_constraint=True, length=40), nullable=False, comment='for what'),
    sa.Column('notice_version', sa.Text(), nullable=False, comment='version of the privacy notice'),
    sa.Column('subject_id', sa.Uuid(), nullable=True, comment='the case it was given for'),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False, comment='when given'),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True, comment='when withdrawn'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_consent_record_account_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_consent_record_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_record'))
    )
    op.create_index('ix_consent_record_account', 'consent_record', ['account_id', 'purpose'], unique=False)
    op.create_table('employer',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('credit_code', sa.Text(), nullable=False, comment='GB 32100, 18 characters'),
    sa.Column('name', sa.Text(), nullable=False, comment='registered name'),
    sa.Column('name_tokens', sa.Text(), nullable=False, comment='for search'),
    sa.Column('employer_type', sa.Enum('organ', 'institution', 'company', 'social_organisation', 'self', name='employer_type', native_enum=False, create_constraint=True, length=40), nullable=False, comment='organ, institution, company ...'),
    sa.Column('level', sa.Enum('zone', 'city', 'provincial', 'central', name='employer_level', native_enum=False, create_constraint=True, length=40), nullable=False, comment='zone, city, provincial or central'),
    sa.Column('industry', sa.Enum('biomedicine', 'electronics', 'new_materials', 'other', name='industry', native_enum=False, create_constraint=True, length=40), nullable=False, comment='lead cluster or other'),
    sa.Column('park', sa.Enum('biomedicine_park', 'electronics_park', 'chemical_park', 'outside_parks', name='park', native_enum=False, create_constraint=True, length=40), nullable=False, comment='one of the three parks or outside them'),
    sa.Column('is_registered_in_zone', sa.Boolean(), nullable=False, comment='registered in the zone'),
    sa.Column('is_taxed_in_zone', sa.Boolean(), nullable=False, comment='pays its taxes in the zone'),
    sa.Column('licence_file_id', sa.Uuid(), nullable=True, comment='business licence'),
    sa.Column('state', sa.Enum('pending', 'verified', 'refused', name='employer_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='pending, verified or refused'),
    sa.Column('refusal_reason', sa.Text(), nullable=True, comment='why it was refused, shown to its agent'),
    sa.Column('registered_by_account_id', sa.Uuid(), nullable=True, comment='who registered it'),
    sa.Column('verified_by_account_id', sa.Uuid(), nullable=True, comment='who verified it at the desk'),
    sa.Column('verified_at', sa.DateTime(timezone=True), nullable=True, comment='when'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when registered'),
    sa.Column('version', sa.Integer(), nullable=False, comment='raised with each change'),
    sa.CheckConstraint("(state = 'refused') = (refusal_reason IS NOT NULL)", name=op.f('ck_employer_refusal_reason')),
    sa.CheckConstraint('verified_by_account_id <> registered_by_account_id', name=op.f('ck_employer_verified_by_another')),
    sa.ForeignKeyConstraint(['licence_file_id'], ['stored_file.id'], name=op.f('fk_employer_licence_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer')),
    sa.UniqueConstraint('credit_code', name=op.f('uq_employer_credit_code'))
    )
    op.create_index('ix_employer_name_tokens', 'employer', [sa.literal_column("to_tsvector('simple', name_tokens)")], unique=False, postgresql_using='gin')
    op.create_index('ix_employer_state', 'employer', ['state', 'id'], unique=False)
    op.create_table('identity_document',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('person_id', sa.Uuid(), nullable=False, comment='whose'),
    sa.Column('kind', sa.Enum('resident_id', 'hmt_residence_permit', 'foreign_permanent_2017', 'foreign_permanent_2023', 'hk_macao_travel_permit', 'taiwan_travel_permit', 'passport', name='document_kind', native_enum=False, create_constraint=True, length=40), nullable=False, comment='kind of document'),
    sa.Column('issued_by', sa.Text(), nullable=False, comment='ISO 3166-1 alpha-2 of the issuing state'),
    sa.Column('number_sealed', sa.LargeBinary(), nullable=False, comment='number, encrypted'),
    sa.Column('number_index', sa.LargeBinary(), nullable=False, comment='blind index of the number'),
    sa.Column('number_masked', sa.Text(), nullable=False, comment='number as shown by default'),
    sa.Column('valid_until', sa.Date(), nullable=True, comment='last day of validity, none for unlimited'),
    sa.Column('is_primary', sa.Boolean(), nullable=False, comment="the one used for the person's cases"),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when recorded'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_identity_document_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_document')),
    sa.UniqueConstraint('kind', 'issued_by', 'number_index', name='uq_identity_document_number')
    )
    op.create_index('ix_identity_document_number', 'identity_document', ['number_index'], unique=False)
    op.create_index(op.f('ix_identity_document_person_id'), 'identity_document', ['person_id'], unique=False)
    op.create_index('uq_identity_document_primary', 'identity_document', ['person_id'], unique=True, postgresql_where=sa.text('is_primary'))
    op.create_table('job_item',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('job_id', sa.Uuid(), nullable=False, comment='the job'),
    sa.Column('subject_id', sa.Uuid(), nullable=False, comment='what the item is about'),
    sa.Column('state', sa.Enum('waiting', 'done', 'refused', name='item_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='waiting, done or refused'),
    sa.Column('result', sa.Text(), nullable=True, comment='what came of it'),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_job_item_job_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_item')),
    sa.UniqueConstraint('job_id', 'subject_id', name='uq_job_item_subject')
    )
    op.create_index('ix_job_item_waiting', 'job_item', ['job_id'], unique=False, postgresql_where="state = 'waiting'")
    op.create_table('kinship',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('person_id', sa.Uuid(), nullable=False, comment='one'),
    sa.Column('kin_id', sa.Uuid(), nullable=False, comment='the other'),
    sa.Column('relation', sa.Enum('spouse', 'parent', 'child', 'sibling', 'other', name='kin_relation', native_enum=False, create_constraint=True, length=40), nullable=False, comment='how the other is related to the one'),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=False, comment='when declared'),
    sa.CheckConstraint('person_id <> kin_id', name=op.f('ck_kinship_two_persons')),
    sa.ForeignKeyConstraint(['kin_id'], ['person.id'], name=op.f('fk_kinship_kin_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_kinship_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kinship')),
    sa.UniqueConstraint('person_id', 'kin_id', name='uq_kinship_pair')
    )
    op.create_index(op.f('ix_kinship_kin_id'), 'kinship', ['kin_id'], unique=False)
    op.create_table('one_time_code',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('account_id', sa.Uuid(), nullable=True, comment='for whom; none when nobody has the address, so that both cases leave a row'),
    sa.Column('purpose', sa.Enum('verify_email', 'verify_phone', 'reset_password', 'sign_in', 'show_progress', name='code_purpose', native_enum=False, create_constraint=True, length=40), nullable=False, comment='what it is good for'),
    sa.Column('code_hash', sa.LargeBinary(), nullable=False, comment='HMAC of the code; the code itself is nowhere'),
    sa.Column('wrong_tries', sa.Integer(), nullable=False, comment='wrong tries so far; five end it'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when it was made'),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False, comment='valid until'),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True, comment='when it was used or replaced'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_one_time_code_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_code'))
    )
    op.create_index('ix_one_time_code_account', 'one_time_code', ['account_id', 'purpose'], unique=False)
    op.create_table('role_grant',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('account_id', sa.Uuid(), nullable=False, comment='who holds it'),
    sa.Column('role', sa.Enum('clerk', 'reviewer', 'recogniser', 'decider', 'policy_editor', 'policy_approver', 'system_admin', 'security_admin', 'audit_admin', name='role', native_enum=False, create_constraint=True, length=40), nullable=False, comment='which role'),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False, comment='from'),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True, comment='until, none for open'),
    sa.Column('granted_by_account_id', sa.Uuid(), nullable=True, comment='who gave it; none for the first one'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when it was given'),
    sa.CheckConstraint('ends_at IS NULL OR ends_at > starts_at', name=op.f('ck_role_grant_period')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_role_grant_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant'))
    )
    op.create_index('ix_role_grant_account', 'role_grant', ['account_id'], unique=False)
    op.create_table('sign_in',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('account_id', sa.Uuid(), nullable=False, comment='who signed in'),
    sa.Column('token_hash', sa.LargeBinary(), nullable=False, comment='SHA-256 of the token in the cookie'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when'),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False, comment='at most a minute old while in use'),
    sa.Column('address', sa.Text(), nullable=False, comment='network address at sign-in'),
    sa.Column('device', sa.Text(), nullable=False, comment='browser and system in a few words'),
    sa.Column('has_second_factor', sa.Boolean(), nullable=False, comment='a second factor was proved'),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True, comment='when it ended'),
    sa.Column('ended_by', sa.Enum('signed_out', 'signed_out_everywhere', 'password_changed', 'roles_changed', 'second_factor_changed', 'replaced', name='sign_in_end', native_enum=False, create_constraint=True, length=40), nullable=True, comment='why it ended'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_sign_in_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_token_hash'))
    )
    op.create_index('ix_sign_in_account', 'sign_in', ['account_id', 'created_at'], unique=False)
    op.create_table('application',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('reference', sa.Text(), nullable=False, comment='GXS-year-number-check'),
    sa.Column('kind', sa.Enum('new', 'renewal', name='application_kind', native_enum=False, create_constraint=True, length=40), nullable=False, comment='new or renewal'),
    sa.Column('tier', sa.Enum('A', 'B', 'C', name='tier', native_enum=False, create_constraint=True, length=40), nullable=False, comment='card applied for'),
    sa.Column('category_code', sa.Text(), nullable=True, comment='way to qualify, a code of the rule set'),
    sa.Column('rule_set_id', sa.Uuid(), nullable=False, comment='rule set the case is judged by'),
    sa.Column('account_id', sa.Uuid(), nullable=False, comment='account that fills it in'),
    sa.Column('person_id', sa.Uuid(), nullable=True, comment='the applicant'),
    sa.Column('employer_id', sa.Uuid(), nullable=True, comment='who endorses'),
    sa.Column('using_unit', sa.Text(), nullable=True, comment='where a dispatched person really works'),
    sa.Column('industry', sa.Enum('biomedicine', 'electronics', 'new_materials', 'other', name='industry', native_enum=False, create_constraint=True, length=40), nullable=True, comment='of the employer when filed'),
    sa.Column('park', sa.Enum('biomedicine_park', 'electronics_park', 'chemical_park', 'outside_parks', name='park', native_enum=False, create_constraint=True, length=40), nullable=True, comment='of the employer when filed'),
    sa.Column('state', sa.Enum('draft', 'awaiting_endorsement', 'endorsement_declined', 'endorsement_expired', 'received', 'correction_requested', 'resubmitted', 'accepted', 'special_recognition', 'recommended', 'public_notice', 'objection_open', 'issued', 'delivered', 'rejected', 'review_open', 'not_accepted', 'withdrawn', 'lapsed', name='application_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='where the case stands'),
    sa.Column('version', sa.Integer(), nullable=False, comment='raised with each change; a stale page is told'),
    sa.Column('assigned_to_account_id', sa.Uuid(), nullable=True, comment='officer who has it'),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True, comment='end of the deadline that runs now'),
    sa.Column('due_on', sa.Date(), nullable=True, comment='its last day'),
    sa.Column('due_kind', sa.Text(), nullable=True, comment='which deadline runs'),
    sa.Column('is_due_provisional', sa.Boolean(), nullable=False, comment='reaches into a year without official table'),
    sa.Column('board_at', sa.DateTime(timezone=True), nullable=False, comment='order on the desk: end of the deadline, else last change'),
    sa.Column('clock_at', sa.DateTime(timezone=True), nullable=True, comment='when the clock takes its next step by itself'),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=True, comment='when submitted to the employer'),
    sa.Column('received_on', sa.Date(), nullable=True, comment='day received by the window'),
    sa.Column('accepted_on', sa.Date(), nullable=True, comment='day from which the decision clock runs'),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True, comment='when approved or rejected'),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True, comment='when it came to an end'),
    sa.Column('endorser_person_id', sa.Uuid(), nullable=True, comment='agent who endorsed'),
    sa.Column('recommender_person_id', sa.Uuid(), nullable=True, comment='who recommended'),
    sa.Column('decider_person_id', sa.Uuid(), nullable=True, comment='who decided'),
    sa.Column('objection_decider_person_id', sa.Uuid(), nullable=True, comment='who decided an objection'),
    sa.Column('review_decider_person_id', sa.Uuid(), nullable=True, comment='who decided a review'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when begun'),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, comment='when last changed'),
    sa.CheckConstraint("state = 'draft' OR (person_id IS NOT NULL AND employer_id IS NOT NULL AND category_code IS NOT NULL AND filed_at IS NOT NULL) OR state = 'withdrawn'", name=op.f('ck_application_filed')),
    sa.CheckConstraint('decider_person_id <> objection_decider_person_id', name=op.f('ck_application_decider_is_not_objection_decider')),
    sa.CheckConstraint('decider_person_id <> review_decider_person_id', name=op.f('ck_application_decider_is_not_review_decider')),
    sa.CheckConstraint('endorser_person_id <> decider_person_id', name=op.f('ck_application_endorser_is_not_decider')),
    sa.CheckConstraint('endorser_person_id <> objection_decider_person_id', name=op.f('ck_application_endorser_is_not_objection_decider')),
    sa.CheckConstraint('endorser_person_id <> recommender_person_id', name=op.f('ck_application_endorser_is_not_recommender')),
    sa.CheckConstraint('endorser_person_id <> review_decider_person_id', name=op.f('ck_application_endorser_is_not_review_decider')),
    sa.CheckConstraint('objection_decider_person_id <> review_decider_person_id', name=op.f('ck_application_objection_decider_is_not_review_decider')),
    sa.CheckConstraint('person_id <> decider_person_id', name=op.f('ck_application_person_id_is_not_decider')),
    sa.CheckConstraint('person_id <> endorser_person_id', name=op.f('ck_application_person_id_is_not_endorser')),
    sa.CheckConstraint('person_id <> objection_decider_person_id', name=op.f('ck_application_person_id_is_not_objection_decider')),
    sa.CheckConstraint('person_id <> recommender_person_id', name=op.f('ck_application_person_id_is_not_recommender')),
    sa.CheckConstraint('person_id <> review_decider_person_id', name=op.f('ck_application_person_id_is_not_review_decider')),
    sa.CheckConstraint('recommender_person_id <> decider_person_id', name=op.f('ck_application_recommender_is_not_decider')),
    sa.CheckConstraint('recommender_person_id <> objection_decider_person_id', name=op.f('ck_application_recommender_is_not_objection_decider')),
    sa.CheckConstraint('recommender_person_id <> review_decider_person_id', name=op.f('ck_application_recommender_is_not_review_decider')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_application_account_id')),
    sa.ForeignKeyConstraint(['assigned_to_account_id'], ['account.id'], name=op.f('fk_application_assigned_to_account_id')),
    sa.ForeignKeyConstraint(['decider_person_id'], ['person.id'], name=op.f('fk_application_decider_person_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_application_employer_id')),
    sa.ForeignKeyConstraint(['endorser_person_id'], ['person.id'], name=op.f('fk_application_endorser_person_id')),
    sa.ForeignKeyConstraint(['objection_decider_person_id'], ['person.id'], name=op.f('fk_application_objection_decider_person_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_application_person_id')),
    sa.ForeignKeyConstraint(['recommender_person_id'], ['person.id'], name=op.f('fk_application_recommender_person_id')),
    sa.ForeignKeyConstraint(['review_decider_person_id'], ['person.id'], name=op.f('fk_application_review_decider_person_id')),
    sa.ForeignKeyConstraint(['rule_set_id'], ['rule_set.id'], name=op.f('fk_application_rule_set_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application')),
    sa.UniqueConstraint('reference', name=op.f('uq_application_reference'))
    )
    op.create_index(op.f('ix_application_account_id'), 'application', ['account_id'], unique=False)
    op.create_index('ix_application_board', 'application', ['state', 'board_at', 'id'], unique=False)
    op.create_index('ix_application_board_industry', 'application', ['state', 'industry', 'board_at', 'id'], unique=False)
    op.create_index('ix_application_clock', 'application', ['clock_at'], unique=False, postgresql_where=sa.text('clock_at IS NOT NULL'))
    op.create_index(op.f('ix_application_employer_id'), 'application', ['employer_id'], unique=False)
    op.create_index('ix_application_in_work', 'application', ['board_at', 'id'], unique=False, postgresql_where=sa.text("state IN ('awaiting_endorsement', 'received', 'correction_requested', 'resubmitted', 'accepted', 'special_recognition', 'recommended', 'public_notice', 'objection_open', 'issued', 'review_open')"))
    op.create_index('ix_application_mine', 'application', ['assigned_to_account_id', 'state', 'board_at', 'id'], unique=False)
    op.create_index(op.f('ix_application_person_id'), 'application', ['person_id'], unique=False)
    op.create_index('uq_application_open', 'application', ['person_id', 'tier'], unique=True, postgresql_where=sa.text("state NOT IN ('draft', 'delivered', 'rejected', 'not_accepted', 'withdrawn', 'lapsed', 'issued')"))
    op.create_table('employer_agent',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('employer_id', sa.Uuid(), nullable=False, comment='for whom'),
    sa.Column('person_id', sa.Uuid(), nullable=False, comment='who acts'),
    sa.Column('is_founder', sa.Boolean(), nullable=False, comment='owner or founder: never endorses himself'),
    sa.Column('authorised_until', sa.Date(), nullable=False, comment='last day of the authorisation'),
    sa.Column('authorisation_file_id', sa.Uuid(), nullable=True, comment='stamped letter of authorisation'),
    sa.Column('state', sa.Enum('pending', 'active', 'refused', 'ended', name='agent_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='pending, active, refused or ended'),
    sa.Column('decided_by_account_id', sa.Uuid(), nullable=True, comment='account that confirmed or refused'),
    sa.Column('decided_by_person_id', sa.Uuid(), nullable=True, comment='person who confirmed or refused'),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True, comment='when confirmed or refused'),
    sa.Column('reason', sa.Text(), nullable=True, comment='why refused or ended, shown to the person'),
    sa.Column('reminded_until', sa.Date(), nullable=True, comment='the last day that was reminded of'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when asked for'),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True, comment='when it ended'),
    sa.CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name=op.f('ck_employer_agent_ended')),
    sa.CheckConstraint("(state IN ('refused', 'ended')) OR reason IS NULL", name=op.f('ck_employer_agent_reason')),
    sa.CheckConstraint('decided_by_person_id <> person_id', name=op.f('ck_employer_agent_decided_by_another')),
    sa.ForeignKeyConstraint(['authorisation_file_id'], ['stored_file.id'], name=op.f('fk_employer_agent_authorisation_file_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_agent_employer_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_employer_agent_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_agent'))
    )
    op.create_index('ix_employer_agent_employer', 'employer_agent', ['employer_id'], unique=False)
    op.create_index('ix_employer_agent_expiry', 'employer_agent', ['authorised_until'], unique=False, postgresql_where=sa.text("state = 'active'"))
    op.create_index('ix_employer_agent_pending', 'employer_agent', ['id'], unique=False, postgresql_where=sa.text("state = 'pending'"))
    op.create_index('ix_employer_agent_person', 'employer_agent', ['person_id'], unique=False)
    op.create_index('uq_employer_agent_open', 'employer_agent', ['employer_id', 'person_id', 'state'], unique=True, postgresql_where=sa.text("state IN ('pending', 'active')"))
    op.create_table('application_copy',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('application_id', sa.Uuid(), nullable=False, comment='the application'),
    sa.Column('number', sa.Integer(), nullable=False, comment='1, 2, 3 ...'),
    sa.Column('purpose', sa.Enum('filed', 'corrected', name='copy_purpose', native_enum=False, create_constraint=True, length=40), nullable=False, comment='filed or corrected'),
    sa.Column('content_sealed', sa.LargeBinary(), nullable=False, comment='canonical JSON of answers and evidence hashes, encrypted'),
    sa.Column('sha256', sa.LargeBinary(), nullable=False, comment='hash of the canonical JSON; the endorsement names it'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when frozen'),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_application_copy_application_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_copy')),
    sa.UniqueConstraint('application_id', 'number', name='uq_application_copy_number')
    )
    op.create_table('application_draft',
    sa.Column('id', sa.Uuid(), nullable=False, comment='the application'),
    sa.Column('answers_sealed', sa.LargeBinary(), nullable=False, comment='answers of all steps as JSON, encrypted'),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, comment='when last saved'),
    sa.Column('version', sa.Integer(), nullable=False, comment='raised with each save'),
    sa.ForeignKeyConstraint(['id'], ['application.id'], name=op.f('fk_application_draft_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_draft'))
    )
    op.create_table('card',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('number', sa.Text(), nullable=False, comment='GXC-year-number-check'),
    sa.Column('tier', sa.Enum('A', 'B', 'C', name='tier', native_enum=False, create_constraint=True, length=40), nullable=False, comment='A, B or C'),
    sa.Column('person_id', sa.Uuid(), nullable=False, comment='holder'),
    sa.Column('employer_id', sa.Uuid(), nullable=True, comment='employer when issued'),
    sa.Column('application_id', sa.Uuid(), nullable=False, comment='the case it comes from'),
    sa.Column('photo_file_id', sa.Uuid(), nullable=True, comment='portrait'),
    sa.Column('state', sa.Enum('active', 'suspended', 'replaced', 'cancelled', 'expired', name='card_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='active, suspended, replaced, cancelled, expired'),
    sa.Column('suspension_reason', sa.Enum('loss', 'employment_ended', 'inquiry', name='suspension_reason', native_enum=False, create_constraint=True, length=40), nullable=True, comment='why it is out of use'),
    sa.Column('cancellation_reason', sa.Enum('left_zone', 'contract_ended', 'death', 'voluntary', 'upgraded', 'revoked', name='cancellation_reason', native_enum=False, create_constraint=True, length=40), nullable=True, comment='why it ended early'),
    sa.Column('valid_from', sa.Date(), nullable=False, comment='first day'),
    sa.Column('valid_until', sa.Date(), nullable=False, comment='last day'),
    sa.Column('nonce', sa.Text(), nullable=False, comment='96 random bits in the QR; opens the verify page'),
    sa.Column('key_id', sa.Text(), nullable=False, comment='signing key reserved for the offline token'),
    sa.Column('status_index', sa.Integer(), nullable=False, comment='place reserved in the status list'),
    sa.Column('replaces_id', sa.Uuid(), nullable=True, comment='the card it replaces'),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False, comment='when issued'),
    sa.Column('handed_over_at', sa.DateTime(timezone=True), nullable=True, comment='when the holder got it'),
    sa.Column('version', sa.Integer(), nullable=False, comment='raised with each change'),
    sa.CheckConstraint("(state = 'cancelled') = (cancellation_reason IS NOT NULL)", name=op.f('ck_card_cancelled_with_reason')),
    sa.CheckConstraint("(state = 'suspended') = (suspension_reason IS NOT NULL)", name=op.f('ck_card_suspended_with_reason')),
    sa.CheckConstraint('valid_until >= valid_from', name=op.f('ck_card_period')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_card_application_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_card_employer_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_card_person_id')),
    sa.ForeignKeyConstraint(['photo_file_id'], ['stored_file.id'], name=op.f('fk_card_photo_file_id')),
    sa.ForeignKeyConstraint(['replaces_id'], ['card.id'], name=op.f('fk_card_replaces_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card')),
    sa.UniqueConstraint('nonce', name=op.f('uq_card_nonce')),
    sa.UniqueConstraint('number', name=op.f('uq_card_number')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_card_replaces_id')),
    sa.UniqueConstraint('status_index', name=op.f('uq_card_status_index'))
    )
    op.create_index('ix_card_application', 'card', ['application_id'], unique=False)
    op.create_index('ix_card_expiry', 'card', ['valid_until'], unique=False, postgresql_where=sa.text("state IN ('active', 'suspended')"))
    op.create_index('ix_card_list', 'card', ['state', 'valid_until', 'id'], unique=False)
    op.create_index(op.f('ix_card_person_id'), 'card', ['person_id'], unique=False)
    op.create_index('uq_card_in_force', 'card', ['person_id', 'tier'], unique=True, postgresql_where=sa.text("state IN ('active', 'suspended')"))
    op.create_table('case_event',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('application_id', sa.Uuid(), nullable=False, comment='the case'),
    sa.Column('sequence', sa.Integer(), nullable=False, comment='1, 2, 3 ... within the case'),
    sa.Column('action', sa.Enum('start', 'submit', 'endorse', 'decline_endorsement', 'expire_endorsement', 'request_correction', 'submit_correction', 'lapse', 'accept', 'accept_by_silence', 'refuse_out_of_scope', 'send_for_recognition', 'record_recognition', 'recommend', 'return_to_reviewer', 'extend_decision', 'approve', 'reject', 'record_objection', 'uphold_objection', 'dismiss_objection', 'issue', 'hand_over', 'withdraw', 'request_review', 'confirm_rejection', 'overturn_rejection', name='case_action', native_enum=False, create_constraint=True, length=40), nullable=False, comment='what was done'),
    sa.Column('from_state', sa.Enum('draft', 'awaiting_endorsement', 'endorsement_declined', 'endorsement_expired', 'received', 'correction_requested', 'resubmitted', 'accepted', 'special_recognition', 'recommended', 'public_notice', 'objection_open', 'issued', 'delivered', 'rejected', 'review_open', 'not_accepted', 'withdrawn', 'lapsed', name='application_state_from', native_enum=False, create_constraint=True, length=40), nullable=True, comment='state before'),
    sa.Column('to_state', sa.Enum('draft', 'awaiting_endorsement', 'endorsement_declined', 'endorsement_expired', 'received', 'correction_requested', 'resubmitted', 'accepted', 'special_recognition', 'recommended', 'public_notice', 'objection_open', 'issued', 'delivered', 'rejected', 'review_open', 'not_accepted', 'withdrawn', 'lapsed', name='application_state_to', native_enum=False, create_constraint=True, length=40), nullable=False, comment='state after'),
    sa.Column('actor_account_id', sa.Uuid(), nullable=True, comment='who; none for the clock'),
    sa.Column('actor_person_id', sa.Uuid(), nullable=True, comment='which person; none for the clock'),
    sa.Column('acting_as', sa.Text(), nullable=False, comment='capacity'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='when it took effect'),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False, comment='when it was written down'),
    sa.Column('effective_on', sa.Date(), nullable=True, comment='day a clock starts from, where it differs'),
    sa.Column('reason', sa.Text(), nullable=True, comment='reason in words, shown to the applicant'),
    sa.Column('data', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='what else the clock or the timeline needs; nothing personal'),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_case_event_application_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_event')),
    sa.UniqueConstraint('application_id', 'sequence', name='uq_case_event_sequence')
    )
    op.create_table('case_note',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('application_id', sa.Uuid(), nullable=False, comment='the case'),
    sa.Column('author_account_id', sa.Uuid(), nullable=False, comment='who wrote it'),
    sa.Column('text_sealed', sa.LargeBinary(), nullable=False, comment='the note, encrypted'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when'),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_case_note_application_id')),
    sa.ForeignKeyConstraint(['author_account_id'], ['account.id'], name=op.f('fk_case_note_author_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_note'))
    )
    op.create_index(op.f('ix_case_note_application_id'), 'case_note', ['application_id'], unique=False)
    op.create_table('correction_notice',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('application_id', sa.Uuid(), nullable=False, comment='the case'),
    sa.Column('number', sa.Integer(), nullable=False, comment='1 for the first; a second may only repeat what is unmet'),
    sa.Column('clerk_account_id', sa.Uuid(), nullable=False, comment='who wrote it'),
    sa.Column('limit_on', sa.Date(), nullable=False, comment='last day to answer'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, comment='when given'),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True, comment='when the applicant answered'),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_correction_notice_application_id')),
    sa.ForeignKeyConstraint(['clerk_account_id'], ['account.id'], name=op.f('fk_correction_notice_clerk_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction_notice')),
    sa.UniqueConstraint('application_id', 'number', name='uq_correction_notice_number')
    )
    op.create_table('decision',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('application_id', sa.Uuid(), nullable=False, comment='the case'),
    sa.Column('kind', sa.Enum('recommendation', 'recognition', 'decision', 'objection', 'review', name='decision_kind', native_enum=False, create_constraint=True, length=40), nullable=False, comment='what was decided'),
    sa.Column('outcome', sa.Enum('positive', 'negative', name='decision_outcome', native_enum=False, create_constraint=True, length=40), nullable=False, comment='which way'),
    sa.Column('person_id', sa.Uuid(), nullable=False, comment='who decided'),
    sa.Column('account_id', sa.Uuid(), nullable=False, comment='with which account'),
    sa.Column('reason', sa.Text(), nullable=False, comment='in words'),
    sa.Column('clause', sa.Text(), nullable=True, comment='clause a rejection rests on'),
    sa.Column('remedy', sa.Text(), nullable=True, comment='what can be done against it, and until when'),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False, comment='when'),
    sa.CheckConstraint("kind <> 'decision' OR outcome = 'positive' OR (clause IS NOT NULL AND remedy IS NOT NULL)", name=op.f('ck_decision_rejection')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_decision_account_id')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_decision_application_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_decision_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    op.create_index('ix_decision_application', 'decision', ['application_id', 'decided_at'], unique=False)
    op.create_index('uq_decision_once', 'decision', ['application_id', 'person_id'], unique=True, postgresql_where=sa.text("kind = 'decision'"))
    op.create_table('evidence',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('application_id', sa.Uuid(), nullable=False, comment='the case'),
    sa.Column('item_code', sa.Text(), nullable=False, comment='item of the evidence list'),
    sa.Column('file_id', sa.Uuid(), nullable=False, comment='the file'),
    sa.Column('position', sa.Integer(), nullable=False, comment='order within the item'),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False, comment='when uploaded'),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True, comment='when taken back or replaced; the row stays'),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_evidence_application_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_evidence_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence')),
    sa.UniqueConstraint('file_id', name='uq_evidence_file')
    )
    op.create_index('ix_evidence_application', 'evidence', ['application_id', 'item_code', 'position'], unique=False)
    op.create_table('public_notice',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('application_id', sa.Uuid(), nullable=False, comment='the case'),
    sa.Column('reference', sa.Text(), nullable=False, comment='reference of the case, to object with'),
    sa.Column('masked_name', sa.Text(), nullable=False, comment='name with all but the family name hidden'),
    sa.Column('employer_name', sa.Text(), nullable=False, comment='employer as frozen'),
    sa.Column('tier', sa.Text(), nullable=False, comment='card'),
    sa.Column('category_zh', sa.Text(), nullable=False, comment='category as frozen'),
    sa.Column('category_en', sa.Text(), nullable=False, comment='category as frozen'),
    sa.Column('unit', sa.Text(), nullable=False, comment='working_day or calendar_day'),
    sa.Column('length', sa.Integer(), nullable=False, comment='how many of them'),
    sa.Column('starts_on', sa.Date(), nullable=False, comment='day 0'),
    sa.Column('ends_on', sa.Date(), nullable=False, comment='last day'),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False, comment='its end'),
    sa.Column('sha256', sa.LargeBinary(), nullable=False, comment='hash of what is shown'),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False, comment='when put up'),
    sa.Column('taken_down_at', sa.DateTime(timezone=True), nullable=True, comment='when taken down early; time does it otherwise'),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_public_notice_application_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_public_notice'))
    )
    op.create_index('ix_public_notice_application', 'public_notice', ['application_id'], unique=False)
    op.create_index('ix_public_notice_shown', 'public_notice', ['ends_at', 'id'], unique=False, postgresql_where=sa.text('taken_down_at IS NULL'))
    op.create_table('card_event',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('card_id', sa.Uuid(), nullable=False, comment='the card'),
    sa.Column('sequence', sa.Integer(), nullable=False, comment='1, 2, 3 ... of the card'),
    sa.Column('action', sa.Enum('issue', 'report_loss', 'suspend', 'reinstate', 'replace', 'cancel', 'expire', name='card_action', native_enum=False, create_constraint=True, length=40), nullable=False, comment='what was done'),
    sa.Column('from_state', sa.Enum('active', 'suspended', 'replaced', 'cancelled', 'expired', name='card_state_from', native_enum=False, create_constraint=True, length=40), nullable=True, comment='state before'),
    sa.Column('to_state', sa.Enum('active', 'suspended', 'replaced', 'cancelled', 'expired', name='card_state_to', native_enum=False, create_constraint=True, length=40), nullable=False, comment='state after'),
    sa.Column('actor_account_id', sa.Uuid(), nullable=True, comment='who; none for the clock'),
    sa.Column('acting_as', sa.Text(), nullable=False, comment='capacity'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='when it took effect'),
    sa.Column('reason', sa.Text(), nullable=True, comment='in words'),
    sa.Column('data', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='what else is worth keeping; nothing personal'),
    sa.ForeignKeyConstraint(['card_id'], ['card.id'], name=op.f('fk_card_event_card_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_event')),
    sa.UniqueConstraint('card_id', 'sequence', name='uq_card_event_sequence')
    )
    op.create_table('correction_item',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('notice_id', sa.Uuid(), nullable=False, comment='the notice'),
    sa.Column('kind', sa.Enum('evidence', 'answer', name='correction_item_kind', native_enum=False, create_constraint=True, length=40), nullable=False, comment='a paper or an answer'),
    sa.Column('code', sa.Text(), nullable=False, comment='evidence item or step of the form'),
    sa.Column('explanation', sa.Text(), nullable=False, comment='what is wrong and how to mend it, for the applicant'),
    sa.Column('is_answered', sa.Boolean(), nullable=False, comment='the applicant has dealt with it'),
    sa.Column('position', sa.Integer(), nullable=False, comment='order on the notice'),
    sa.ForeignKeyConstraint(['notice_id'], ['correction_notice.id'], name=op.f('fk_correction_item_notice_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction_item')),
    sa.UniqueConstraint('notice_id', 'kind', 'code', name='uq_correction_item_code')
    )
    op.create_table('endorsement',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('application_id', sa.Uuid(), nullable=False, comment='the case'),
    sa.Column('copy_id', sa.Uuid(), nullable=False, comment='what was endorsed'),
    sa.Column('employer_id', sa.Uuid(), nullable=False, comment='by whom'),
    sa.Column('outcome', sa.Enum('waiting', 'endorsed', 'declined', 'expired', 'overtaken', name='endorsement_outcome', native_enum=False, create_constraint=True, length=40), nullable=False, comment='waiting, endorsed, declined ...'),
    sa.Column('agent_person_id', sa.Uuid(), nullable=True, comment='agent who answered'),
    sa.Column('reason', sa.Text(), nullable=True, comment='why it was declined'),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False, comment='when asked'),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True, comment='when answered'),
    sa.CheckConstraint("(outcome = 'declined') = (reason IS NOT NULL)", name=op.f('ck_endorsement_reason')),
    sa.CheckConstraint("outcome IN ('waiting', 'expired', 'overtaken') OR agent_person_id IS NOT NULL", name=op.f('ck_endorsement_agent')),
    sa.ForeignKeyConstraint(['agent_person_id'], ['person.id'], name=op.f('fk_endorsement_agent_person_id')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_endorsement_application_id')),
    sa.ForeignKeyConstraint(['copy_id'], ['application_copy.id'], name=op.f('fk_endorsement_copy_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_endorsement_employer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_endorsement'))
    )
    op.create_index(op.f('ix_endorsement_application_id'), 'endorsement', ['application_id'], unique=False)
    op.create_index('ix_endorsement_employer', 'endorsement', ['employer_id', 'outcome', 'asked_at', 'id'], unique=False)
    op.create_index('uq_endorsement_waiting', 'endorsement', ['application_id'], unique=True, postgresql_where=sa.text("outcome = 'waiting'"))
    op.create_table('finding',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('decision_id', sa.Uuid(), nullable=False, comment='the recommendation it belongs to'),
    sa.Column('criterion_code', sa.Text(), nullable=False, comment='criterion of the rule set'),
    sa.Column('outcome', sa.Enum('met', 'not_met', name='finding_outcome', native_enum=False, create_constraint=True, length=40), nullable=False, comment='met or not met'),
    sa.Column('reason', sa.Text(), nullable=True, comment='why, where the rule left it to a person'),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_finding_decision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding')),
    sa.UniqueConstraint('decision_id', 'criterion_code', name='uq_finding_criterion')
    )
    op.create_table('objection',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('application_id', sa.Uuid(), nullable=False, comment='the case'),
    sa.Column('notice_id', sa.Uuid(), nullable=False, comment='the notice objected to'),
    sa.Column('objector_sealed', sa.LargeBinary(), nullable=False, comment='who objects and how to reach them, encrypted'),
    sa.Column('grounds_sealed', sa.LargeBinary(), nullable=False, comment='what is objected, encrypted'),
    sa.Column('recorded_by_account_id', sa.Uuid(), nullable=False, comment='clerk who took it in'),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False, comment='when'),
    sa.Column('is_upheld', sa.Boolean(), nullable=True, comment='outcome'),
    sa.Column('decided_by_person_id', sa.Uuid(), nullable=True, comment='who decided'),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True, comment='when decided'),
    sa.Column('reason', sa.Text(), nullable=True, comment='why, told to both sides'),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_objection_application_id')),
    sa.ForeignKeyConstraint(['decided_by_person_id'], ['person.id'], name=op.f('fk_objection_decided_by_person_id')),
    sa.ForeignKeyConstraint(['notice_id'], ['public_notice.id'], name=op.f('fk_objection_notice_id')),
    sa.ForeignKeyConstraint(['recorded_by_account_id'], ['account.id'], name=op.f('fk_objection_recorded_by_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection'))
    )
    op.create_index(op.f('ix_objection_application_id'), 'objection', ['application_id'], unique=False)
    op.create_index('uq_objection_open', 'objection', ['application_id'], unique=True, postgresql_where=sa.text('decided_at IS NULL'))
    op.create_table('stored_evaluation',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('application_id', sa.Uuid(), nullable=False, comment='the case'),
    sa.Column('copy_id', sa.Uuid(), nullable=False, comment='the copy it was made from'),
    sa.Column('rule_set_id', sa.Uuid(), nullable=False, comment='the rule set'),
    sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='verdicts as JSON'),
    sa.Column('evaluated_at', sa.DateTime(timezone=True), nullable=False, comment='when'),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_stored_evaluation_application_id')),
    sa.ForeignKeyConstraint(['copy_id'], ['application_copy.id'], name=op.f('fk_stored_evaluation_copy_id')),
    sa.ForeignKeyConstraint(['rule_set_id'], ['rule_set.id'], name=op.f('fk_stored_evaluation_rule_set_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_evaluation'))
    )
    op.create_index('ix_stored_evaluation_application', 'stored_evaluation', ['application_id', 'evaluated_at'], unique=False)
    op.create_foreign_key("fk_account_person_id", "account", "person", ["person_id"], ["id"])
    _guard_the_record()
    _grant()


def downgrade() -> None:
    op.drop_constraint("fk_account_person_id", "account", type_="foreignkey")
    op.drop_index('ix_stored_evaluation_application', table_name='stored_evaluation')
    op.drop_table('stored_evaluation')
    op.drop_index('uq_objection_open', table_name='objection', postgresql_where=sa.text('decided_at IS NULL'))
    op.drop_index(op.f('ix_objection_application_id'), table_name='objection')
    op.drop_table('objection')
    op.drop_table('finding')
    op.drop_index('uq_endorsement_waiting', table_name='endorsement', postgresql_where=sa.text("outcome = 'waiting'"))
    op.drop_index('ix_endorsement_employer', table_name='endorsement')
    op.drop_index(op.f('ix_endorsement_application_id'), table_name='endorsement')
    op.drop_table('endorsement')
    op.drop_table('correction_item')
    op.drop_table('card_event')
    op.drop_index('ix_public_notice_shown', table_name='public_notice', postgresql_where=sa.text('taken_down_at IS NULL'))
    op.drop_index('ix_public_notice_application', table_name='public_notice')
    op.drop_table('public_notice')
    op.drop_index('ix_evidence_application', table_name='evidence')
    op.drop_table('evidence')
    op.drop_index('uq_decision_once', table_name='decision', postgresql_where=sa.text("kind = 'decision'"))
    op.drop_index('ix_decision_application', table_name='decision')
    op.drop_table('decision')
    op.drop_table('correction_notice')
    op.drop_index(op.f('ix_case_note_application_id'), table_name='case_note')
    op.drop_table('case_note')
    op.drop_table('case_event')
    op.drop_index('uq_card_in_force', table_name='card', postgresql_where=sa.text("state IN ('active', 'suspended')"))
    op.drop_index(op.f('ix_card_person_id'), table_name='card')
    op.drop_index('ix_card_list', table_name='card')
    op.drop_index('ix_card_expiry', table_name='card', postgresql_where=sa.text("state IN ('active', 'suspended')"))
    op.drop_index('ix_card_application', table_name='card')
    op.drop_table('card')
    op.drop_table('application_draft')
    op.drop_table('application_copy')
    op.drop_index('uq_employer_agent_open', table_name='employer_agent', postgresql_where=sa.text("state IN ('pending', 'active')"))
    op.drop_index('ix_employer_agent_person', table_name='employer_agent')
    op.drop_index('ix_employer_agent_pending', table_name='employer_agent', postgresql_where=sa.text("state = 'pending'"))
    op.drop_index('ix_employer_agent_expiry', table_name='employer_agent', postgresql_where=sa.text("state = 'active'"))
    op.drop_index('ix_employer_agent_employer', table_name='employer_agent')
    op.drop_table('employer_agent')
    op.drop_index('uq_application_open', table_name='application', postgresql_where=sa.text("state NOT IN ('draft', 'delivered', 'rejected', 'not_accepted', 'withdrawn', 'lapsed', 'issued')"))
    op.drop_index(op.f('ix_application_person_id'), table_name='application')
    op.drop_index('ix_application_mine', table_name='application')
    op.drop_index('ix_application_in_work', table_name='application', postgresql_where=sa.text("state IN ('awaiting_endorsement', 'received', 'correction_requested', 'resubmitted', 'accepted', 'special_recognition', 'recommended', 'public_notice', 'objection_open', 'issued', 'review_open')"))
    op.drop_index(op.f('ix_application_employer_id'), table_name='application')
    op.drop_index('ix_application_clock', table_name='application', postgresql_where=sa.text('clock_at IS NOT NULL'))
    op.drop_index('ix_application_board_industry', table_name='application')
    op.drop_index('ix_application_board', table_name='application')
    op.drop_index(op.f('ix_application_account_id'), table_name='application')
    op.drop_table('application')
    op.drop_index('ix_sign_in_account', table_name='sign_in')
    op.drop_table('sign_in')
    op.drop_index('ix_role_grant_account', table_name='role_grant')
    op.drop_table('role_grant')
    op.drop_index('ix_one_time_code_account', table_name='one_time_code')
    op.drop_table('one_time_code')
    op.drop_index(op.f('ix_kinship_kin_id'), table_name='kinship')
    op.drop_table('kinship')
    op.drop_index('ix_job_item_waiting', table_name='job_item', postgresql_where="state = 'waiting'")
    op.drop_table('job_item')
    op.drop_index('uq_identity_document_primary', table_name='identity_document', postgresql_where=sa.text('is_primary'))
    op.drop_index(op.f('ix_identity_document_person_id'), table_name='identity_document')
    op.drop_index('ix_identity_document_number', table_name='identity_document')
    op.drop_table('identity_document')
    op.drop_index('ix_employer_state', table_name='employer')
    op.drop_index('ix_employer_name_tokens', table_name='employer', postgresql_using='gin')
    op.drop_table('employer')
    op.drop_index('ix_consent_record_account', table_name='consent_record')
    op.drop_table('consent_record')
    op.drop_table('audit_seal_head')
    op.drop_index(op.f('ix_audit_entry_at'), table_name='audit_entry')
    op.drop_index('ix_audit_entry_actor', table_name='audit_entry')
    op.drop_table('audit_entry')
    op.drop_index(op.f('ix_arrival_fact_person_id'), table_name='arrival_fact')
    op.drop_index(op.f('ix_arrival_fact_arrived_on'), table_name='arrival_fact')
    op.drop_table('arrival_fact')
    op.drop_table('throttle')
    op.drop_index('ix_task_open', table_name='task', postgresql_where="state = 'open'")
    op.drop_table('task')
    op.drop_index('ix_stored_file_scan', table_name='stored_file', postgresql_where="scan_state IN ('waiting', 'unavailable')")
    op.drop_index('ix_stored_file_parent', table_name='stored_file')
    op.drop_table('stored_file')
    op.drop_index('uq_rule_set_in_force', table_name='rule_set', postgresql_where=sa.text("status = 'active'"))
    op.drop_table('rule_set')
    op.drop_index('ix_person_sort', table_name='person')
    op.drop_index(op.f('ix_person_phone_index'), table_name='person')
    op.drop_index('ix_person_name_tokens', table_name='person', postgresql_using='gin')
    op.drop_table('person')
    op.drop_index('ix_notice_subject', table_name='notice')
    op.drop_index('ix_notice_leaving', table_name='notice', postgresql_where="channel <> 'inbox'")
    op.drop_index('ix_notice_leased', table_name='notice', postgresql_where="state = 'leased'")
    op.drop_index('ix_notice_inbox', table_name='notice', postgresql_where="channel = 'inbox'")
    op.drop_index('ix_notice_due', table_name='notice', postgresql_where="state = 'queued'")
    op.drop_index('ix_notice_desk', table_name='notice')
    op.drop_table('notice')
    op.drop_table('key_proof')
    op.drop_index('ix_job_open', table_name='job', postgresql_where="state IN ('queued', 'running')")
    op.drop_table('job')
    op.drop_index(op.f('ix_form_receipt_created_at'), table_name='form_receipt')
    op.drop_table('form_receipt')
    op.drop_table('calendar_year')
    op.drop_index(op.f('ix_calendar_day_year'), table_name='calendar_day')
    op.drop_table('calendar_day')
    op.drop_index(op.f('ix_audit_stream_changed_at'), table_name='audit_stream')
    op.drop_table('audit_stream')
    op.drop_table('audit_seal')
    op.drop_table('audit_salt')
    op.drop_table('account')
    op.drop_index('ix_access_log_subject', table_name='access_log')
    op.drop_table('access_log')
    op.execute("DROP FUNCTION refuse_change()")
    for sequence in SEQUENCES:
        op.execute(sa.schema.DropSequence(sa.Sequence(sequence)))
