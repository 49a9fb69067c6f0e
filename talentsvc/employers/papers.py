"""The papers of an employer: licence and letters, and giving them out with a note of who looked."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask import Response

from talentsvc.access.actor import Actor
from talentsvc.audit.access_log import note_look
from talentsvc.audit.terms import LookKind, SubjectKind
from talentsvc.core.errors import NotFoundHere
from talentsvc.employers.models import Employer, EmployerAgent
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.files.queries import files_by_id
from talentsvc.files.serving import file_response


def papers_of(employer: Employer, agents: Iterable[EmployerAgent]) -> dict[UUID, StoredFile]:
    """The stored files of an employer and these authorisations, by id. One query, none without papers."""
    wanted = {employer.licence_file_id, *(agent.authorisation_file_id for agent in agents)} - {None}
    return files_by_id(file_id for file_id in wanted if file_id) if wanted else {}


def paper_response(
    employer: Employer, file_id: UUID | None, what: str, variant: str | None, actor: Actor
) -> Response:
    """A paper, or a preview of it, once it is written down who opened it. Errors: NotFoundHere."""
    stored = db.session.get(StoredFile, file_id) if file_id else None
    if stored is None or stored.removed_at is not None:
        raise NotFoundHere()
    detail = f"{what}:{stored.id}"
    note_look(
        LookKind.FILE,
        SubjectKind.EMPLOYER,
        employer.id,
        detail,
        actor=actor,
        acting_as=actor.acting_as,
    )
    return file_response(stored, variant)
