"""What decides whether a company may register, confirm or withdraw without blame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from talentsvc.core.clock import end_of_day, local_date
from talentsvc.core.errors import InvalidInput, NotAllowedNow
from talentsvc.core.workdays import WorkCalendar
from talentsvc.events.rules.event_terms import EventTerms
from talentsvc.events.terms.event import EventState, SessionState
from talentsvc.events.terms.registration import MOST_HEADCOUNT, RegistrationStep
from talentsvc.policy.terms import EducationLevel

#: Booths and their power as a company may ask for them (design).
LARGEST_BOOTH_M2, MOST_POWER_W = 200, 50_000
LONGEST_TEXT, LONGEST_LINE = 4000, 120


@dataclass(frozen=True, slots=True)
class Gate:
    """What of an event and a session decides whether companies may register."""

    event_state: EventState
    session_state: SessionState
    opens_at: datetime | None
    closes_at: datetime | None
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class PositionDetails:
    """A position as typed."""

    title: str
    headcount: int
    education_level: EducationLevel
    majors: str = ""
    work_place: str = ""
    salary_from: int | None = None
    salary_to: int | None = None
    duties: str = ""
    requirements: str = ""
    welfare: str = ""

    def texts(self) -> dict[str, str]:
        """The fields in which wording is looked at."""
        names = ("title", "majors", "duties", "requirements", "welfare")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class RegistrationDetails:
    """A registration as typed."""

    about: str
    contact_name: str
    contact_phone: str | None
    booth_size_m2: int
    booth_power_w: int
    positions: tuple[PositionDetails, ...]


def check_gate(gate: Gate, at: datetime) -> None:
    """Raise InvalidInput (field `session`) with the reason why no company may register now."""
    if gate.event_state is not EventState.PUBLISHED or gate.session_state is SessionState.CANCELLED:
        raise InvalidInput("session", "not_taking_place")
    if gate.opens_at is None or gate.closes_at is None:
        raise InvalidInput("session", "no_companies")
    if at < gate.opens_at:
        raise InvalidInput("session", "not_open_yet", day=local_date(gate.opens_at).isoformat())
    if at >= gate.closes_at or at >= gate.starts_at:
        raise InvalidInput("session", "closed", day=local_date(gate.closes_at).isoformat())


def check_details(details: RegistrationDetails, terms: EventTerms) -> None:
    """Raise InvalidInput for the first thing that is missing or cannot be right when it is filed."""
    if not details.about.strip():
        raise InvalidInput("about", "missing")
    if not details.contact_name.strip():
        raise InvalidInput("contact_name", "missing")
    if not details.contact_phone:
        raise InvalidInput("contact_phone", "missing")
    if not 1 <= details.booth_size_m2 <= LARGEST_BOOTH_M2:
        raise InvalidInput("booth_size_m2", "out_of_range")
    if not 0 <= details.booth_power_w <= MOST_POWER_W:
        raise InvalidInput("booth_power_w", "out_of_range")
    if not details.positions:
        raise InvalidInput("positions", "missing")
    if len(details.positions) > terms.most_positions:
        raise InvalidInput("positions", "too_many", most=terms.most_positions)
    for position in details.positions:
        check_position(position)


def check_position(position: PositionDetails) -> None:
    """Raise InvalidInput for what a hiring notice must not lack (facts.md 3.1): name, number, pay in order."""
    if not position.title.strip():
        raise InvalidInput("title", "missing")
    if len(position.title) > LONGEST_LINE:
        raise InvalidInput("title", "too_long")
    if not 1 <= position.headcount <= MOST_HEADCOUNT:
        raise InvalidInput("headcount", "out_of_range")
    low, high = position.salary_from, position.salary_to
    if low is not None and high is not None and low > high:
        raise InvalidInput("salary_to", "below_from")
    if any(len(text) > LONGEST_TEXT for text in position.texts().values()):
        raise InvalidInput("duties", "too_long")


def check_attendees(names: Sequence[str], terms: EventTerms) -> None:
    """Raise InvalidInput unless at least one person comes and no more than the booth takes."""
    if not names:
        raise InvalidInput("attendees", "missing")
    if len(names) > terms.most_attendees:
        raise InvalidInput("attendees", "too_many", most=terms.most_attendees)


def free_until(held_on: date, terms: EventTerms, calendar: WorkCalendar) -> datetime:
    """Until when withdrawing is no breach: the end of the day so many working days before (facts.md 3.1).

    With one working day, a session on Monday is free to leave until Friday's end.
    """
    day, left = held_on, terms.cancel_free_working_days
    while left:
        day -= timedelta(days=1)
        if calendar.is_working_day(day):
            left -= 1
    if not terms.cancel_free_working_days:
        day -= timedelta(days=1)
    return end_of_day(day)


def step_to_withdraw(
    *, holds_place: bool, free_until_at: datetime, starts_at: datetime, at: datetime
) -> RegistrationStep:
    """Which step withdrawing is now: blameless in time or without a place, a breach afterwards.

    Raises NotAllowedNow once the session has begun.
    """
    if at >= starts_at:
        raise NotAllowedNow("begun", RegistrationStep.CANCEL)
    if holds_place and at >= free_until_at:
        return RegistrationStep.CANCEL_LATE
    return RegistrationStep.CANCEL


def confirm_by(
    confirm_due_at: datetime,
    terms: EventTerms,
    starts_at: datetime,
    ends_at: datetime,
    at: datetime,
) -> datetime:
    """Until when a place that is firm since `at` must be confirmed: the event's date, or some hours later.

    Nobody has less than those hours, not even who is admitted or moves up after the date. Never after
    the session has begun, except who moves up on the day: never after its end.
    """
    own = at + timedelta(hours=terms.promoted_hours)
    return min(max(confirm_due_at, own), starts_at if at < starts_at else ends_at)
