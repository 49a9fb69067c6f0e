"""Words of events and their sessions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class EventKind(StrEnum):
    """What kind of event it is (facts.md 8.8)."""

    CAMPUS_TRIP = "campus_trip"
    DOUBLE_CHOICE_FAIR = "double_choice_fair"
    TALK = "talk"
    TALENT_PROJECT_FAIR = "talent_project_fair"
    FORUM = "forum"
    SALON = "salon"
    EXPERT_EXCHANGE = "expert_exchange"
    POLICY_BRIEFING = "policy_briefing"
    TALENT_DAY = "talent_day"
    TRAINING = "training"


#: Events to which companies come with a booth.
BOOTH_KINDS = frozenset(
    {EventKind.CAMPUS_TRIP, EventKind.DOUBLE_CHOICE_FAIR, EventKind.TALENT_PROJECT_FAIR}
)


class EventState(StrEnum):
    """What staff made of an event; its phase is an effect of time (`EventPhase`)."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class EventStep(StrEnum):
    """What can be done with an event."""

    EDIT = "edit_event"
    PUBLISH = "publish_event"
    CANCEL = "cancel_event"


class EventPhase(StrEnum):
    """Where a published event stands by its dates (facts.md 8.7)."""

    PLANNED = "planned"
    REGISTRATION_OPEN = "registration_open"
    AUDIT = "audit"
    CONFIRMATION = "confirmation"
    ALLOCATION = "allocation"
    LIVE = "live"
    RESULTS_DUE = "results_due"
    CLOSED = "closed"


class Admission(StrEnum):
    """How companies come to a place: in order of filing, or chosen from all by the stated ranking."""

    FIRST_COME = "first_come"
    SELECTION = "selection"


class RankingKey(StrEnum):
    """What companies are ranked by where they are chosen; the order of the keys is the event's policy."""

    FEWEST_BREACHES = "fewest_breaches"
    LEAD_INDUSTRY = "lead_industry"
    POINTS = "points"
    FILED_FIRST = "filed_first"


class SessionState(StrEnum):
    """Whether a session takes place."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class PlacesRaised:
    """A session has more places than before; those who wait move up."""

    session_id: UUID


@dataclass(frozen=True)
class SessionMoved:
    """A published session changed its time or place; everybody who has registered is told."""

    session_id: UUID


@dataclass(frozen=True)
class SessionCancelled:
    """A session does not take place; everybody who has registered is told."""

    session_id: UUID


#: Visitors of one session from which it is a mass event that the police must permit, the days before
#: it by which the permit must be asked for, and the visitors from which the city decides (facts.md 3.1).
MASS_EVENT_VISITORS = 1000
CITY_PERMIT_VISITORS = 5000
PERMIT_DAYS_AHEAD = 20
LONGEST_TITLE = 120
LONGEST_TEXT = 8000
