"""Invented histories of cases, told in a line each, and the official calendar of 2026."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from talentsvc.cards.rules.events import CaseEvent
from talentsvc.cards.rules.limits import Limits
from talentsvc.cards.rules.transitions import APPLICATION_TRANSITIONS
from talentsvc.cards.terms import ApplicationState, CaseAction
from talentsvc.core.clock import SHANGHAI
from talentsvc.core.workdays import WorkCalendar

PARAMETERS: dict[str, object] = {
    "intake_working_days": 5,
    "correction_calendar_days": 30,
    "correction_check_working_days": 5,
    "correction_reminders": [7, 1],
    "endorsement_working_days": 10,
    "endorsement_reminder_working_days": 5,
    "recommendation_working_days": 7,
    "decision_working_days": 20,
    "decision_extension_working_days": 10,
    "notice_length": 5,
    "notice_unit": "working_day",
    "objection_working_days": 10,
    "issue_working_days": 10,
    "review_request_working_days": 15,
    "review_working_days": 20,
    "card_validity_years": 5,
    "renewal_opens_days": 90,
    "renewal_filed_by_days": 30,
    "clerk_and_recommender_may_coincide": True,
    "filing_on_non_working_day_counts_next": True,
    "sensitive_image_retention_days": 60,
}


def limits(**changes: object) -> Limits:
    """The limits of the demonstration policy, some of them changed."""
    return Limits.from_parameters(PARAMETERS | changes)


LIMITS = limits()


def _days(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


_FREE_2026 = [
    *_days("2026-01-01", "2026-01-03"),
    *_days("2026-02-15", "2026-02-23"),
    *_days("2026-04-04", "2026-04-06"),
    *_days("2026-05-01", "2026-05-05"),
    *_days("2026-06-19", "2026-06-21"),
    *_days("2026-09-25", "2026-09-27"),
    *_days("2026-10-01", "2026-10-07"),
]
_WORKED_2026 = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]

#: The State Council's table of 2026 (facts.md 5.5); 2027 has none and is provisional.
CALENDAR = WorkCalendar(
    dict.fromkeys(_FREE_2026, False) | {date.fromisoformat(day): True for day in _WORKED_2026}
)


def on(day: str) -> date:
    """A day, as `2026-02-13`."""
    return date.fromisoformat(day)


def at(moment: str) -> datetime:
    """A Shanghai moment, as `2026-02-13` (then 10:00) or `2026-02-13 23:59`."""
    text = moment if " " in moment else f"{moment} 10:00"
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


class Story:
    """A case told step by step; a step the table does not know cannot be told."""

    def __init__(self, begun: str = "2026-01-05 08:00") -> None:
        draft = ApplicationState.DRAFT
        self.events = [CaseEvent(CaseAction.START, None, draft, at(begun))]

    @property
    def state(self) -> ApplicationState:
        return self.events[-1].to_state

    def then(self, action: str, moment: str | datetime, effective_on: date | None = None) -> Story:
        """Take `action` at this moment."""
        step = CaseAction(action)
        when = at(moment) if isinstance(moment, str) else moment
        target = APPLICATION_TRANSITIONS.target(self.state, step)
        self.events.append(CaseEvent(step, self.state, target, when, effective_on))
        return self

    def told(self, *steps: tuple[str, str]) -> Story:
        """Take several steps, each an action and a moment."""
        for action, moment in steps:
            self.then(action, moment)
        return self


def received(moment: str) -> Story:
    """A case whose employer endorsed it at this moment."""
    return Story().told(("submit", "2026-01-05 09:00"), ("endorse", moment))


def accepted(moment: str, endorsed: str = "2026-01-06 09:00") -> Story:
    """A case that the window accepted at this moment."""
    return received(endorsed).then("accept", moment)


def published(moment: str) -> Story:
    """A case approved, and so published, at this moment."""
    return accepted("2026-01-07 09:00").told(("recommend", "2026-01-08 09:00"), ("approve", moment))


def rejected(moment: str) -> Story:
    """A case rejected at this moment."""
    return accepted("2026-01-07 09:00").told(("recommend", "2026-01-08 09:00"), ("reject", moment))
