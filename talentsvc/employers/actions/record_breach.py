"""A company did not keep its word at a fair: written down once for each registration and kind."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.ids import uuid7
from talentsvc.employers.models import EmployerBreach
from talentsvc.employers.terms import BreachKind
from talentsvc.extensions.database import db


def record_breach(
    kind: BreachKind,
    *,
    employer_id: UUID,
    legal_employer_id: UUID,
    subject_id: UUID,
    about: str,
    actor: Actor,
    at: datetime,
) -> bool:
    """Record a breach; False when this one is recorded already."""
    made = db.session.execute(
        insert(EmployerBreach)
        .values(
            id=uuid7(),
            legal_employer_id=legal_employer_id,
            employer_id=employer_id,
            kind=kind,
            subject_id=subject_id,
            about=about,
            at=at,
        )
        .on_conflict_do_nothing(constraint="uq_employer_breach_subject")
        .returning(EmployerBreach.id)
    ).scalar_one_or_none()
    if made is None:
        return False
    record(
        SubjectKind.EMPLOYER,
        legal_employer_id,
        "record_breach",
        actor=actor,
        at=at,
        after={"breach": made, "kind": kind, "subject": subject_id},
    )
    return True
