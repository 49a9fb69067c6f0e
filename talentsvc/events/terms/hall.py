"""Words of halls and booths."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

#: A hall is drawn on a grid of at most so many cells a side (design).
MOST_CELLS = 60
#: The largest fair known has 320 booths (performance.md P9); a table or a drawing with more is a mistake.
MOST_BOOTHS = 500
LONGEST_BOOTH_NUMBER = 12
LONGEST_ZONE = 12
MOST_SIZE_M2 = 900
MOST_POWER_W = 100_000
#: Free cells between two rows of booths that are drawn together.
WIDEST_AISLE = 5
#: Bytes of a table of booths, and of what it unpacks to.
LARGEST_TABLE = 400_000
LARGEST_UNPACKED = 30_000_000
#: Companies told in the transaction itself; more become a job (decisions.md, reactions).
TOLD_AT_ONCE = 20


class FlawCode(StrEnum):
    """Why a drawing of a hall cannot be kept."""

    GRID = "grid"
    TOO_MANY = "too_many"
    NUMBER_MISSING = "number_missing"
    NUMBER_TOO_LONG = "number_too_long"
    NUMBER_TWICE = "number_twice"
    ZONE_MISSING = "zone_missing"
    ZONE_TOO_LONG = "zone_too_long"
    SIZE = "size"
    POWER = "power"
    EXTENT = "extent"
    OUTSIDE = "outside"
    OVERLAP = "overlap"
    GONE = "gone"
    IN_USE_DELETED = "in_use_deleted"
    IN_USE_BLOCKED = "in_use_blocked"


@dataclass(frozen=True)
class PlanPublished:
    """Companies may now see their booths; each is told its own."""

    session_id: UUID


@dataclass(frozen=True)
class BoothsChanged:
    """After publishing some companies stand elsewhere, or nowhere; only they are told."""

    session_id: UUID
    registration_ids: tuple[UUID, ...]
