"""What time alone does: every due step once, in order, dated when it fell due (G6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.cards.rules.clock import CLOCK_STEPS, due_step, due_steps, next_step, state_at
from talentsvc.cards.rules.due_dates import deadlines_of
from talentsvc.cards.rules.transitions import APPLICATION_TRANSITIONS, CASE_ACTORS, next_state
from talentsvc.cards.terms import ActorClass, ApplicationState, CaseAction, DeadlineKind
from talentsvc.core.errors import NotAllowedNow
from talentsvc.core.workdays import WorkCalendar
from tests.cards.rules.stories import (
    CALENDAR,
    LIMITS,
    Story,
    accepted,
    at,
    limits,
    on,
    published,
    received,
    rejected,
)


def steps_of(story: Story, now: str, **more):
    return due_steps(story.state, story.events, LIMITS, CALENDAR, at(now), **more)


def the_step_of(story: Story, now: str):
    (step,) = steps_of(story, now)
    return step


def test_silence_accepts_from_the_day_received():
    step = the_step_of(received("2026-03-02 15:00"), "2026-03-10 00:00")
    assert step.action is CaseAction.ACCEPT_BY_SILENCE
    assert (step.from_state, step.to_state) == ("received", "accepted")
    assert step.at == at("2026-03-10 00:00")
    assert step.effective_on == on("2026-03-02")
    assert step.data == {"deadline": "intake", "due_on": "2026-03-09", "is_provisional": False}


def test_nothing_happens_before_midnight():
    assert steps_of(received("2026-03-02"), "2026-03-09 23:59:59") == ()


def test_papers_filed_on_a_free_day_are_accepted_from_the_next_working_day():
    step = the_step_of(received("2026-02-15"), "2026-05-01")
    assert step.effective_on == on("2026-02-24")
    assert step.at == at("2026-03-03 00:00")


def test_silence_about_a_correction_accepts_from_the_day_the_correction_came():
    story = received("2026-03-02").told(
        ("request_correction", "2026-03-04"), ("submit_correction", "2026-03-21")
    )
    step = the_step_of(story, "2026-06-01")
    assert (step.action, step.effective_on) == ("accept_by_silence", on("2026-03-23"))
    assert step.at == at("2026-03-31 00:00")


def test_a_silent_office_has_its_silence_counted_in_the_decision_clock():
    story = received("2026-03-02")
    story.events.append(the_step_of(story, "2026-03-10 00:00").as_event())
    decision = deadlines_of(story.state, story.events, LIMITS, CALENDAR)[-1]
    assert (decision.kind, decision.due_on) == (DeadlineKind.DECISION, on("2026-03-30"))


def test_an_unanswered_employer_lets_the_request_expire():
    step = the_step_of(Story().then("submit", "2026-03-02"), "2026-03-17 00:00")
    assert (step.action, step.to_state) == ("expire_endorsement", "endorsement_expired")
    assert (step.at, step.effective_on) == (at("2026-03-17 00:00"), None)


def test_an_unanswered_notice_lets_the_case_lapse():
    story = received("2026-03-02").then("request_correction", "2026-03-04")
    assert steps_of(story, "2026-04-03 23:59:59") == ()
    step = the_step_of(story, "2026-04-04 00:00")
    assert (step.action, step.to_state, step.at) == ("lapse", "lapsed", at("2026-04-04 00:00"))


def test_the_card_is_issued_when_the_notice_has_run_in_full():
    step = the_step_of(published("2026-03-02"), "2026-05-01")
    assert (step.action, step.to_state) == ("issue", "issued")
    assert step.at == at("2026-03-10 00:00")
    assert step.effective_on == on("2026-03-10")


def test_an_open_objection_holds_the_card_back_recorded_or_not():
    story = published("2026-03-02")
    assert steps_of(story, "2026-05-01", has_open_objection=True) == ()
    story.then("record_objection", "2026-03-06")
    assert steps_of(story, "2026-05-01") == ()


def test_an_open_objection_does_not_stop_the_other_clocks():
    assert len(steps_of(received("2026-03-02"), "2026-05-01", has_open_objection=True)) == 1


def test_an_objection_dismissed_in_time_issues_at_the_end_of_the_notice():
    story = published("2026-03-02").told(
        ("record_objection", "2026-03-03"), ("dismiss_objection", "2026-03-05")
    )
    assert the_step_of(story, "2026-05-01").at == at("2026-03-10 00:00")


def test_an_objection_dismissed_later_issues_at_once_and_not_in_the_past():
    story = published("2026-03-02").told(
        ("record_objection", "2026-03-09"), ("dismiss_objection", "2026-03-18 11:00")
    )
    step = the_step_of(story, "2026-03-18 11:00")
    assert (step.at, step.effective_on) == (at("2026-03-18 11:00"), on("2026-03-18"))


@pytest.mark.parametrize(
    "story",
    [
        Story(),
        accepted("2026-03-02"),
        accepted("2026-03-02").then("send_for_recognition", "2026-03-03"),
        accepted("2026-03-02").then("recommend", "2026-03-03"),
        rejected("2026-03-02"),
        rejected("2026-03-02").then("request_review", "2026-03-03"),
        Story().then("submit", "2026-03-02").then("decline_endorsement", "2026-03-03"),
    ],
    ids=lambda story: story.state.value,
)
def test_elsewhere_a_missed_date_is_overdue_and_nothing_more(story):
    assert next_step(story.state, story.events, LIMITS, CALENDAR) is None
    assert steps_of(story, "2030-01-01") == ()


def test_a_late_one_time_notice_is_refused_because_silence_has_accepted():
    story = received("2026-03-02")
    clerk = ActorClass.CLERK
    notice = CaseAction.REQUEST_CORRECTION
    in_time = state_at(story.state, story.events, LIMITS, CALENDAR, at("2026-03-09 23:59"))
    assert next_state(in_time, notice, actor=clerk) is ApplicationState.CORRECTION_REQUESTED
    too_late = state_at(story.state, story.events, LIMITS, CALENDAR, at("2026-03-10 00:00"))
    assert too_late is ApplicationState.ACCEPTED
    with pytest.raises(NotAllowedNow):
        next_state(too_late, notice, actor=clerk)


def test_a_late_endorsement_and_a_late_correction_find_their_case_closed():
    waiting = Story().then("submit", "2026-03-02")
    state = state_at(waiting.state, waiting.events, LIMITS, CALENDAR, at("2026-03-17 00:00"))
    with pytest.raises(NotAllowedNow):
        next_state(state, CaseAction.ENDORSE, actor=ActorClass.AGENT)
    asked = received("2026-03-02").then("request_correction", "2026-03-04")
    state = state_at(asked.state, asked.events, LIMITS, CALENDAR, at("2026-04-04 00:00"))
    with pytest.raises(NotAllowedNow):
        next_state(state, CaseAction.SUBMIT_CORRECTION, actor=ActorClass.APPLICANT)


def fleet() -> dict[str, Story]:
    """A case in every state that time ends, and some that it leaves alone."""
    return {
        "employer": Story().then("submit", "2026-03-02"),
        "intake": received("2026-03-03"),
        "notice": received("2026-02-25").then("request_correction", "2026-02-27"),
        "check": received("2026-02-25").told(
            ("request_correction", "2026-02-26"), ("submit_correction", "2026-03-02")
        ),
        "published": published("2026-03-02"),
        "accepted": accepted("2026-03-02"),
        "objection": published("2026-03-02").then("record_objection", "2026-03-03"),
    }


def sweep(cases: dict[str, Story], now) -> list[tuple[str, str]]:
    """What a worker does: by age, oldest first, write down each step that is due."""
    written = []
    for name, story in cases.items():
        while step := due_step(story.state, story.events, LIMITS, CALENDAR, now):
            story.events.append(step.as_event())
            written.append((step.at, name, step.action.value))
    return [(name, action) for _, name, action in sorted(written)]


def test_a_worker_off_for_forty_days_writes_down_each_due_step_once_and_in_order():
    cases = fleet()
    back = at("2026-03-03 08:00") + timedelta(days=40)
    assert sweep(cases, back) == [
        ("check", "accept_by_silence"),
        ("published", "issue"),
        ("intake", "accept_by_silence"),
        ("employer", "expire_endorsement"),
        ("notice", "lapse"),
    ]
    assert {name: story.events[-1].at for name, story in cases.items()} == {
        "check": at("2026-03-10 00:00"),
        "published": at("2026-03-10 00:00"),
        "intake": at("2026-03-11 00:00"),
        "employer": at("2026-03-17 00:00"),
        "notice": at("2026-03-30 00:00"),
        "accepted": at("2026-03-02"),
        "objection": at("2026-03-03"),
    }
    assert sweep(cases, back) == []
    assert sweep(cases, back + timedelta(days=400)) == []


def test_a_worker_that_was_never_off_writes_down_the_very_same():
    daily, late = fleet(), fleet()
    start = at("2026-03-03 08:00")
    for day in range(41):
        sweep(daily, start + timedelta(days=day))
    sweep(late, start + timedelta(days=40))
    assert {n: s.events for n, s in daily.items()} == {n: s.events for n, s in late.items()}


def test_a_step_on_a_guessed_calendar_says_so():
    step = the_step_of(received("2026-12-28"), "2027-03-01")
    assert step.at == at("2027-01-05 00:00")
    assert step.data["is_provisional"] is True


def test_a_corrected_calendar_never_dates_a_step_before_what_happened_already():
    story = received("2026-12-28")
    step = next_step(story.state, story.events, limits(intake_working_days=0), CALENDAR)
    assert step is not None
    assert step.at >= story.events[-1].at
    moved = published("2026-03-02").told(
        ("record_objection", "2026-03-09"), ("dismiss_objection", "2026-03-10 09:00")
    )
    shorter = WorkCalendar({**CALENDAR.days, on("2026-03-07"): True})
    step = next_step(moved.state, moved.events, LIMITS, shorter)
    assert step is not None
    assert step.at == at("2026-03-10 09:00")


def test_every_clock_step_is_one_of_the_table_and_the_clocks_own():
    for state, action in CLOCK_STEPS.items():
        assert APPLICATION_TRANSITIONS.allows(state, action)
        assert CASE_ACTORS[action] == {ActorClass.CLOCK}
    clocks = {a for a, who in CASE_ACTORS.items() if who == {ActorClass.CLOCK}}
    assert set(CLOCK_STEPS.values()) == clocks


def test_a_naive_now_is_refused():
    story = received("2026-03-02")
    naive = at("2026-05-01").replace(tzinfo=None)
    with pytest.raises(ValueError, match="naive"):
        due_steps(story.state, story.events, LIMITS, CALENDAR, naive)


@st.composite
def walks(draw) -> Story:
    """A case on a random way, each step soon enough that no clock step falls due before it."""
    story = Story("2026-01-05 08:00")
    moment = at("2026-01-05 08:00")
    for _ in range(draw(st.integers(0, 15))):
        possible = APPLICATION_TRANSITIONS.actions_from(story.state)
        by_people = [a for a in possible if a not in CLOCK_STEPS.values()]
        if not by_people:
            break
        moment += timedelta(hours=draw(st.integers(1, 20)))
        story.then(draw(st.sampled_from(by_people)), moment)
    return story


@given(story=walks(), days=st.lists(st.integers(0, 90), max_size=8).map(sorted))
def test_how_often_the_worker_looks_changes_nothing(story, days):
    start = story.events[-1].at
    end = start + timedelta(days=90)
    at_once = due_steps(story.state, story.events, LIMITS, CALENDAR, end)
    state, events = story.state, list(story.events)
    for now in [*(start + timedelta(days=n) for n in days), end]:
        for step in due_steps(state, events, LIMITS, CALENDAR, now):
            assert start <= step.at <= now
            events.append(step.as_event())
            state = step.to_state
    assert events == [*story.events, *(step.as_event() for step in at_once)]
    assert state is state_at(story.state, story.events, LIMITS, CALENDAR, end)
    assert due_steps(state, events, LIMITS, CALENDAR, end) == ()
