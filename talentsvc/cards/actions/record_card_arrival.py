"""An issued card proves when its holder's contract in the zone began (decisions.md, "Statistics").

The card's own date is never an arrival.
"""

from __future__ import annotations

from talentsvc.cards.filing import contract_start
from talentsvc.cards.models import Application
from talentsvc.cards.terms import CardIssued
from talentsvc.core.clock import now
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.database import db
from talentsvc.talent_facts.actions.record_arrival import record_arrival
from talentsvc.talent_facts.terms import FactSource


def record_card_arrival(happened: CardIssued) -> None:
    """Write the arrival fact from the filed contract; without a start date there is none to write."""
    application = db.session.get(Application, happened.application_id)
    if application is None:
        raise NotFoundHere()
    arrived_on = contract_start(application.id)
    if arrived_on is None:
        return
    record_arrival(
        person_id=happened.person_id,
        employer_id=application.employer_id,
        arrived_on=arrived_on,
        source=FactSource.CARD,
        source_id=happened.card_id,
        at=now(),
    )
