"""Tables of recruitment and talent events."""

from talentsvc.events.models.event import Event, FairSession
from talentsvc.events.models.hall import AllocationRun, Booth, BoothAssignment, HallPlan
from talentsvc.events.models.registration import (
    FairRegistration,
    RegistrationAttendee,
    RegistrationEvent,
    RegistrationPosition,
)
from talentsvc.events.models.templates import NoticeTemplate, PositionTemplate
from talentsvc.events.models.visit import EventInvitation, Visit, VisitFeedback

__all__ = [
    "AllocationRun",
    "Booth",
    "BoothAssignment",
    "Event",
    "EventInvitation",
    "FairRegistration",
    "FairSession",
    "HallPlan",
    "NoticeTemplate",
    "PositionTemplate",
    "RegistrationAttendee",
    "RegistrationEvent",
    "RegistrationPosition",
    "Visit",
    "VisitFeedback",
]
