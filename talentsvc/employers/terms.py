"""Words of employers and their agents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Industry(StrEnum):
    """The three lead clusters of the zone and the rest (facts.md 0)."""

    BIOMEDICINE = "biomedicine"
    ELECTRONICS = "electronics"
    NEW_MATERIALS = "new_materials"
    OTHER = "other"


class Park(StrEnum):
    """One zone, three parks (facts.md 0)."""

    BIOMEDICINE_PARK = "biomedicine_park"
    ELECTRONICS_PARK = "electronics_park"
    CHEMICAL_PARK = "chemical_park"
    OUTSIDE_PARKS = "outside_parks"


class EmployerState(StrEnum):
    """Whether the desk has verified an employer."""

    PENDING = "pending"
    VERIFIED = "verified"
    REFUSED = "refused"


class AgentState(StrEnum):
    """Whether a person may act for an employer."""

    PENDING = "pending"
    ACTIVE = "active"
    REFUSED = "refused"
    ENDED = "ended"


@dataclass(frozen=True)
class AgentEnded:
    """An agent may no longer act; endorsements waiting for that person need another agent."""

    employer_id: UUID
    person_id: UUID
