"""Withdrawing a consent: from then on, not for what was done before (PIPL 15)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.database import db
from talentsvc.people.models import ConsentRecord
from talentsvc.people.terms import ConsentPurpose


def withdraw_consent(
    *,
    account_id: UUID,
    purpose: ConsentPurpose,
    subject_id: UUID | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Date the withdrawal of a consent in force. Errors: NotFoundHere when none is."""
    withdrawn = db.session.execute(
        update(ConsentRecord)
        .where(
            ConsentRecord.account_id == account_id,
            ConsentRecord.subject_id == subject_id,
            ConsentRecord.purpose == purpose,
            ConsentRecord.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=at)
        .returning(ConsentRecord.id)
    ).all()
    if not withdrawn:
        raise NotFoundHere()
    record(
        SubjectKind.ACCOUNT,
        account_id,
        "withdraw_consent",
        actor=actor,
        at=at,
        before={"purposes": [purpose.value]},
    )
