"""The waiting list of a session: who moves up when a place becomes free.

The stated policy: strictly in the order of the queue numbers; a company that holds another place on
that day (one booth per legal person per day, facts.md 3.1) is passed over and keeps its number.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the list."""

    registration_id: UUID
    legal_employer_id: UUID
    queue_number: int


def those_who_move_up(
    waiting: Sequence[Waiting], free_places: int, holding_that_day: Collection[UUID]
) -> list[Waiting]:
    """Return who gets the free places, first come first; two branches never both.

    `holding_that_day` are the legal persons that hold a place anywhere on the day.
    """
    taken = set(holding_that_day)
    moved: list[Waiting] = []
    for one in sorted(waiting, key=lambda entry: entry.queue_number):
        if len(moved) >= free_places:
            break
        if one.legal_employer_id not in taken:
            taken.add(one.legal_employer_id)
            moved.append(one)
    return moved


def position_of(queue_number: int, waiting_numbers: Collection[int]) -> int:
    """Return the visible position on the list: 1 is the next to move up."""
    return 1 + sum(1 for number in waiting_numbers if number < queue_number)
