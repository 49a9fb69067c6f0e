"""Papers of a registration: stored first, and kept while the rest of the form is mended.

A refused form comes back with a signed note of the files it brought, so that nobody uploads twice.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import Field, FileField, HiddenField

from talentsvc.access.actor import Actor
from talentsvc.extensions.database import db
from talentsvc.files.actions.store_file import store_file
from talentsvc.files.models import StoredFile
from talentsvc.files.refusals import refusal_sentence
from talentsvc.files.rules.checks import DOCUMENTS, UploadLimits
from talentsvc.files.rules.refusals import RefusedFile
from talentsvc.files.terms import FilePurpose

#: Two papers in one request stay below the largest request that the server takes.
LIMITS = UploadLimits(max_bytes=9 * 1024 * 1024)
ACCEPT = ".pdf,.jpg,.jpeg,.png"


def take_upload(
    field: FileField, kept: HiddenField, purpose: FilePurpose, *, actor: Actor, at: datetime
) -> StoredFile | None:
    """Store what was chosen, else find what an earlier try brought; None when there is neither.

    A file that is refused puts its sentence on the field and leaves the one before it in place.
    """
    chosen = field.data
    if chosen is None or not getattr(chosen, "filename", ""):
        return kept_file(kept, purpose, actor)
    try:
        stored = store_file(
            purpose=purpose,
            holder_person_id=actor.person_id,
            holder_account_id=actor.account_id,
            name=chosen.filename,
            data=chosen.stream.read(),
            accepts=DOCUMENTS,
            limits=LIMITS,
            is_sensitive=purpose is FilePurpose.AUTHORISATION,
            at=at,
        )
    except RefusedFile as refused:
        add_error(field, refusal_sentence(refused))
        return kept_file(kept, purpose, actor)
    kept.data = _notes().dumps([str(stored.id), str(actor.account_id)])
    return stored


def kept_file(kept: Field, purpose: FilePurpose, actor: Actor) -> StoredFile | None:
    """The file that an earlier try of this account's form brought; anything else counts as none."""
    try:
        file_id, account_id = _notes().loads(kept.data or "")
    except (BadSignature, ValueError):
        return None
    stored = db.session.get(StoredFile, UUID(file_id))
    if stored is None or account_id != str(actor.account_id) or stored.purpose is not purpose:
        return None
    return stored


def shown(stored: StoredFile | None) -> list[dict[str, Any]]:
    """What the page's list of files says of a stored one."""
    if stored is None:
        return []
    return [
        {
            "name": stored.original_name,
            "size": stored.byte_size,
            "scan_state": stored.scan_state,
            "pages": stored.page_count,
        }
    ]


def add_error(field: Field, sentence: Any) -> None:
    """Put a sentence on a field after its own checks."""
    field.errors = [*field.errors, sentence]


def _notes() -> URLSafeSerializer:
    return URLSafeSerializer(
        current_app.config["SECRET_KEY"], salt="kept file of an employer's form"
    )
