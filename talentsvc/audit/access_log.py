"""Who looked: written on a connection of its own, before what was asked for is shown.

A page that cannot write this down does not show the thing (decisions.md, "Reading and writing").
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import insert

from talentsvc.access.actor import Actor
from talentsvc.audit.models import AccessLog
from talentsvc.audit.terms import LookKind, SubjectKind
from talentsvc.core.clock import now
from talentsvc.core.ids import uuid7
from talentsvc.extensions.current import request_reference
from talentsvc.extensions.database import db


def note_look(
    kind: LookKind,
    subject_kind: SubjectKind,
    subject_id: UUID,
    detail: str,
    *,
    actor: Actor,
    acting_as: str,
) -> None:
    """Write down a look. Errors: whatever the database raises; the caller must not catch it."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(
            insert(AccessLog).values(
                id=uuid7(),
                at=now(),
                actor_account_id=actor.account_id,
                actor_person_id=actor.person_id,
                acting_as=acting_as,
                kind=kind,
                subject_kind=subject_kind,
                subject_id=subject_id,
                detail=detail,
                request_reference=request_reference(),
            )
        )
