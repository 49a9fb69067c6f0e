"""The office said nothing within its limit: accepted, from the day the papers were received.

Licence law art. 32 as model (facts.md 6.3): the decision clock starts on that day, so the office's
silence costs the applicant nothing.
"""

from __future__ import annotations

from talentsvc.access.actor import CLOCK
from talentsvc.cards.casework import Case, move
from talentsvc.cards.rules.clock import DueStep
from talentsvc.cards.telling import tell_accepted
from talentsvc.cards.terms import ActorClass


def accept_by_silence(case: Case, step: DueStep) -> None:
    """Write the acceptance down, dated when it fell due and effective from the day received."""
    case.application.accepted_on = step.effective_on
    move(
        case,
        step.action,
        actor=CLOCK,
        actor_class=ActorClass.CLOCK,
        at=step.at,
        effective_on=step.effective_on,
        data=step.data,
    )
    tell_accepted(case, at=step.at)
