"""Words of halls and booths."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

#: A hall is drawn on a grid of at most so many cells a side (design).
MOST_CELLS = 60
LONGEST_BOOTH_NUMBER = 12


@dataclass(frozen=True)
class PlanPublished:
    """Companies may now see their booths; each is told its own."""

    session_id: UUID
