"""Consents, each for one purpose and one version of the notice (PIPL 14, 23, 29; facts.md 6.1)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.extensions.database import db
from talentsvc.people.models import ConsentRecord
from talentsvc.people.terms import PRIVACY_NOTICE_VERSION, ConsentPurpose


def give_consents(
    *,
    account_id: UUID,
    person_id: UUID | None,
    purposes: Collection[ConsentPurpose],
    subject_id: UUID | None,
    actor: Actor,
    at: datetime,
    notice_version: str = PRIVACY_NOTICE_VERSION,
) -> list[ConsentRecord]:
    """Write down the consents that are not in force yet for this case and version; returns the new ones.

    `subject_id` is the case they are given for. One that was withdrawn may be given again: a new row.
    """
    in_force = set(
        db.session.execute(
            select(ConsentRecord.purpose).where(
                ConsentRecord.account_id == account_id,
                ConsentRecord.subject_id == subject_id,
                ConsentRecord.notice_version == notice_version,
                ConsentRecord.withdrawn_at.is_(None),
            )
        ).scalars()
    )
    given = [
        ConsentRecord(
            account_id=account_id,
            person_id=person_id,
            purpose=purpose,
            notice_version=notice_version,
            subject_id=subject_id,
            given_at=at,
        )
        for purpose in sorted(set(purposes) - in_force)
    ]
    if given:
        db.session.add_all(given)
        db.session.flush()
        after = {
            "purposes": [consent.purpose.value for consent in given],
            "notice_version": notice_version,
        }
        record(SubjectKind.ACCOUNT, account_id, "give_consents", actor=actor, at=at, after=after)
    return given
