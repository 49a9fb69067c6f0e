"""A sensitive image has been kept long enough: its bytes go, and what they were stays on record.

Found by age and deleted one by one, each in a unit of work of its own: whoever is interrupted goes
on where it stopped (guarantees.md G15).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import CLOCK
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.cards.casework import Case, lock_case
from talentsvc.cards.keeping import images_left, last_day_of, retention_days
from talentsvc.cards.models import Application, Evidence
from talentsvc.cards.rules.keeping import remedies_closed_on
from talentsvc.cards.terms import ActorClass
from talentsvc.core.clock import local_date
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.database import db
from talentsvc.files.actions.remove_file import remove_file
from talentsvc.files.models import StoredFile


def images_past_keeping(at: datetime, limit: int) -> list[UUID]:
    """Pieces of evidence whose image should be gone, the longest overdue first."""
    statement = (
        select(Evidence.id)
        .join(Application, Application.id == Evidence.application_id)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .where(
            Application.images_until < local_date(at),
            StoredFile.is_sensitive.is_(True),
            StoredFile.removed_at.is_(None),
        )
        .order_by(Application.images_until, Evidence.id)
        .limit(limit)
    )
    return list(db.session.execute(statement).scalars())


def delete_image(evidence_id: UUID, *, at: datetime) -> bool:
    """Delete one image whose day has passed. False, and nothing deleted, while it must be kept.

    The day is worked out anew under the lock: a review that was asked for meanwhile stops it.
    """
    evidence = db.session.get(Evidence, evidence_id)
    if evidence is None:
        raise NotFoundHere()
    case = lock_case(evidence.application_id)
    closed_on = remedies_closed_on(case.state, case.events, case.limits, case.calendar)
    stored = db.session.get_one(StoredFile, evidence.file_id, populate_existing=True)
    days, usual = (
        retention_days(case.application),
        case.limits.sensitive_image_retention_days,
    )
    is_due = (
        closed_on is not None
        and stored.is_sensitive
        and stored.removed_at is None
        and last_day_of(evidence.item_code, closed_on, days, usual) < local_date(at)
    )
    if is_due:
        _delete(case, evidence, stored, at)
    _write_next_day(case)
    return is_due


def _delete(case: Case, evidence: Evidence, stored: StoredFile, at: datetime) -> None:
    remove_file(stored, at=at)
    evidence.deleted_by_rule_at = at
    record(
        SubjectKind.APPLICATION,
        case.application.id,
        "delete_image",
        actor=CLOCK,
        at=at,
        after={
            "item": evidence.item_code,
            "sha256": stored.sha256.hex(),
            "media_type": stored.media_type,
            "scan_state": stored.scan_state,
        },
        acting_as=ActorClass.CLOCK.value,
    )


def _write_next_day(case: Case) -> None:
    """Keep the nearest last day of what is left, so that the next look finds it by age."""
    db.session.flush()
    closed_on = remedies_closed_on(case.state, case.events, case.limits, case.calendar)
    days, usual = (
        retention_days(case.application),
        case.limits.sensitive_image_retention_days,
    )
    left = [
        last_day_of(evidence.item_code, closed_on, days, usual)
        for evidence, _stored in images_left(case.application.id)
        if closed_on is not None
    ]
    case.application.images_until = min(left, default=None)
    db.session.flush()
