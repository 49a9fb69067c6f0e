"""Until when sensitive images are kept: from the day on which nothing stands against a case any more."""

from datetime import date

import pytest

from talentsvc.cards.rules.keeping import kept_until, remedies_closed_on
from talentsvc.cards.terms import ApplicationState
from tests.cards.rules.stories import CALENDAR, LIMITS, Story, accepted, on, received


def closed_on(story: Story) -> date | None:
    return remedies_closed_on(story.state, story.events, LIMITS, CALENDAR)


def recommended() -> Story:
    return accepted("2026-01-12 09:00").then("recommend", "2026-01-14")


def rejected() -> Story:
    return recommended().then("reject", "2026-01-16 10:00")


@pytest.mark.parametrize(
    ("story", "day"),
    [
        (received("2026-01-06").then("refuse_out_of_scope", "2026-01-08"), "2026-01-08"),
        (received("2026-01-06").then("withdraw", "2026-01-09"), "2026-01-09"),
        # Fifteen working days to ask for a review; 2026-02-15 to 02-23 are free.
        (rejected(), "2026-02-06"),
        (
            rejected().told(("request_review", "2026-01-20"), ("confirm_rejection", "2026-02-02")),
            "2026-02-02",
        ),
        (
            recommended().told(("approve", "2026-01-16"), ("issue", "2026-01-24 00:00")),
            "2026-01-24",
        ),
        (
            recommended().told(
                ("approve", "2026-01-16"),
                ("issue", "2026-01-24 00:00"),
                ("hand_over", "2026-03-02"),
            ),
            "2026-01-24",
        ),
    ],
)
def test_the_day_from_which_the_days_of_keeping_count(story: Story, day: str) -> None:
    assert closed_on(story) == on(day)


@pytest.mark.parametrize(
    "story",
    [
        Story(),
        received("2026-01-06"),
        recommended(),
        recommended().then("approve", "2026-01-16"),
        recommended().told(("approve", "2026-01-16"), ("record_objection", "2026-01-19")),
        rejected().then("request_review", "2026-01-20"),
        rejected().told(("request_review", "2026-01-20"), ("overturn_rejection", "2026-01-28")),
    ],
)
def test_whatever_is_open_stops_it(story: Story) -> None:
    assert story.state not in (ApplicationState.ISSUED, ApplicationState.REJECTED)
    assert closed_on(story) is None


def test_the_sixtieth_day_is_the_last_one_of_keeping() -> None:
    assert kept_until(on("2026-01-24"), 60) == on("2026-03-25")
