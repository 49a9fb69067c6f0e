"""The employer did not answer in time: the applicant may ask again, or ask another employer."""

from __future__ import annotations

from talentsvc.access.actor import CLOCK
from talentsvc.cards import messages
from talentsvc.cards.casework import Case, move
from talentsvc.cards.endorsing import waiting_endorsement
from talentsvc.cards.rules.clock import DueStep
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, EndorsementOutcome
from talentsvc.employers.queries import employer_name


def expire_endorsement(case: Case, step: DueStep) -> None:
    """Write the expiry down, dated when it fell due."""
    endorsement = waiting_endorsement(case.application)
    endorsement.outcome = EndorsementOutcome.EXPIRED
    endorsement.answered_at = step.at
    move(case, step.action, actor=CLOCK, actor_class=ActorClass.CLOCK, at=step.at, data=step.data)
    tell_applicant(
        case,
        messages.ENDORSEMENT_EXPIRED,
        at=step.at,
        version=str(endorsement.id),
        employer=employer_name(endorsement.employer_id),
    )
