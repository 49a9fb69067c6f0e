"""Which step is possible in which state of an event and of a company's registration (facts.md 8.7).

Whatever a table does not list is impossible (guarantee G2). Whether a registration has a place is
told apart from its state, since a place may come and go while the audit runs.
"""

from __future__ import annotations

from collections.abc import Mapping

from talentsvc.core.errors import InvalidInput, NotAllowedNow
from talentsvc.core.transitions import TransitionTable
from talentsvc.events.terms.event import EventState, EventStep
from talentsvc.events.terms.registration import PlaceState, RegistrationState, RegistrationStep

_S = RegistrationState
_A = RegistrationStep

EVENT_TRANSITIONS: TransitionTable[EventState, EventStep] = TransitionTable(
    {
        (EventState.DRAFT, EventStep.EDIT): EventState.DRAFT,
        (EventState.PUBLISHED, EventStep.EDIT): EventState.PUBLISHED,
        (EventState.DRAFT, EventStep.PUBLISH): EventState.PUBLISHED,
        (EventState.PUBLISHED, EventStep.CANCEL): EventState.CANCELLED,
    }
)

#: States in which a registration is over.
OVER_STATES = frozenset(
    {_S.REJECTED, _S.CANCELLED_IN_TIME, _S.CANCELLED_LATE, _S.EXPIRED, _S.SESSION_CANCELLED}
)
#: States before the day, in which a company may still withdraw and a session may be cancelled under it.
OPEN_STATES = (_S.DRAFT, _S.SUBMITTED, _S.RETURNED, _S.APPROVED, _S.CONFIRMED)
#: States in which a place may be given or waited for.
ADMISSIBLE_STATES = (_S.SUBMITTED, _S.RETURNED, _S.APPROVED)

REGISTRATION_TRANSITIONS: TransitionTable[RegistrationState, RegistrationStep] = TransitionTable(
    {
        (_S.DRAFT, _A.EDIT): _S.DRAFT,
        (_S.RETURNED, _A.EDIT): _S.RETURNED,
        (_S.DRAFT, _A.SUBMIT): _S.SUBMITTED,
        (_S.RETURNED, _A.SUBMIT): _S.SUBMITTED,
        (_S.SUBMITTED, _A.RETURN): _S.RETURNED,
        (_S.SUBMITTED, _A.APPROVE): _S.APPROVED,
        (_S.SUBMITTED, _A.REJECT): _S.REJECTED,
        (_S.APPROVED, _A.CONFIRM): _S.CONFIRMED,
        (_S.CONFIRMED, _A.CHECK_IN): _S.CHECKED_IN,
        (_S.CONFIRMED, _A.RELEASE): _S.NO_SHOW,
        (_S.CHECKED_IN, _A.REPORT_RESULTS): _S.RESULTS_REPORTED,
        (_S.RESULTS_REPORTED, _A.REPORT_RESULTS): _S.RESULTS_REPORTED,
        (_S.APPROVED, _A.CANCEL_LATE): _S.CANCELLED_LATE,
        (_S.CONFIRMED, _A.CANCEL_LATE): _S.CANCELLED_LATE,
        **{(state, _A.CANCEL): _S.CANCELLED_IN_TIME for state in OPEN_STATES},
        **{(state, _A.END_WITH_SESSION): _S.SESSION_CANCELLED for state in OPEN_STATES},
        **{
            (state, _A.EXPIRE): _S.EXPIRED
            for state in (_S.DRAFT, _S.SUBMITTED, _S.RETURNED, _S.APPROVED)
        },
        **{
            (state, step): state
            for state in ADMISSIBLE_STATES
            for step in (_A.GIVE_PLACE, _A.QUEUE, _A.PROMOTE)
        },
    }
)

#: What a step needs of the place, and what it makes of it; a step that is not named leaves it as it is.
PLACE_BEFORE: Mapping[RegistrationStep, frozenset[PlaceState]] = {
    _A.CONFIRM: frozenset({PlaceState.HELD}),
    _A.CHECK_IN: frozenset({PlaceState.HELD}),
    _A.RELEASE: frozenset({PlaceState.HELD}),
    _A.CANCEL_LATE: frozenset({PlaceState.HELD}),
    _A.GIVE_PLACE: frozenset({PlaceState.NONE}),
    _A.QUEUE: frozenset({PlaceState.NONE}),
    _A.PROMOTE: frozenset({PlaceState.WAITING}),
}
PLACE_AFTER: Mapping[RegistrationStep, PlaceState] = {
    _A.GIVE_PLACE: PlaceState.HELD,
    _A.PROMOTE: PlaceState.HELD,
    _A.QUEUE: PlaceState.WAITING,
    _A.REJECT: PlaceState.NONE,
    _A.CANCEL: PlaceState.NONE,
    _A.CANCEL_LATE: PlaceState.NONE,
    _A.EXPIRE: PlaceState.NONE,
    _A.RELEASE: PlaceState.NONE,
    _A.END_WITH_SESSION: PlaceState.NONE,
}

#: Steps against a company that must say why.
REASON_REQUIRED = frozenset({_A.RETURN, _A.REJECT})


def next_registration_state(
    state: RegistrationState, place: PlaceState, step: RegistrationStep, *, reason: str | None
) -> tuple[RegistrationState, PlaceState]:
    """Return where a step leads, state and place.

    Raises NotAllowedNow for a step that the table lacks or that needs another place, InvalidInput
    (field `reason`) when a required reason is blank.
    """
    target = REGISTRATION_TRANSITIONS.target(state, step)
    if place not in PLACE_BEFORE.get(step, frozenset(PlaceState)):
        raise NotAllowedNow(state, step, place=place.value)
    if step in REASON_REQUIRED and not (reason or "").strip():
        raise InvalidInput("reason", "reason_required")
    return target, PLACE_AFTER.get(step, place)
