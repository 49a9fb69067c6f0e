"""Writing an arrival: once per source, corrections are new facts."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.talent_facts.models import ArrivalFact
from talentsvc.talent_facts.terms import FactSource


def record_arrival(
    *, person_id: UUID, employer_id: UUID | None, arrived_on: date, source: FactSource, source_id: UUID, at: datetime
) -> bool:
    """Write the fact unless the same source told it already. Returns whether it is new."""
    written = db.session.execute(
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
        .returning(ArrivalFact.id)
    ).scalar_one_or_none()
    return written is not None
