from __future__ import annotations

from datetime import timedelta

import pytest

from talentsvc.cards.rules.due_dates import Deadline, deadline_of
from talentsvc.cards.rules.reminders import reminders_due, urgency
from talentsvc.cards.terms import DeadlineKind, Urgency
from talentsvc.core.clock import end_of_day
from talentsvc.core.workdays import WorkCalendar
from tests.cards.rules.stories import CALENDAR, LIMITS, Story, accepted, at, limits, on, received


def asked_to_correct() -> Story:
    """Its last day is 3 April."""
    return received("2026-03-02").then("request_correction", "2026-03-04")


def steps(story: Story, now: str, by=LIMITS) -> list[str]:
    found = reminders_due(story.state, story.events, by, CALENDAR, at(now))
    return [reminder.key[-1] for reminder in found]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-26 23:59", []),
        ("2026-03-27 00:00", ["t-7"]),
        ("2026-04-01 23:59", ["t-7"]),
        ("2026-04-02 00:00", ["t-1"]),
        ("2026-04-03 23:59", ["t-1"]),
        ("2026-04-04 00:00", []),  # lapsed: the clock's step is due instead
    ],
)
def test_a_correction_is_recalled_seven_days_and_one_day_before_its_end(now, expected):
    assert steps(asked_to_correct(), now) == expected


def test_a_reminder_says_when_it_was_due_and_for_which_day():
    story = asked_to_correct()
    (reminder,) = reminders_due(story.state, story.events, LIMITS, CALENDAR, at("2026-03-30"))
    assert reminder.kind is DeadlineKind.CORRECTION
    assert reminder.falls_due_at == at("2026-03-27 00:00")
    assert reminder.due_on == on("2026-04-03")


def test_the_order_in_which_the_policy_names_the_days_is_no_matter():
    by = limits(correction_reminders=[1, 7])
    assert steps(asked_to_correct(), "2026-04-02 08:00", by) == ["t-1"]


def test_a_reminder_from_before_the_notice_is_never_due():
    by = limits(correction_calendar_days=5)
    assert steps(asked_to_correct(), "2026-03-04 11:00", by) == []
    assert steps(asked_to_correct(), "2026-03-08 00:00", by) == ["t-1"]


def test_the_employer_is_recalled_once_when_five_working_days_have_gone_by():
    story = Story().then("submit", "2026-02-13")
    assert steps(story, "2026-02-27 23:59") == []
    assert steps(story, "2026-02-28 00:00") == ["after-5"]
    assert steps(story, "2026-03-05 12:00") == ["after-5"]
    assert steps(story, "2026-03-07 00:00") == []  # expired


def test_the_key_is_the_same_at_each_look_and_another_for_each_notice():
    story = asked_to_correct()
    looks = [
        reminders_due(story.state, story.events, LIMITS, CALENDAR, at(now))[0].key
        for now in ("2026-03-27 00:00", "2026-03-29 07:00")
    ]
    assert looks[0] == looks[1]
    story.told(("submit_correction", "2026-03-30"), ("request_correction", "2026-04-01"))
    (later,) = reminders_due(story.state, story.events, LIMITS, CALENDAR, at("2026-04-25"))
    assert later.key[-1] == "t-7"
    assert later.key != looks[0]


def test_a_corrected_calendar_changes_the_day_and_not_the_key():
    story = Story().then("submit", "2026-03-02")
    changed = WorkCalendar({**CALENDAR.days, on("2026-03-11"): False})
    before, after = (
        reminders_due(story.state, story.events, LIMITS, calendar, at("2026-03-12"))[0]
        for calendar in (CALENDAR, changed)
    )
    assert before.due_on != after.due_on
    assert before.key == after.key


def test_nobody_is_recalled_where_the_office_is_to_act_or_the_clock_stands_still():
    resting = accepted("2026-03-02").then("send_for_recognition", "2026-03-04")
    for story in (received("2026-03-02"), accepted("2026-03-02"), resting):
        assert steps(story, "2026-03-09") == []


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-02-28", Urgency.OVERDUE),
        ("2026-02-27", Urgency.DUE_TODAY),
        ("2026-02-26", Urgency.DUE_TOMORROW),
        ("2026-02-25", Urgency.SOON),
        ("2026-02-24", Urgency.SOON),
        ("2026-02-23", Urgency.LATER),  # four working days are left
        ("2026-02-14", Urgency.LATER),
    ],
)
def test_urgency_counts_working_days_over_spring_festival(today, expected):
    story = received("2026-02-13")
    deadline = deadline_of(story.state, story.events, LIMITS, CALENDAR)
    assert urgency(deadline, on(today), CALENDAR) is expected


def test_holidays_bring_a_date_near_however_far_it_looks():
    deadline = Deadline(
        DeadlineKind.DECISION,
        on("2026-02-01"),
        on("2026-02-24"),
        end_of_day(on("2026-02-24")),
        False,
    )
    assert urgency(deadline, on("2026-02-14"), CALENDAR) is Urgency.SOON


def test_tomorrow_is_tomorrow_even_on_a_free_day():
    sunday = on("2026-03-08")
    deadline = Deadline(
        DeadlineKind.CORRECTION, on("2026-02-06"), sunday, end_of_day(sunday), False
    )
    assert urgency(deadline, sunday - timedelta(days=1), CALENDAR) is Urgency.DUE_TOMORROW


def test_what_waits_for_nothing_or_stands_still_is_later():
    assert urgency(None, on("2026-03-02"), CALENDAR) is Urgency.LATER
    paused = Deadline(DeadlineKind.DECISION, on("2026-02-01"), None, None, is_provisional=False)
    assert urgency(paused, on("2026-12-31"), CALENDAR) is Urgency.LATER


def test_urgencies_stand_in_the_order_of_a_work_list():
    assert [u.value for u in Urgency] == ["overdue", "due_today", "due_tomorrow", "soon", "later"]
