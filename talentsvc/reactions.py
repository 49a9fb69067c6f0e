"""The one list: what happened → what follows, run by the unit of work before the commit (decisions.md).

At most two deep; more than 20 affected rows become a job.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from talentsvc.calendar.terms import CalendarChanged
from talentsvc.cards.actions.plan_due_dates import plan_due_dates
from talentsvc.cards.actions.record_card_arrival import record_card_arrival
from talentsvc.cards.terms import CardIssued
from talentsvc.events.actions.end_registrations import end_registrations
from talentsvc.events.actions.end_visits import end_visits
from talentsvc.events.actions.promote_registrations import promote_registrations
from talentsvc.events.actions.promote_visits import promote_visits
from talentsvc.events.actions.tell_booths import tell_booth_changes, tell_booths
from talentsvc.events.actions.tell_of_move import tell_visitors_of_move
from talentsvc.events.terms.event import PlacesRaised, SessionCancelled, SessionMoved
from talentsvc.events.terms.hall import BoothsChanged, PlanPublished
from talentsvc.events.terms.registration import PlaceFreed
from talentsvc.events.terms.visit import VisitorPlaceFreed

REACTIONS: Mapping[type, Sequence[Callable[[Any], None]]] = {
    CalendarChanged: (plan_due_dates,),
    CardIssued: (record_card_arrival,),
    PlaceFreed: (promote_registrations,),
    PlacesRaised: (promote_registrations, promote_visits),
    SessionCancelled: (end_registrations, end_visits),
    SessionMoved: (tell_visitors_of_move,),
    VisitorPlaceFreed: (promote_visits,),
    PlanPublished: (tell_booths,),
    BoothsChanged: (tell_booth_changes,),
}
