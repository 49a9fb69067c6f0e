"""Guarantee G6: due dates, against the known days of 2026; the oracle has a file of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from talentsvc.cards.rules.due_dates import (
    Deadline,
    deadline_of,
    deadlines_of,
    filing_of,
    notice_deadline,
)
from talentsvc.cards.rules.limits import Limits
from talentsvc.cards.terms import ApplicationState, DeadlineKind
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


def due(story: Story, by: Limits = LIMITS, calendar: WorkCalendar = CALENDAR) -> Deadline:
    """The nearest deadline of a story, which must have one."""
    found = deadline_of(story.state, story.events, by, calendar)
    assert found is not None
    return found


# The known cases of 2026 ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("endorsed", "last_day"),
    [
        ("2026-02-13 16:50", "2026-02-27"),  # over Spring Festival, with two worked Saturdays
        ("2026-09-18 09:00", "2026-09-24"),  # a worked Sunday shortens it
        ("2026-03-02 09:00", "2026-03-09"),  # an ordinary week
        ("2026-03-02 00:00", "2026-03-09"),  # day 0 is a day, not an hour
        ("2026-03-02 23:59", "2026-03-09"),
    ],
)
def test_intake_ends_on_the_known_days_of_2026(endorsed, last_day):
    deadline = due(received(endorsed))
    assert deadline.kind is DeadlineKind.INTAKE
    assert deadline.due_on == on(last_day)
    assert deadline.ends_at == at(f"{last_day} 00:00") + timedelta(days=1)
    assert not deadline.is_provisional
    assert deadline.binds_office


def test_the_last_day_runs_until_midnight_and_not_a_moment_longer():
    deadline = due(received("2026-03-02"))
    assert not deadline.has_passed(at("2026-03-09 23:59:59.999999"))
    assert deadline.has_passed(at("2026-03-10 00:00"))


# Filing on a free day ----------------------------------------------------------------------------


def test_what_comes_on_a_free_day_counts_from_the_next_working_day_and_both_days_are_known():
    filing = filing_of(at("2026-02-15 20:00"), LIMITS, CALENDAR)
    assert (filing.filed_on, filing.received_on) == (on("2026-02-15"), on("2026-02-24"))
    deadline = due(received("2026-02-15 20:00"))
    assert deadline.counted_from == on("2026-02-24")
    assert deadline.due_on == on("2026-03-02")  # Sat 28 Feb is worked


def test_a_worked_weekend_is_no_free_day():
    filing = filing_of(at("2026-09-20 09:00"), LIMITS, CALENDAR)
    assert filing.filed_on == filing.received_on == on("2026-09-20")


def test_the_policy_may_count_a_filing_from_its_own_day():
    by = limits(filing_on_non_working_day_counts_next=False)
    filing = filing_of(at("2026-03-07 09:00"), by, CALENDAR)
    assert filing.filed_on == filing.received_on == on("2026-03-07")
    assert due(received("2026-03-07 09:00"), by).due_on == on("2026-03-13")
    assert due(received("2026-03-07 09:00")).due_on == on("2026-03-16")


def test_a_received_day_on_a_receipt_stands_when_the_calendar_is_corrected():
    story = Story().then("submit", "2026-01-05").then("endorse", "2026-03-07", on("2026-03-09"))
    corrected = WorkCalendar({**CALENDAR.days, on("2026-03-07"): True})
    assert due(story, calendar=corrected).counted_from == on("2026-03-09")


def test_asking_the_employer_is_no_filing_with_the_office():
    deadline = due(Story().then("submit", "2026-03-07"))
    assert deadline.counted_from == on("2026-03-07")
    assert deadline.due_on == on("2026-03-20")
    assert not deadline.binds_office


# Each state's own limit --------------------------------------------------------------------------


def test_a_correction_has_thirty_calendar_days_until_midnight():
    deadline = due(received("2026-03-02").then("request_correction", "2026-03-04 17:59"))
    assert deadline.kind is DeadlineKind.CORRECTION
    assert deadline.due_on == on("2026-04-03")
    assert deadline.ends_at == at("2026-04-04 00:00")
    assert not deadline.is_provisional


def test_each_notice_opens_a_limit_of_its_own_and_each_correction_a_new_check():
    story = received("2026-03-02").told(
        ("request_correction", "2026-03-04"), ("submit_correction", "2026-03-20")
    )
    check = due(story)
    assert (check.kind, check.due_on) == (DeadlineKind.CORRECTION_CHECK, on("2026-03-27"))
    story.then("request_correction", "2026-03-25")
    assert due(story).due_on == on("2026-04-24")


def test_a_correction_handed_in_on_a_free_day_is_received_on_the_next_working_day():
    story = received("2026-03-02").told(
        ("request_correction", "2026-03-04"), ("submit_correction", "2026-03-21")
    )
    assert due(story).counted_from == on("2026-03-23")
    assert due(story).due_on == on("2026-03-30")


def test_an_accepted_case_owes_a_recommendation_and_a_decision():
    story = accepted("2026-03-02")
    recommendation, decision = deadlines_of(story.state, story.events, LIMITS, CALENDAR)
    assert (recommendation.kind, recommendation.due_on) == ("recommendation", on("2026-03-11"))
    assert (decision.kind, decision.due_on) == ("decision", on("2026-03-30"))


def test_accepted_by_silence_the_decision_clock_starts_on_the_day_received():
    story = received("2026-03-02").then(
        "accept_by_silence", "2026-03-10 00:00", effective_on=on("2026-03-02")
    )
    by_hand = accepted("2026-03-02", endorsed="2026-03-02 09:00")
    assert deadlines_of(story.state, story.events, LIMITS, CALENDAR) == deadlines_of(
        by_hand.state, by_hand.events, LIMITS, CALENDAR
    )


def test_an_extension_adds_its_working_days_in_either_state():
    early = accepted("2026-03-02").then("extend_decision", "2026-03-05")
    late = accepted("2026-03-02").told(
        ("recommend", "2026-03-05"), ("extend_decision", "2026-03-20")
    )
    for story in (early, late):
        running = deadlines_of(story.state, story.events, LIMITS, CALENDAR)
        assert running[-1].kind is DeadlineKind.DECISION
        assert running[-1].due_on == on("2026-04-14")  # over Qingming


def test_a_case_sent_back_gives_the_reviewer_a_new_limit_but_the_decision_none():
    story = accepted("2026-03-02").told(
        ("recommend", "2026-03-10"), ("return_to_reviewer", "2026-03-20")
    )
    running = {d.kind: d.due_on for d in deadlines_of(story.state, story.events, LIMITS, CALENDAR)}
    assert running == {"recommendation": on("2026-03-31"), "decision": on("2026-03-30")}
    assert due(story).kind is DeadlineKind.DECISION


def test_special_recognition_stops_the_clock_and_is_not_counted():
    story = accepted("2026-03-02").then("send_for_recognition", "2026-03-04")
    paused = due(story)
    assert (paused.kind, paused.due_on, paused.ends_at) == (DeadlineKind.DECISION, None, None)
    assert paused.is_paused
    assert not paused.has_passed(at("2027-01-01"))
    story.then("record_recognition", "2026-03-18")
    # 4 to 17 March stood still: ten working days more.
    running = {d.kind: d.due_on for d in deadlines_of(story.state, story.events, LIMITS, CALENDAR)}
    assert running == {"recommendation": on("2026-03-25"), "decision": on("2026-04-14")}


def test_a_pause_within_one_day_saves_that_day_nothing():
    plain = accepted("2026-03-02")
    stopped = accepted("2026-03-02").told(
        ("send_for_recognition", "2026-03-04 09:00"), ("record_recognition", "2026-03-04 17:00")
    )
    assert due(stopped).due_on == due(plain).due_on


def test_after_an_upheld_objection_the_decision_clock_runs_on():
    story = published("2026-01-14").told(
        ("record_objection", "2026-01-16"), ("uphold_objection", "2026-01-23")
    )
    running = {d.kind: d.due_on for d in deadlines_of(story.state, story.events, LIMITS, CALENDAR)}
    # Accepted on 7 January, four days used by the 13th, sixteen left from the 23rd on.
    assert running["decision"] == on("2026-02-13")
    assert running["recommendation"] == on("2026-02-03")


@pytest.mark.parametrize(
    ("unit", "last_day"), [("working_day", "2026-09-24"), ("calendar_day", "2026-09-23")]
)
def test_a_notice_counts_working_or_calendar_days(unit, last_day):
    by = limits(notice_unit=unit)
    deadline = due(published("2026-09-18"), by)
    assert (deadline.kind, deadline.due_on) == (DeadlineKind.NOTICE, on(last_day))


def test_an_objection_has_its_own_limit_and_does_not_move_the_notice():
    story = published("2026-03-02").then("record_objection", "2026-03-06")
    assert (due(story).kind, due(story).due_on) == (DeadlineKind.OBJECTION, on("2026-03-20"))
    notice = notice_deadline(story.events, LIMITS, CALENDAR)
    assert notice is not None
    assert notice.due_on == on("2026-03-09")


def test_a_second_approval_opens_a_notice_of_its_own():
    story = published("2026-03-02").told(
        ("record_objection", "2026-03-06"),
        ("uphold_objection", "2026-03-10"),
        ("recommend", "2026-03-11"),
        ("approve", "2026-03-12"),
    )
    assert due(story).due_on == on("2026-03-19")


def test_a_case_without_notice_has_no_end_of_it():
    assert notice_deadline(accepted("2026-03-02").events, LIMITS, CALENDAR) is None


def test_an_issued_card_is_to_be_handed_over_and_a_delivered_one_owes_nothing():
    story = published("2026-03-02").then("issue", "2026-03-10 00:00", on("2026-03-10"))
    assert (due(story).kind, due(story).due_on) == (DeadlineKind.HAND_OVER, on("2026-03-24"))
    story.then("hand_over", "2026-03-12")
    assert deadlines_of(story.state, story.events, LIMITS, CALENDAR) == ()


def test_a_rejection_may_be_reviewed_within_fifteen_working_days_and_once():
    story = rejected("2026-03-02")
    assert (due(story).kind, due(story).due_on) == (DeadlineKind.REVIEW_REQUEST, on("2026-03-23"))
    assert not due(story).binds_office
    story.then("request_review", "2026-03-21")  # a Saturday
    assert (due(story).kind, due(story).counted_from) == (DeadlineKind.REVIEW, on("2026-03-23"))
    assert due(story).due_on == on("2026-04-21")
    story.then("confirm_rejection", "2026-04-02")
    assert deadline_of(story.state, story.events, LIMITS, CALENDAR) is None


def test_an_overturned_rejection_is_published():
    story = rejected("2026-03-02").told(
        ("request_review", "2026-03-03"), ("overturn_rejection", "2026-03-16")
    )
    assert (due(story).kind, due(story).due_on) == (DeadlineKind.NOTICE, on("2026-03-23"))


@pytest.mark.parametrize("story", [Story(), Story().then("withdraw", "2026-01-06")])
def test_nothing_is_awaited_from_a_draft_or_an_ended_case(story):
    assert deadline_of(story.state, story.events, LIMITS, CALENDAR) is None


def test_events_that_do_not_end_in_the_state_are_a_mistake():
    with pytest.raises(ValueError, match="do not end in"):
        deadline_of(ApplicationState.ACCEPTED, received("2026-03-02").events, LIMITS, CALENDAR)
    with pytest.raises(ValueError, match="do not end in"):
        deadline_of(ApplicationState.DRAFT, [], LIMITS, CALENDAR)


# A year without an official table ----------------------------------------------------------------


def test_a_limit_that_reaches_2027_is_provisional_and_moves_when_the_table_comes():
    story = accepted("2026-12-21", endorsed="2026-12-18")
    recommendation, decision = deadlines_of(story.state, story.events, LIMITS, CALENDAR)
    assert (recommendation.due_on, recommendation.is_provisional) == (on("2026-12-30"), False)
    assert (decision.due_on, decision.is_provisional) == (on("2027-01-18"), True)
    table = {on("2027-01-01"): False, on("2027-01-02"): True}
    known = WorkCalendar({**CALENDAR.days, **table})
    settled = deadlines_of(story.state, story.events, LIMITS, known)[-1]
    assert (settled.due_on, settled.is_provisional) == (on("2027-01-18"), False)
    holiday = WorkCalendar({**CALENDAR.days, on("2027-01-01"): False})
    assert deadlines_of(story.state, story.events, LIMITS, holiday)[-1].due_on == on("2027-01-19")


def test_calendar_days_are_never_provisional():
    story = received("2026-12-14").then("request_correction", "2026-12-18")
    assert (due(story).due_on, due(story).is_provisional) == (on("2027-01-17"), False)
    by = limits(notice_unit="calendar_day")
    assert not due(published("2026-12-30"), by).is_provisional
    assert due(published("2026-12-30")).is_provisional
