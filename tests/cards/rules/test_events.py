from __future__ import annotations

from datetime import datetime

import pytest

from talentsvc.cards.rules.events import CaseEvent, latest, spans_in
from talentsvc.cards.terms import ApplicationState, CaseAction
from talentsvc.core.workdays import Pause
from tests.cards.rules.stories import accepted, at, on

STOPPED = {ApplicationState.PUBLIC_NOTICE, ApplicationState.OBJECTION_OPEN}


def test_an_event_needs_an_instant_not_a_wall_clock():
    with pytest.raises(ValueError, match="naive"):
        CaseEvent(
            CaseAction.START,
            None,
            ApplicationState.DRAFT,
            datetime(2026, 1, 5),  # noqa: DTZ001 - the point
        )


def test_an_event_counts_from_its_shanghai_day_unless_another_is_given():
    draft = ApplicationState.DRAFT
    late_evening = datetime.fromisoformat("2026-03-02T17:30:00+00:00")
    assert CaseEvent(CaseAction.START, None, draft, late_evening).counts_from == on("2026-03-03")
    dated = CaseEvent(CaseAction.START, None, draft, late_evening, on("2026-02-27"))
    assert dated.counts_from == on("2026-02-27")


def test_the_latest_of_several_actions_is_found():
    story = accepted("2026-03-02").told(
        ("recommend", "2026-03-03"),
        ("return_to_reviewer", "2026-03-04"),
        ("recommend", "2026-03-05"),
    )
    found = latest(story.events, {CaseAction.ACCEPT, CaseAction.RETURN_TO_REVIEWER})
    assert found is not None
    assert found.at == at("2026-03-04")
    assert latest(story.events, {CaseAction.ISSUE}) is None


def test_moving_between_two_of_the_states_continues_the_span_and_the_last_may_be_open():
    story = accepted("2026-03-02").told(
        ("recommend", "2026-03-03"),
        ("approve", "2026-03-04"),
        ("record_objection", "2026-03-05"),
        ("uphold_objection", "2026-03-06"),
        ("recommend", "2026-03-09"),
        ("approve", "2026-03-10"),
    )
    assert spans_in(story.events, STOPPED) == (
        Pause(at("2026-03-04"), at("2026-03-06")),
        Pause(at("2026-03-10"), None),
    )


def test_a_state_never_entered_has_no_span():
    assert spans_in(accepted("2026-03-02").events, STOPPED) == ()
