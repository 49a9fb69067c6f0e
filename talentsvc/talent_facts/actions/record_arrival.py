"""Recording that somebody began to work in the zone (decisions.md, "Statistics")."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from talentsvc.core.clock import local_date
from talentsvc.core.errors import InvalidInput
from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.talent_facts.models import ArrivalFact
from talentsvc.talent_facts.terms import FactSource


def record_arrival(
    *,
    person_id: UUID,
    employer_id: UUID | None,
    arrived_on: date,
    source: FactSource,
    source_id: UUID,
    at: datetime,
) -> ArrivalFact:
    """Write down an arrival once for each proof; the same proof again gives the fact already there.

    `arrived_on` is the contract's start or the first insurance month, never the day a card was issued.
    A fact is not changed: a correction is a new fact from another source.
    Errors: InvalidInput for a day in the future, since nobody has arrived then.
    """
    if arrived_on > local_date(at):
        raise InvalidInput("arrived_on", "future")
    db.session.execute(
        insert(ArrivalFact)
        .values(
            id=uuid7(),
            person_id=person_id,
            employer_id=employer_id,
            arrived_on=arrived_on,
            source=source,
            source_id=source_id,
            recorded_at=at,
        )
        .on_conflict_do_nothing(constraint="uq_arrival_fact_source")
    )
    return db.session.execute(
        select(ArrivalFact).where(ArrivalFact.source == source, ArrivalFact.source_id == source_id)
    ).scalar_one()
