from __future__ import annotations

import pytest

from talentsvc.cards.rules.in_time import check_in_time
from talentsvc.cards.terms import CaseAction
from talentsvc.core.errors import NotAllowedNow
from tests.cards.rules.stories import CALENDAR, LIMITS, Story, accepted, at, received, rejected


def check(action: str, story: Story, now: str) -> None:
    check_in_time(CaseAction(action), story.state, story.events, LIMITS, CALENDAR, at(now))


def refusal(action: str, story: Story, now: str) -> str:
    with pytest.raises(NotAllowedNow) as raised:
        check(action, story, now)
    return str(raised.value.params["because"])


def test_the_decision_may_be_extended_until_its_last_midnight():
    story = accepted("2026-03-02")  # due 2026-03-30
    check("extend_decision", story, "2026-03-30 23:59")
    assert refusal("extend_decision", story, "2026-03-31 00:00") == "time_has_run_out"


def test_the_decision_is_extended_once():
    story = accepted("2026-03-02").then("extend_decision", "2026-03-05")
    assert refusal("extend_decision", story, "2026-03-06") == "already_extended"
    story.told(("recommend", "2026-03-06"), ("return_to_reviewer", "2026-03-09"))
    assert refusal("extend_decision", story, "2026-03-10") == "already_extended"


def test_an_overdue_recommendation_does_not_keep_the_decision_from_being_extended():
    check("extend_decision", accepted("2026-03-02"), "2026-03-20")


def test_a_review_may_be_asked_for_until_the_last_midnight():
    story = rejected("2026-03-02")  # until 2026-03-23
    check("request_review", story, "2026-03-23 23:59")
    assert refusal("request_review", story, "2026-03-24 00:00") == "time_has_run_out"


def test_a_confirmed_rejection_is_not_reviewed_again():
    story = rejected("2026-03-02").told(
        ("request_review", "2026-03-03"), ("confirm_rejection", "2026-03-04")
    )
    assert refusal("request_review", story, "2026-03-05") == "already_reviewed"


def test_a_new_rejection_after_an_upheld_objection_may_be_reviewed_again():
    story = rejected("2026-03-02").told(
        ("request_review", "2026-03-03"),
        ("overturn_rejection", "2026-03-04"),
        ("record_objection", "2026-03-05"),
        ("uphold_objection", "2026-03-06"),
        ("recommend", "2026-03-09"),
        ("reject", "2026-03-10"),
    )
    check("request_review", story, "2026-03-11")


def test_every_other_step_is_for_the_table_alone():
    for action in set(CaseAction) - {CaseAction.EXTEND_DECISION, CaseAction.REQUEST_REVIEW}:
        check(action.value, received("2026-03-02"), "2030-01-01")
