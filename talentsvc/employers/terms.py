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


class EmployerStep(StrEnum):
    """What can be done with a registration."""

    VERIFY = "verify_employer"
    REFUSE = "refuse_employer"
    MEND = "mend_employer"


class ChangeState(StrEnum):
    """What has become of a correction that an agent asked for."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class ChangeStep(StrEnum):
    """What can be done with such a correction."""

    ACCEPT = "accept_change"
    REFUSE = "refuse_change"


class AgentState(StrEnum):
    """Whether a person may act for an employer; expiry is an effect of time and no state."""

    PENDING = "pending"
    ACTIVE = "active"
    REFUSED = "refused"
    ENDED = "ended"


class AgentStep(StrEnum):
    """What can be done with an authorisation."""

    CONFIRM = "confirm_agent"
    REFUSE = "refuse_agent"
    END = "end_agent"


class BreachKind(StrEnum):
    """What a company did not keep (facts.md 3.1)."""

    NO_SHOW = "no_show"
    CANCELLED_LATE = "cancelled_late"
    RESULTS_NOT_REPORTED = "results_not_reported"


@dataclass(frozen=True)
class AgentEnded:
    """An agent may no longer act; endorsements waiting for that person need another agent."""

    employer_id: UUID
    person_id: UUID


LONGEST_NAME = 200
LONGEST_REASON = 500
#: Years an authorisation may run at most; no rule was found, three years is common practice (design).
LONGEST_AUTHORISATION_YEARS = 3
#: Days before its end at which an agent is reminded of an authorisation (design).
REMINDED_DAYS_AHEAD = 30
#: Working days in which the desk looks at a registration or an authorisation (design).
VERIFICATION_WORKING_DAYS = 3
#: Breaches that bar a legal person, the months within which they count together, and the months of the bar,
#: which a stamped statement lifts (▲ facts.md 3.1, 8.7).
BREACHES_TO_BAR = 2
BREACHES_COUNT_MONTHS = 12
BAR_MONTHS = 12
