"""The clock's own steps: each written down once, dated when it fell due, by nobody's hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from talentsvc.cards.actions.accept_by_silence import accept_by_silence
from talentsvc.cards.actions.expire_endorsement import expire_endorsement
from talentsvc.cards.actions.issue_card import issue_card
from talentsvc.cards.actions.lapse_application import lapse_application
from talentsvc.cards.casework import Case
from talentsvc.cards.rules.clock import DueStep, due_step
from talentsvc.cards.terms import CaseAction

_STEPS: Mapping[CaseAction, Callable[[Case, DueStep], None]] = {
    CaseAction.EXPIRE_ENDORSEMENT: expire_endorsement,
    CaseAction.ACCEPT_BY_SILENCE: accept_by_silence,
    CaseAction.LAPSE: lapse_application,
    CaseAction.ISSUE: issue_card,
}


def advance_clock(case: Case, *, at: datetime) -> int:
    """Take every step due at a moment, in order. Returns how many there were."""
    taken = 0
    while step := due_step(case.state, case.events, case.limits, case.calendar, at):
        _STEPS[step.action](case, step)
        taken += 1
    return taken
