"""What the pages of halls share: names by booth, choices, the next number, and what is too few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from talentsvc.events.models import Booth
from talentsvc.events.queries.halls import Company, halls_to_copy
from talentsvc.events.rules.halls import Drawing
from talentsvc.extensions.language import pick


@dataclass(frozen=True, slots=True)
class Shortage:
    """More companies than booths: said before and after the allocation."""

    companies: int
    booths: int

    @property
    def missing(self) -> int:
        """How many companies cannot have a booth."""
        return max(0, self.companies - self.booths)


def short_of(booths: Sequence[Booth], companies: Sequence[Company]) -> Shortage:
    """Companies that hold a place, and booths that may be given out."""
    return Shortage(len(companies), sum(1 for booth in booths if not booth.is_blocked))


def names_by_booth(companies: Sequence[Company]) -> dict[str, str]:
    """The company of each booth number."""
    return {one.booth.number: one.employer.name for one in companies if one.booth is not None}


def copy_choices(session_id: UUID) -> list[tuple[str, str]]:
    """Sessions whose hall may be copied, as choices."""
    return [
        (
            str(session.id),
            f"{session.held_on.isoformat()} {pick(session.place_zh, session.place_en)} · {pick(event.title_zh, event.title_en)}",
        )
        for session, event in halls_to_copy(session_id)
    ]


def next_series(drawing: Drawing) -> str:
    """The first number of the next zone: A01, and B01 where there is an A already."""
    used = {booth.number[:1] for booth in drawing.booths}
    letters = (letter for letter in "ABCDEFGHJKLMNPQRSTUVWXYZ" if letter not in used)
    return f"{next(letters, 'A')}01"
