"""Persons at a session: which step is possible, who may register, who moves up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from talentsvc.core.errors import InvalidInput, NotAllowedNow
from talentsvc.core.transitions import TransitionTable
from talentsvc.events.terms.event import EventState, SessionState
from talentsvc.events.terms.registration import PlaceState
from talentsvc.events.terms.visit import (
    HIGHEST_GRADE,
    LONGEST_FEEDBACK,
    LOWEST_GRADE,
    VisitState,
    VisitStep,
)

_S = VisitState
_A = VisitStep

VISIT_TRANSITIONS: TransitionTable[VisitState, VisitStep] = TransitionTable(
    {
        (_S.REGISTERED, _A.CANCEL): _S.CANCELLED,
        (_S.REGISTERED, _A.PROMOTE): _S.REGISTERED,
        (_S.REGISTERED, _A.CHECK_IN): _S.CHECKED_IN,
        (_S.REGISTERED, _A.END_WITH_SESSION): _S.SESSION_CANCELLED,
    }
)
#: What a step needs of the place. Whoever waits and finds the door half empty may be let in too.
_PLACE_BEFORE: Mapping[VisitStep, frozenset[PlaceState]] = {
    _A.PROMOTE: frozenset({PlaceState.WAITING})
}
_PLACE_AFTER: Mapping[VisitStep, PlaceState] = {
    _A.CANCEL: PlaceState.NONE,
    _A.PROMOTE: PlaceState.HELD,
    _A.CHECK_IN: PlaceState.HELD,
    _A.END_WITH_SESSION: PlaceState.NONE,
}


@dataclass(frozen=True, slots=True)
class Door:
    """What decides whether a person may register for a session."""

    event_state: EventState
    session_state: SessionState
    takes_visitors: bool
    is_invitation_only: bool
    ends_at: datetime


def next_visit_state(
    state: VisitState, place: PlaceState, step: VisitStep
) -> tuple[VisitState, PlaceState]:
    """Return where a step leads, state and place. Raises NotAllowedNow."""
    target = VISIT_TRANSITIONS.target(state, step)
    if place not in _PLACE_BEFORE.get(step, frozenset(PlaceState)):
        raise NotAllowedNow(state, step, place=place.value)
    return target, _PLACE_AFTER[step]


def check_may_register(door: Door, *, is_invited: bool, at: datetime) -> None:
    """Raise InvalidInput (field `session`) with the reason why nobody, or not this person, may register."""
    if door.event_state is not EventState.PUBLISHED or door.session_state is SessionState.CANCELLED:
        raise InvalidInput("session", "not_taking_place")
    if not door.takes_visitors:
        raise InvalidInput("session", "no_visitors")
    if at >= door.ends_at:
        raise InvalidInput("session", "over")
    if door.is_invitation_only and not is_invited:
        raise InvalidInput("session", "invitation_only")


def free_places(places: int | None, taken: int) -> int | None:
    """Return how many persons still find a place; None for as many as come."""
    return None if places is None else max(places - taken, 0)


def visits_that_move_up(waiting: Sequence[tuple[int, UUID]], free: int) -> list[UUID]:
    """Return the ids of those who get the free places; `waiting` are pairs of queue number and id."""
    return [visit_id for _number, visit_id in sorted(waiting)[: max(free, 0)]]


def checked_feedback(grade: int | None, words: str) -> tuple[int, str]:
    """Return grade and words as they are kept. Raises InvalidInput."""
    if grade is None or not LOWEST_GRADE <= grade <= HIGHEST_GRADE:
        raise InvalidInput("grade", "missing")
    said = words.strip()
    if len(said) > LONGEST_FEEDBACK:
        raise InvalidInput("words", "too_long")
    return grade, said
