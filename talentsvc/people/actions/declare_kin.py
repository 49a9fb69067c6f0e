"""Declaring kin, so that nobody decides about a member of the family (guarantees.md G3)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.people.models import Kinship, Person
from talentsvc.people.terms import KinRelation


def declare_kin(
    *, person_id: UUID, kin_id: UUID, relation: KinRelation, actor: Actor, at: datetime
) -> None:
    """Write down that `kin_id` is `person_id`'s spouse, parent …; declaring it again changes the relation.

    It holds in both directions and is not taken back: whoever could withdraw it could decide after all.
    Errors: InvalidInput for kin of oneself, NotFoundHere for an unknown person.
    """
    if person_id == kin_id:
        raise InvalidInput("relation", "oneself")
    known = (
        db.session.execute(select(Person.id).where(Person.id.in_((person_id, kin_id))))
        .scalars()
        .all()
    )
    if len(known) != 2:
        raise NotFoundHere()
    values = {
        "id": uuid7(),
        "person_id": person_id,
        "kin_id": kin_id,
        "relation": relation,
        "declared_at": at,
    }
    db.session.execute(
        insert(Kinship)
        .values(**values)
        .on_conflict_do_update(
            constraint="uq_kinship_pair", set_={"relation": relation, "declared_at": at}
        )
    )
    for subject in (person_id, kin_id):
        record(
            SubjectKind.PERSON,
            subject,
            "declare_kin",
            actor=actor,
            at=at,
            after={"relation": relation.value},
        )
