"""Persons at events

Revision ID: 0015
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0010'
branch_labels = None
depends_on = None


APP_ROLE = "talentsvc_app"
TABLES = ('event_invitation', 'visit', 'visit_feedback')


def upgrade() -> None:
    op.create_table('event_invitation',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('event_id', sa.Uuid(), nullable=False, comment='to what'),
    sa.Column('name', sa.Text(), nullable=False, comment='how the message addresses the guest'),
    sa.Column('email_sealed', sa.LargeBinary(), nullable=False, comment='address, encrypted'),
    sa.Column('email_index', sa.LargeBinary(), nullable=False, comment='blind index of the address'),
    sa.Column('language', sa.Text(), nullable=False, comment='zh or en'),
    sa.Column('token_hash', sa.LargeBinary(), nullable=False, comment="SHA-256 of the link's token"),
    sa.Column('state', sa.Enum('sent', 'accepted', 'declined', 'withdrawn', name='invitation_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='sent, accepted, declined or withdrawn'),
    sa.Column('account_id', sa.Uuid(), nullable=True, comment='account that accepted it'),
    sa.Column('invited_by_account_id', sa.Uuid(), nullable=True, comment='who invited'),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False, comment='when'),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True, comment='when answered'),
    sa.CheckConstraint("(state IN ('accepted', 'declined')) = (answered_at IS NOT NULL)", name=op.f('ck_event_invitation_answered')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_event_invitation_account_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_invitation_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_invitation')),
    sa.UniqueConstraint('event_id', 'email_index', name='uq_event_invitation_address'),
    sa.UniqueConstraint('token_hash', name=op.f('uq_event_invitation_token_hash'))
    )
    op.create_table('visit',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('session_id', sa.Uuid(), nullable=False, comment='for which'),
    sa.Column('account_id', sa.Uuid(), nullable=False, comment='who comes'),
    sa.Column('state', sa.Enum('registered', 'cancelled', 'checked_in', 'session_cancelled', name='visit_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='where it stands'),
    sa.Column('place', sa.Enum('none', 'held', 'waiting', name='place_state', native_enum=False, create_constraint=True, length=40), nullable=False, comment='held, waited for, or none'),
    sa.Column('queue_number', sa.Integer(), nullable=True, comment='order on the waiting list'),
    sa.Column('code', sa.Text(), nullable=False, comment="random, in the visit's QR code"),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=False, comment='when registered'),
    sa.Column('checked_in_at', sa.DateTime(timezone=True), nullable=True, comment='when let in'),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, comment='when last changed'),
    sa.Column('version', sa.Integer(), nullable=False, comment='raised with each change'),
    sa.CheckConstraint("(place = 'waiting') = (queue_number IS NOT NULL)", name=op.f('ck_visit_queue_number')),
    sa.CheckConstraint("(state = 'checked_in') = (checked_in_at IS NOT NULL)", name=op.f('ck_visit_checked_in')),
    sa.CheckConstraint("state NOT IN ('cancelled', 'session_cancelled') OR place = 'none'", name=op.f('ck_visit_place_given_back')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_visit_account_id')),
    sa.ForeignKeyConstraint(['session_id'], ['fair_session.id'], name=op.f('fk_visit_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit')),
    sa.UniqueConstraint('code', name=op.f('uq_visit_code'))
    )
    op.create_index('ix_visit_account', 'visit', ['account_id', 'id'], unique=False)
    op.create_index('ix_visit_session', 'visit', ['session_id', 'state', 'id'], unique=False)
    op.create_index('uq_visit_open', 'visit', ['session_id', 'account_id'], unique=True, postgresql_where=sa.text("state IN ('registered', 'checked_in')"))
    op.create_index('uq_visit_queue', 'visit', ['session_id', 'queue_number'], unique=True, postgresql_where=sa.text("place = 'waiting'"))
    op.create_table('visit_feedback',
    sa.Column('id', sa.Uuid(), nullable=False, comment='UUIDv7, made before the insert'),
    sa.Column('visit_id', sa.Uuid(), nullable=False, comment='of which visit'),
    sa.Column('grade', sa.Integer(), nullable=False, comment='5 very good ... 1 very bad'),
    sa.Column('words', sa.Text(), nullable=False, comment="in the person's own words"),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False, comment='when'),
    sa.CheckConstraint('grade BETWEEN 1 AND 5', name=op.f('ck_visit_feedback_grade')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_visit_feedback_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_feedback')),
    sa.UniqueConstraint('visit_id', name=op.f('uq_visit_feedback_visit_id'))
    )
    for name in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {APP_ROLE}")


def downgrade() -> None:
    op.drop_table('visit_feedback')
    op.drop_index('uq_visit_queue', table_name='visit', postgresql_where=sa.text("place = 'waiting'"))
    op.drop_index('uq_visit_open', table_name='visit', postgresql_where=sa.text("state IN ('registered', 'checked_in')"))
    op.drop_index('ix_visit_session', table_name='visit')
    op.drop_index('ix_visit_account', table_name='visit')
    op.drop_table('visit')
    op.drop_table('event_invitation')
