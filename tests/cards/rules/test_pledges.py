"""When a pledged paper is due, recalled and overdue: pure functions of days, in Shanghai time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from talentsvc.cards.rules.pledges import pledge_due_on, pledge_reminder_due, pledge_standing
from talentsvc.cards.terms import PledgeStanding, PledgeState
from talentsvc.core.clock import end_of_day, start_of_day
from tests.cards.rules.stories import LIMITS

DUE = date(2026, 7, 10)
BEGUN = datetime(2026, 6, 10, 2, tzinfo=UTC)


def with_pledges(**changed):
    return LIMITS.__class__(
        **{**LIMITS.__dict__, "pledge_calendar_days": 30, "pledge_reminders": (7, 1), **changed}
    )


def test_the_day_of_receipt_is_day_zero() -> None:
    assert pledge_due_on(date(2026, 6, 10), with_pledges()) == DUE
    with pytest.raises(ValueError, match="allow no pledge"):
        pledge_due_on(date(2026, 6, 10), with_pledges(pledge_calendar_days=0))


def test_it_is_overdue_from_the_end_of_its_last_day_on() -> None:
    last_moment = end_of_day(DUE) - timedelta(microseconds=1)
    assert pledge_standing(PledgeState.OPEN, None, last_moment) is PledgeStanding.GIVEN
    assert pledge_standing(PledgeState.OPEN, DUE, last_moment) is PledgeStanding.RUNNING
    assert pledge_standing(PledgeState.OPEN, DUE, end_of_day(DUE)) is PledgeStanding.OVERDUE
    for state in (PledgeState.FULFILLED, PledgeState.TAKEN_BACK):
        assert pledge_standing(state, DUE, end_of_day(DUE)).value == state.value


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (start_of_day(date(2026, 7, 3)) - timedelta(seconds=1), None),
        (start_of_day(date(2026, 7, 3)), 7),
        (start_of_day(date(2026, 7, 8)), 7),
        (start_of_day(date(2026, 7, 9)), 1),
        (end_of_day(DUE) - timedelta(seconds=1), 1),
        (end_of_day(DUE), None),
    ],
)
def test_of_several_missed_reminders_the_latest_is_due(at: datetime, days: int | None) -> None:
    assert pledge_reminder_due(BEGUN, DUE, with_pledges(), at) == days


def test_a_reminder_from_before_it_began_is_not_due() -> None:
    begun = start_of_day(date(2026, 7, 5))
    assert pledge_reminder_due(begun, DUE, with_pledges(), begun + timedelta(hours=1)) is None
