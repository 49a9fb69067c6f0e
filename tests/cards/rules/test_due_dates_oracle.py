"""Guarantee G6: due dates against a slow oracle that counts one day after the other."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from talentsvc.cards.rules.due_dates import deadline_of, deadlines_of
from talentsvc.cards.rules.transitions import APPLICATION_TRANSITIONS
from talentsvc.cards.terms import ApplicationState, CaseAction, DeadlineKind
from talentsvc.core.clock import end_of_day
from talentsvc.core.workdays import WorkCalendar
from tests.cards.rules.stories import (
    CALENDAR,
    LIMITS,
    Story,
    accepted,
    at,
    limits,
    on,
    received,
)

#: Steps of people after acceptance; the clock's own are left out, as is the end of the case.
_STEPS = [
    action
    for action in CaseAction
    if action not in {CaseAction.ISSUE, CaseAction.WITHDRAW, CaseAction.HAND_OVER}
]
_RUNNING = {ApplicationState.ACCEPTED, ApplicationState.RECOMMENDED}


@st.composite
def calendars(draw) -> WorkCalendar:
    """A calendar with free weekdays and worked weekends thrown in."""
    offsets = draw(st.lists(st.integers(0, 200), max_size=30))
    days = {on("2026-03-01") + timedelta(days=n): draw(st.booleans()) for n in offsets}
    return WorkCalendar({**CALENDAR.days, **days})


@st.composite
def decided_stories(draw) -> Story:
    """A case accepted in spring that then goes its random way."""
    story = accepted("2026-03-02 09:00")
    moment = at("2026-03-02 09:00")
    for _ in range(draw(st.integers(0, 12))):
        possible = [a for a in APPLICATION_TRANSITIONS.actions_from(story.state) if a in _STEPS]
        moment += timedelta(minutes=draw(st.sampled_from([1, 60, 600, 900, 1440, 2880, 7200])))
        story.then(draw(st.sampled_from(possible)), moment)
    return story


def state_as_the_day_ran_out(story: Story, day: date) -> ApplicationState:
    """Where the case stood just before the midnight that ended `day`."""
    midnight = end_of_day(day)
    return [event.to_state for event in story.events if event.at < midnight][-1]


def oracle_decision(story: Story, start: date, count: int, calendar: WorkCalendar) -> date | None:
    """Count one day after the other; None once the clock stands still with nothing to come."""
    day = start
    while count:
        day += timedelta(days=1)
        runs = state_as_the_day_ran_out(story, day) in _RUNNING
        if not runs and end_of_day(day) > story.events[-1].at and story.state not in _RUNNING:
            return None
        count -= runs and calendar.is_working_day(day)
    return day


@given(story=decided_stories(), calendar=calendars())
def test_the_decision_is_due_when_an_oracle_that_counts_each_day_says_so(story, calendar):
    extensions = [event.action for event in story.events].count(CaseAction.EXTEND_DECISION)
    expected = oracle_decision(story, on("2026-03-02"), 20 + 10 * extensions, calendar)
    running = deadlines_of(story.state, story.events, LIMITS, calendar)
    decisions = [d for d in running if d.kind is DeadlineKind.DECISION]
    in_hand = story.state in {*_RUNNING, ApplicationState.SPECIAL_RECOGNITION}
    assert len(decisions) == in_hand
    for decision in decisions:
        assert decision.due_on == expected
        assert decision.is_paused == (expected is None)


@given(story=decided_stories(), calendar=calendars())
def test_a_stop_never_brings_the_decision_forward(story, calendar):
    plain = accepted("2026-03-02 09:00")
    extensions = [event.action for event in story.events].count(CaseAction.EXTEND_DECISION)
    by = limits(decision_working_days=20 + 10 * extensions)
    unstopped = next(
        d for d in deadlines_of(plain.state, plain.events, by, calendar) if d.kind == "decision"
    )
    assert unstopped.due_on is not None
    for decision in deadlines_of(story.state, story.events, LIMITS, calendar):
        if decision.kind is DeadlineKind.DECISION and decision.due_on is not None:
            assert decision.due_on >= unstopped.due_on


@given(
    day=st.dates(on("2026-01-06"), on("2026-12-31")),
    hour=st.integers(0, 23),
    count=st.integers(1, 40),
    calendar=calendars(),
)
def test_intake_is_due_when_an_oracle_that_counts_each_day_says_so(day, hour, count, calendar):
    start = day
    while not calendar.is_working_day(start):
        start += timedelta(days=1)
    left, last = count, start
    while left:
        last += timedelta(days=1)
        left -= calendar.is_working_day(last)
    story = received(f"{day} {hour:02d}:30")
    by = limits(intake_working_days=count)
    deadline = deadline_of(story.state, story.events, by, calendar)
    assert deadline is not None
    assert (deadline.counted_from, deadline.due_on) == (start, last)
