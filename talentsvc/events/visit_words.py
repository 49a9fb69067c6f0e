"""The words for visits and invitations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.events.models import Visit
from talentsvc.events.terms.registration import PlaceState
from talentsvc.events.terms.visit import InvitationState, VisitState

VISIT_STATES: Mapping[VisitState, Any] = {
    VisitState.REGISTERED: _l("Signed up"),
    VisitState.CANCELLED: _l("Cancelled by you"),
    VisitState.CHECKED_IN: _l("You were there"),
    VisitState.SESSION_CANCELLED: _l("The session was cancelled"),
}
INVITATION_STATES: Mapping[InvitationState, Any] = {
    InvitationState.SENT: _l("No answer yet"),
    InvitationState.ACCEPTED: _l("Invitation accepted"),
    InvitationState.DECLINED: _l("Declined"),
    InvitationState.WITHDRAWN: _l("Withdrawn"),
}
_WAITING: Any = _l("On the waiting list")


def visit_state(visit: Visit) -> tuple[str, Any]:
    """The colour's state and the word of a visit: waiting is told from having a place."""
    if visit.place is PlaceState.WAITING:
        return "waiting", _WAITING
    return visit.state.value, VISIT_STATES[visit.state]
