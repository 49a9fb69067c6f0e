"""The employer's agent does not confirm, and says why; the applicant may mend and ask again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case
from talentsvc.cards.endorsing import decline
from talentsvc.cards.parts import check_part
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, CaseRole
from talentsvc.core.errors import NotFoundHere
from talentsvc.employers.queries import employer_name


def decline_endorsement(application_id: UUID, *, reason: str, actor: Actor, at: datetime) -> Case:
    """Decline with a reason. Errors: NotFoundHere, NotAllowedNow, InvalidInput(reason), FourEyesViolated."""
    case = open_case(application_id, at=at)
    if case.application.employer_id not in actor.employer_ids:
        raise NotFoundHere()
    person_id = check_part(case, CaseRole.ENDORSER, actor)
    endorsement = decline(
        case,
        person_id=person_id,
        reason=reason,
        actor=actor,
        actor_class=ActorClass.AGENT,
        at=at,
    )
    tell_applicant(
        case,
        messages.ENDORSEMENT_DECLINED,
        at=at,
        version=str(endorsement.id),
        employer=employer_name(endorsement.employer_id),
        reason=reason.strip(),
    )
    return case
