"""The one-time notice was not answered within its limit: the case lapses."""

from __future__ import annotations

from talentsvc.access.actor import CLOCK
from talentsvc.cards import messages
from talentsvc.cards.casework import Case, move
from talentsvc.cards.rules.clock import DueStep
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass


def lapse_application(case: Case, step: DueStep) -> None:
    """Write the lapse down, dated when it fell due."""
    move(case, step.action, actor=CLOCK, actor_class=ActorClass.CLOCK, at=step.at, data=step.data)
    tell_applicant(case, messages.LAPSED, at=step.at)
