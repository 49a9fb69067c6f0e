"""Permits, what keeps an event from the public, phases and terms, against slow oracles."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.core.errors import InvalidInput
from talentsvc.events.rules.event_terms import EventTerms, read_terms
from talentsvc.events.rules.occasions import (
    EventDetails,
    Missing,
    PlannedSession,
    check_event,
    missing_for_publishing,
)
from talentsvc.events.rules.permits import PermitLevel, PermitNeed, permit_of
from talentsvc.events.rules.phases import EventDates, phase_at
from talentsvc.events.terms.event import Admission, EventKind, EventPhase, SessionState

DAY = date(2026, 12, 30)
AT = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
FAIR = EventDetails(
    kind=EventKind.DOUBLE_CHOICE_FAIR,
    title_zh="双选会",
    title_en="Fair",
    summary_zh="招聘",
    summary_en="Hiring",
    organiser_zh="中心",
    organiser_en="Centre",
    contact="0311-0000000",
    admission=Admission.FIRST_COME,
    is_invitation_only=False,
    takes_visitors=True,
    edition=None,
    registration_opens_at=AT,
    registration_closes_at=AT + timedelta(days=10),
    results_visible_at=AT + timedelta(days=12),
    confirm_due_at=AT + timedelta(days=15),
    terms=EventTerms().as_data(),
)
SESSION = PlannedSession(
    SessionState.PLANNED,
    AT + timedelta(days=33),
    AT + timedelta(days=33, hours=4),
    DAY,
    100,
    900,
    None,
    None,
)


@pytest.mark.parametrize(
    ("expected", "applied_on", "number", "today", "need"),
    [
        (999, None, None, DAY, PermitNeed.NOT_NEEDED),
        (1000, None, None, date(2026, 12, 10), PermitNeed.TO_APPLY),
        (1000, None, None, date(2026, 12, 11), PermitNeed.TOO_LATE),
        (1000, date(2026, 12, 10), None, DAY, PermitNeed.APPLIED),
        (1000, date(2026, 12, 11), None, DAY, PermitNeed.APPLIED_LATE),
        (1000, date(2026, 12, 11), "7", DAY, PermitNeed.GRANTED),
    ],
)
def test_a_permit_is_asked_for_twenty_days_before(expected, applied_on, number, today, need):
    permit = permit_of(expected, DAY, applied_on, number, today=today)
    assert permit.need is need
    assert permit.apply_by == date(2026, 12, 10)


def test_from_five_thousand_the_city_decides():
    assert permit_of(4999, DAY, None, None, today=DAY).level is PermitLevel.COUNTY
    assert permit_of(5000, DAY, None, None, today=DAY).level is PermitLevel.CITY


@given(
    expected=st.integers(0, 9000),
    ahead=st.integers(-5, 60),
    applied=st.none() | st.integers(-5, 60),
    is_granted=st.booleans(),
)
def test_permits_against_counting_days(expected, ahead, applied, is_granted):
    today = DAY - timedelta(days=ahead)
    applied_on = None if applied is None else DAY - timedelta(days=applied)
    number = "1" if is_granted and applied is not None else None
    need = permit_of(expected, DAY, applied_on, number, today=today).need
    if expected < 1000:
        assert need is PermitNeed.NOT_NEEDED
    elif applied is None:
        assert (need is PermitNeed.TOO_LATE) == (ahead < 20)
    elif number is None:
        assert (need is PermitNeed.APPLIED_LATE) == (applied < 20)
    else:
        assert need is PermitNeed.GRANTED


def missing(details: EventDetails, *sessions: PlannedSession) -> list[Missing]:
    return missing_for_publishing(details, sessions, AT, AT.date())


def test_a_complete_fair_lacks_nothing_and_an_empty_one_is_told_all_at_once():
    assert missing(FAIR, SESSION) == []
    assert missing(FAIR) == [Missing.NO_SESSION]
    assert missing(FAIR, replace(SESSION, state=SessionState.CANCELLED)) == [Missing.NO_SESSION]
    bare = replace(
        FAIR,
        registration_opens_at=None,
        registration_closes_at=None,
        results_visible_at=None,
        confirm_due_at=None,
    )
    late = replace(SESSION, places=0, expected_visitors=1000, held_on=AT.date() + timedelta(days=3))
    assert missing(bare, late) == [
        Missing.NO_PLACES,
        Missing.NO_REGISTRATION_PERIOD,
        Missing.NO_CONFIRMATION,
        Missing.PERMIT_TOO_LATE,
    ]
    assert missing(replace(bare, kind=EventKind.SALON), replace(SESSION, places=0)) == []
    after = replace(
        FAIR,
        registration_closes_at=AT + timedelta(days=40),
        results_visible_at=AT + timedelta(days=41),
        confirm_due_at=AT + timedelta(days=42),
    )
    assert missing(after, SESSION) == [
        Missing.REGISTRATION_AFTER_SESSION,
        Missing.CONFIRMATION_AFTER_SESSION,
    ]


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"title_en": "  "}, "title_en", "missing"),
        ({"title_zh": "长" * 121}, "title_zh", "too_long"),
        ({"registration_opens_at": None}, "registration_closes_at", "both_or_none"),
        (
            {"registration_opens_at": AT + timedelta(days=11)},
            "registration_closes_at",
            "before_opening",
        ),
        ({"confirm_due_at": None}, "confirm_due_at", "both_or_none"),
        ({"confirm_due_at": AT + timedelta(days=11, hours=1)}, "confirm_due_at", "before_results"),
        ({"results_visible_at": AT + timedelta(days=9)}, "results_visible_at", "before_closing"),
    ],
)
def test_what_cannot_be_right_is_named_by_its_field(changed, field, code):
    with pytest.raises(InvalidInput) as refusal:
        check_event(replace(FAIR, **changed))
    assert (refusal.value.field, refusal.value.code) == (field, code)


@given(st.lists(st.integers(0, 1000), min_size=7, max_size=7), st.integers(-10, 1010))
def test_the_phase_is_the_latest_that_has_begun(offsets, hour):
    moments = [AT + timedelta(hours=offset) for offset in sorted(offsets)]
    dates = EventDates(*moments)
    at = AT + timedelta(hours=hour)
    order = [
        EventPhase.REGISTRATION_OPEN,
        EventPhase.AUDIT,
        EventPhase.CONFIRMATION,
        EventPhase.ALLOCATION,
        EventPhase.LIVE,
        EventPhase.RESULTS_DUE,
        EventPhase.CLOSED,
    ]
    begun = [phase for phase, moment in zip(order, moments, strict=True) if moment <= at]
    assert phase_at(dates, at) is (begun[-1] if begun else EventPhase.PLANNED)


@given(
    most=st.integers(1, 10),
    hours=st.integers(1, 240),
    order=st.permutations(list(EventTerms().ranking)),
)
def test_terms_read_back_as_they_were_written(most, hours, order):
    terms = EventTerms(most_attendees=most, promoted_hours=hours, ranking=tuple(order))
    assert read_terms(terms.as_data()) == terms


@pytest.mark.parametrize(
    "data",
    [
        {"most_attendees": 0},
        {"promoted_hours": 1000},
        {"booth_kept_until": "half past nine"},
        {"ranking": ["points", "points"]},
        {"ranking": ["beauty"]},
        {"colour": "green"},
    ],
)
def test_terms_out_of_range_are_refused(data):
    with pytest.raises(InvalidInput):
        read_terms(data)
