"""When a company may see whether it has a place."""

from __future__ import annotations

from datetime import datetime

from talentsvc.events.terms.event import Admission
from talentsvc.events.terms.registration import PlaceState


def are_results_visible(
    admission: Admission, results_visible_at: datetime | None, at: datetime
) -> bool:
    """Whether companies may see places: at once in the order of filing, else from the event's date."""
    if admission is Admission.FIRST_COME or results_visible_at is None:
        return True
    return at >= results_visible_at


def shown_place(
    place: PlaceState, admission: Admission, results_visible_at: datetime | None, at: datetime
) -> PlaceState:
    """The place as its company may see it."""
    return place if are_results_visible(admission, results_visible_at, at) else PlaceState.NONE
