"""The way ahead: which stages come, and by when at the latest."""

from datetime import UTC, date, datetime

import pytest

from talentsvc.cards.rules.course import Stage, stages_ahead
from talentsvc.cards.rules.events import CaseEvent
from talentsvc.cards.rules.limits import Limits
from talentsvc.cards.terms import ApplicationState, CaseAction, NoticeUnit
from talentsvc.core.workdays import WorkCalendar

_S, _A = ApplicationState, CaseAction
LIMITS = Limits(
    intake_working_days=5,
    correction_calendar_days=30,
    correction_check_working_days=5,
    correction_reminders=(7, 1),
    endorsement_working_days=10,
    endorsement_reminder_working_days=5,
    recommendation_working_days=7,
    decision_working_days=20,
    decision_extension_working_days=10,
    notice_length=5,
    notice_unit=NoticeUnit.WORKING_DAY,
    objection_working_days=10,
    issue_working_days=10,
    review_request_working_days=15,
    review_working_days=20,
    card_validity_years=5,
    renewal_opens_days=90,
    renewal_filed_by_days=30,
    clerk_and_recommender_may_coincide=True,
    sensitive_image_retention_days=60,
    filing_on_non_working_day_counts_next=True,
)
#: Mondays to Fridays alone, 2026 official by its single holiday.
CALENDAR = WorkCalendar({date(2026, 1, 1): False})
MONDAY = datetime(2026, 3, 2, 4, tzinfo=UTC)


def begun() -> CaseEvent:
    return CaseEvent(_A.START, None, _S.DRAFT, MONDAY)


def test_a_draft_has_the_whole_way_ahead_in_days() -> None:
    ahead = stages_ahead(_S.DRAFT, [begun()], LIMITS, CALENDAR)
    assert [one.stage for one in ahead] == list(Stage)
    assert [one.length for one in ahead] == [10, 5, 20, 5, 10]
    assert {one.by_on for one in ahead} == {None}


def test_each_stage_follows_the_last_day_of_the_one_before() -> None:
    events = [
        begun(),
        CaseEvent(_A.SUBMIT, _S.DRAFT, _S.AWAITING_ENDORSEMENT, MONDAY),
    ]
    ahead = stages_ahead(_S.AWAITING_ENDORSEMENT, events, LIMITS, CALENDAR)
    # Asked on Monday 2 March: confirmed by the 16th at the latest, and so on.
    assert [(one.stage, one.by_on) for one in ahead] == [
        (Stage.INTAKE, date(2026, 3, 23)),
        (Stage.DECISION, date(2026, 4, 20)),
        (Stage.NOTICE, date(2026, 4, 27)),
        (Stage.CARD, date(2026, 5, 11)),
    ]
    assert not any(one.is_provisional for one in ahead)


def test_a_date_in_a_year_without_a_table_is_provisional() -> None:
    late = datetime(2026, 12, 21, 4, tzinfo=UTC)
    events = [begun(), CaseEvent(_A.SUBMIT, _S.DRAFT, _S.AWAITING_ENDORSEMENT, late)]
    ahead = stages_ahead(_S.AWAITING_ENDORSEMENT, events, LIMITS, CALENDAR)
    assert all(one.is_provisional for one in ahead)


def test_nobody_knows_when_a_correction_comes() -> None:
    events = [
        begun(),
        CaseEvent(_A.SUBMIT, _S.DRAFT, _S.AWAITING_ENDORSEMENT, MONDAY),
        CaseEvent(_A.ENDORSE, _S.AWAITING_ENDORSEMENT, _S.RECEIVED, MONDAY, date(2026, 3, 2)),
        CaseEvent(_A.REQUEST_CORRECTION, _S.RECEIVED, _S.CORRECTION_REQUESTED, MONDAY),
    ]
    ahead = stages_ahead(_S.CORRECTION_REQUESTED, events, LIMITS, CALENDAR)
    assert [one.stage for one in ahead] == [Stage.DECISION, Stage.NOTICE, Stage.CARD]
    assert {one.by_on for one in ahead} == {None}


@pytest.mark.parametrize("state", [_S.REJECTED, _S.WITHDRAWN, _S.LAPSED, _S.DELIVERED])
def test_nothing_lies_ahead_of_an_end(state: ApplicationState) -> None:
    events = [begun(), CaseEvent(_A.WITHDRAW, _S.DRAFT, state, MONDAY)]
    assert stages_ahead(state, events, LIMITS, CALENDAR) == ()
