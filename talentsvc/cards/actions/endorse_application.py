"""The employer's agent confirms the facts of one frozen copy; the window has received the case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.endorsing import waiting_endorsement
from talentsvc.cards.models import ApplicationCopy
from talentsvc.cards.parts import check_part
from talentsvc.cards.rules.due_dates import filing_of
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, CaseAction, CaseRole, EndorsementOutcome
from talentsvc.core.errors import NotFoundHere, StaleVersion
from talentsvc.extensions.database import db


def endorse_application(
    application_id: UUID, *, copy_sha256: bytes, actor: Actor, at: datetime
) -> Case:
    """Endorse exactly the copy that was shown, named by its hash.

    Received on a free day, it counts from the next working day on; the receipt shows both days.
    Errors: NotFoundHere for another employer's agent, StaleVersion when the copy is no longer the
    one asked about, NotAllowedNow, FourEyesViolated (a founder never endorses himself).
    """
    case = open_case(application_id, at=at)
    application = case.application
    if application.employer_id not in actor.employer_ids:
        raise NotFoundHere()
    person_id = check_part(case, CaseRole.ENDORSER, actor)
    filing = filing_of(at, case.limits, case.calendar)
    move(
        case,
        CaseAction.ENDORSE,
        actor=actor,
        actor_class=ActorClass.AGENT,
        at=at,
        effective_on=filing.received_on,
        data={"filed_on": filing.filed_on.isoformat(), "copy_sha256": copy_sha256.hex()},
    )
    endorsement = waiting_endorsement(application)
    if _hash_of(endorsement.copy_id) != copy_sha256:
        raise StaleVersion()
    endorsement.outcome = EndorsementOutcome.ENDORSED
    endorsement.agent_person_id = person_id
    endorsement.answered_at = at
    application.endorser_person_id = person_id
    application.received_on = filing.received_on
    tell_applicant(
        case,
        messages.RECEIVED,
        at=at,
        version=str(endorsement.id),
        filed_on=filing.filed_on.isoformat(),
        received_on=filing.received_on.isoformat(),
        due_on=str(application.due_on),
    )
    return case


def _hash_of(copy_id: UUID) -> bytes:
    copy = db.session.get(ApplicationCopy, copy_id)
    return copy.sha256 if copy is not None else b""
