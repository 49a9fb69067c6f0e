"""The events' part of the ground: persons who visit, companies that register."""

from typing import Any

from tests.guarantees.registrations_ground import settle_registrations
from tests.guarantees.visits_ground import settle_visits


def settle_events(people: Any) -> None:
    """Make both; what they make is found by name in `people.made`."""
    settle_visits(people)
    settle_registrations(people)
