"""A person has a failed message sent once more; that settles the task it became."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.notices.actions.resend import resend
from talentsvc.notices.models import Notice
from talentsvc.tasks.actions.settle_causes import settle_causes
from talentsvc.tasks.queries import KIND_OF_FAILURE
from talentsvc.tasks.terms import Settlement


def send_notice_again(
    notice_id: UUID, *, actor: Actor, at: datetime, address: str | None = None
) -> Notice:
    """Queue it again, to `address` if the person has a newer one. Errors: NotFoundHere, NotAllowedNow."""
    notice = resend(notice_id, actor=actor, at=at, address=address)
    for kind in KIND_OF_FAILURE.values():
        settle_causes(
            f"{kind.value}:{notice_id}:", settlement=Settlement.SENT_AGAIN, actor=actor, at=at
        )
    return notice
