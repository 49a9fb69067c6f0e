"""A file is taken back; its row stays, so that a frozen copy can still name it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.save_step import own_case
from talentsvc.cards.drafting import editable_items
from talentsvc.cards.models import Evidence
from talentsvc.core.errors import NotAllowedNow, NotFoundHere
from talentsvc.extensions.database import db
from talentsvc.files.actions.remove_file import remove_file
from talentsvc.files.models import StoredFile


def remove_evidence(
    application_id: UUID, evidence_id: UUID, *, actor: Actor, at: datetime
) -> Evidence:
    """Take a file back. Before anything was filed nobody else has seen it, so its bytes go as well.

    Errors: NotFoundHere, NotAllowedNow.
    """
    case = own_case(application_id, actor=actor, at=at)
    evidence = db.session.get(Evidence, evidence_id)
    if (
        evidence is None
        or evidence.application_id != application_id
        or evidence.removed_at is not None
    ):
        raise NotFoundHere()
    if evidence.item_code not in editable_items(case.application, frozenset({evidence.item_code})):
        raise NotAllowedNow(case.state, "remove_evidence")
    evidence.removed_at = at
    case.application.updated_at = at
    stored = db.session.get(StoredFile, evidence.file_id)
    if case.application.filed_at is None and stored is not None:
        remove_file(stored, at=at)
    db.session.flush()
    return evidence
