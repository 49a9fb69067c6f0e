"""A person decides that a message which failed, or whose fate is unsure, is sent once more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import NotAllowedNow, NotFoundHere
from talentsvc.extensions.database import db
from talentsvc.extensions.wake import wake
from talentsvc.notices.actions.post import QUEUE, SEND_TASK
from talentsvc.notices.models import Notice
from talentsvc.notices.outcomes import queue_again
from talentsvc.notices.terms import NoticeState


def resend(notice_id: UUID, *, actor: Actor, at: datetime, address: str | None = None) -> Notice:
    """Queue it again with a full number of tries, to `address` if the person has a newer one.

    Errors: NotFoundHere; NotAllowedNow for one that is on its way, sent, settled, or wiped.
    """
    notice = db.session.get(Notice, notice_id, with_for_update=True, populate_existing=True)
    if notice is None:
        raise NotFoundHere()
    if notice.state not in {NoticeState.DEAD, NoticeState.UNSURE} or notice.params_sealed is None:
        raise NotAllowedNow(notice.state, "resend")
    before = notice.state
    has_new_address = address is not None and address != notice.address
    if has_new_address:
        notice.address = address
    notice.attempts = 0
    queue_again(notice, at=at)
    record(
        SubjectKind.NOTICE,
        notice.id,
        "resend",
        actor=actor,
        at=at,
        before={"state": before},
        after={
            "state": notice.state,
            "kind": notice.kind,
            "has_new_address": has_new_address,
        },
    )
    wake(SEND_TASK, QUEUE)
    return notice
