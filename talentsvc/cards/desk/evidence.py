"""Evidence at the desk: previews beside the check list, originals as attachments; each opening is written down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.audit.access_log import note_look
from talentsvc.audit.terms import LookKind, SubjectKind
from talentsvc.cards.desk import blueprint
from talentsvc.cards.evidencing import EvidenceFile, files_of
from talentsvc.cards.queries.case import case_head
from talentsvc.core.errors import NotFoundHere
from talentsvc.files.serving import file_response


@blueprint.get("/cases/<uuid:application_id>/evidence/<uuid:evidence_id>")
@requires("evidence.open")
def evidence_file(application_id: UUID, evidence_id: UUID) -> Any:
    """The original, as an attachment."""
    entry = _opened(application_id, evidence_id, "original")
    return file_response(entry.file)


@blueprint.get("/cases/<uuid:application_id>/evidence/<uuid:evidence_id>/preview")
@requires("evidence.open")
def evidence_preview(application_id: UUID, evidence_id: UUID) -> Any:
    """A picture of it, made by us."""
    entry = _opened(application_id, evidence_id, "preview")
    return file_response(entry.file, variant="preview")


def _opened(application_id: UUID, evidence_id: UUID, what: str) -> EvidenceFile:
    """The file of this case, once the opening is written down. Errors: NotFoundHere."""
    case_head(application_id)
    entry = next(
        (entry for entry in files_of(application_id) if entry.evidence.id == evidence_id), None
    )
    if entry is None:
        raise NotFoundHere()
    actor = acting()
    detail = f"{what} of {entry.evidence.item_code} {entry.evidence.position}"
    note_look(
        LookKind.FILE,
        SubjectKind.APPLICATION,
        application_id,
        detail,
        actor=actor,
        acting_as=actor.acting_as,
    )
    return entry
