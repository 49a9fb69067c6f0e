"""The employer's agent confirms the facts of one frozen copy; the window has received the case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case
from talentsvc.cards.endorsing import confirm
from talentsvc.cards.parts import check_part
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, CaseRole
from talentsvc.core.errors import NotFoundHere


def endorse_application(
    application_id: UUID, *, copy_sha256: bytes, actor: Actor, at: datetime
) -> Case:
    """Endorse exactly the copy that was shown, named by its hash.

    Errors: NotFoundHere for another employer's agent, StaleVersion when the copy is no longer the
    one asked about, NotAllowedNow, FourEyesViolated (a founder never endorses himself).
    """
    case = open_case(application_id, at=at)
    if case.application.employer_id not in actor.employer_ids:
        raise NotFoundHere()
    person_id = check_part(case, CaseRole.ENDORSER, actor)
    endorsement, filing = confirm(
        case,
        person_id=person_id,
        copy_sha256=copy_sha256,
        actor=actor,
        actor_class=ActorClass.AGENT,
        at=at,
    )
    tell_applicant(
        case,
        messages.RECEIVED,
        at=at,
        version=str(endorsement.id),
        filed_on=filing.filed_on.isoformat(),
        received_on=filing.received_on.isoformat(),
        due_on=str(case.application.due_on),
    )
    return case
