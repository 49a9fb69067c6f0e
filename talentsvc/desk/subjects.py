"""From the kind and id of what a message or task is about to its page at the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import url_for

from talentsvc.access.actor import current_actor
from talentsvc.audit.terms import SubjectKind
from talentsvc.tasks.models import Task
from talentsvc.tasks.queries import NOTICE_SUBJECT

#: Kind → endpoint, name of its argument, permission.
_PAGES = {
    SubjectKind.APPLICATION: ("cards_desk.case", "application_id", "cases.read"),
    SubjectKind.CARD: ("cards_desk.card", "card_id", "cards.read"),
    SubjectKind.EMPLOYER: ("employers_desk.employer", "employer_id", "employers.read"),
}


def subject_href(kind: str, subject_id: UUID) -> str | None:
    """The page of a subject; None when it has none, or none that this person may open."""
    page = _PAGES.get(SubjectKind(kind)) if kind in set(SubjectKind) else None
    if page is None or not current_actor.may(page[2]):
        return None
    arguments: dict[str, Any] = {page[1]: subject_id}
    return url_for(page[0], **arguments)


def task_href(task: Task) -> str | None:
    """The page of what a task is about; for a message, of what the message was about."""
    if task.subject_kind != NOTICE_SUBJECT:
        return subject_href(task.subject_kind, task.subject_id)
    kind, subject_id = task.params.get("about_kind", ""), task.params.get("about_id", "")
    return subject_href(kind, UUID(subject_id)) if subject_id else None
