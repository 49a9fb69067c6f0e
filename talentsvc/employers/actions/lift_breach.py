"""A breach is lifted: a date and a reason, on the strength of the company's stamped statement (facts.md 3.1)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import NotAllowedNow, NotFoundHere
from talentsvc.employers.agency import check_officer
from talentsvc.employers.models import Employer, EmployerBreach
from talentsvc.employers.rules import checked_reason
from talentsvc.extensions.database import db


def lift_breach(
    employer_id: UUID, breach_id: UUID, *, reason: str, actor: Actor, at: datetime
) -> EmployerBreach:
    """Lift a breach of an employer or of its legal person.

    Errors: InvalidInput without a reason, NotFoundHere, FourEyesViolated, NotAllowedNow when it is lifted already.
    """
    said = checked_reason(reason)
    breach = db.session.execute(
        select(EmployerBreach).where(EmployerBreach.id == breach_id).with_for_update()
    ).scalar_one_or_none()
    if breach is None or employer_id not in (breach.employer_id, breach.legal_employer_id):
        raise NotFoundHere()
    check_officer(db.session.get_one(Employer, breach.employer_id), actor)
    if breach.lifted_at is not None:
        raise NotAllowedNow("lifted", "lift_breach")
    breach.lifted_at, breach.lifted_reason = at, said
    breach.lifted_by_account_id = actor.account_id
    db.session.flush()
    record(
        SubjectKind.EMPLOYER,
        breach.legal_employer_id,
        "lift_breach",
        actor=actor,
        at=at,
        after={"breach": breach.id},
    )
    return breach
