"""The events' part of the ground: persons who visit, companies that register, halls with booths."""

from typing import Any

from tests.guarantees.halls_ground import settle_halls
from tests.guarantees.registrations_ground import settle_registrations
from tests.guarantees.visits_ground import settle_visits


def settle_events(people: Any) -> None:
    """Make all; what they make is found by name in `people.made` and `people.hall`."""
    settle_visits(people)
    settle_registrations(people)
    people.hall = settle_halls(people.employers)
