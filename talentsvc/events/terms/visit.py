"""Words of what persons do at an event: registering, being invited, coming, saying how it was."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class VisitState(StrEnum):
    """Where a person's registration for one session stands; whether it has a place is `PlaceState`."""

    REGISTERED = "registered"
    CANCELLED = "cancelled"
    CHECKED_IN = "checked_in"
    SESSION_CANCELLED = "session_cancelled"


class VisitStep(StrEnum):
    """What can be done with a visit."""

    REGISTER = "register_visit"
    CANCEL = "cancel_visit"
    PROMOTE = "promote_visit"
    CHECK_IN = "check_in_visitor"
    END_WITH_SESSION = "end_visit_with_session"


class InvitationState(StrEnum):
    """Whether somebody who was invited has answered."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class VisitorPlaceFreed:
    """A person's place became free; the first who waits moves up."""

    session_id: UUID


#: Five grades of feedback, as for every service (facts.md 6.3); the two lowest are "bad".
LOWEST_GRADE, HIGHEST_GRADE = 1, 5
LONGEST_FEEDBACK = 1000
#: More affected rows than this become a job (decisions.md, "Rooms and reactions").
MOST_AT_ONCE = 20
#: Random bits in a visit's code and in an invitation's link.
CODE_BITS = 96
TOKEN_BITS = 128
#: Invitations sent with one form.
MOST_INVITED_AT_ONCE = 200
