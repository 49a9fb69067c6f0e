"""The endorsement that is waited for, if one is."""

from __future__ import annotations

from sqlalchemy import select

from talentsvc.cards.models import Application, Endorsement
from talentsvc.cards.terms import EndorsementOutcome
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.database import db


def waiting_endorsement(application: Application) -> Endorsement:
    """The open question to the employer. Errors: NotFoundHere when none is open."""
    found = db.session.execute(
        select(Endorsement).where(
            Endorsement.application_id == application.id,
            Endorsement.outcome == EndorsementOutcome.WAITING,
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotFoundHere()
    return found
