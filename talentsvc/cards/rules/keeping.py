"""How long sensitive images are kept: ▲ days after the final decision and closed remedies.

decisions.md, "Cards that others issue, and ends of a case". Hash, type, checker and result stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from talentsvc.cards.rules.due_dates import deadline_of
from talentsvc.cards.rules.events import CaseEvent, latest
from talentsvc.cards.rules.limits import Limits
from talentsvc.cards.terms import ApplicationState, CaseAction
from talentsvc.core.clock import local_date
from talentsvc.core.workdays import WorkCalendar, add_calendar_days

_S = ApplicationState
#: Ended without a decision on the merits: nothing can be asked for against it in this case.
_ENDED = frozenset({_S.NOT_ACCEPTED, _S.WITHDRAWN, _S.LAPSED})
_CARD_IS_OUT = frozenset({_S.ISSUED, _S.DELIVERED})


def remedies_closed_on(
    state: ApplicationState, events: Sequence[CaseEvent], limits: Limits, calendar: WorkCalendar
) -> date | None:
    """Return the day from which nothing stands against a case any more, None while something may.

    An issued card has outlived its public notice. A rejection stands once the time to ask for a
    review has run out, or the review has confirmed it. An open review or objection closes nothing.
    """
    if state in _ENDED:
        return local_date(events[-1].at)
    if state in _CARD_IS_OUT:
        issued = latest(events, (CaseAction.ISSUE,))
        return None if issued is None else local_date(issued.at)
    if state is not _S.REJECTED:
        return None
    asking = deadline_of(state, events, limits, calendar)
    return local_date(events[-1].at) if asking is None else asking.due_on


def kept_until(closed_on: date, retention_days: int) -> date:
    """Return the last day of keeping; from the next one on the bytes are gone."""
    return add_calendar_days(closed_on, retention_days)
