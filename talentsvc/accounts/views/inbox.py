"""The inbox: every message of an account that is not a secret."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.route import requires
from talentsvc.accounts.actions.read_notices import read_notices
from talentsvc.accounts.queries.inbox import inbox_of, notice_in_inbox, unread_count
from talentsvc.accounts.views import blueprint
from talentsvc.accounts.views.own import own_account
from talentsvc.core.clock import now
from talentsvc.extensions.forms import ActionForm
from talentsvc.extensions.language import chosen_language
from talentsvc.notices.models import Notice
from talentsvc.notices.rendering import render_texts


@dataclass(frozen=True)
class Message:
    """A message as read: in the language of the page, whatever it was sent in."""

    id: UUID
    subject: str
    text: str
    at: datetime
    is_read: bool


def _message(notice: Notice) -> Message:
    params = json.loads(notice.params_json) if notice.params_json else {}
    subject, text = render_texts(notice.kind, chosen_language(), params)
    return Message(notice.id, subject, text, notice.queued_at, notice.read_at is not None)


@blueprint.get("/inbox")
@requires("inbox.read")
def inbox() -> Any:
    """All messages, the latest first."""
    account = own_account()
    page = inbox_of(account.id, request.args.get("cursor"))
    return render_template(
        "accounts/inbox.html",
        page=page,
        messages=[_message(notice) for notice in page.items],
        unread=unread_count(account.id),
        button=ActionForm(),
    )


@blueprint.get("/inbox/<uuid:notice_id>")
@requires("inbox.read")
def message(notice_id: UUID) -> Any:
    """One message; looking at it writes nothing."""
    notice = notice_in_inbox(own_account().id, notice_id)
    return render_template("accounts/message.html", message=_message(notice), button=ActionForm())


@blueprint.post("/inbox/<uuid:notice_id>/read")
@requires("inbox.read")
def read_message(notice_id: UUID) -> Any:
    """Open a message and mark it as read."""
    account = own_account()
    notice = notice_in_inbox(account.id, notice_id)
    read_notices(account.id, at=now(), only=notice.id)
    return redirect(url_for("accounts.message", notice_id=notice.id), 303)


@blueprint.post("/inbox/read-all")
@requires("inbox.read")
def read_all_messages() -> Any:
    """Mark the whole inbox as read."""
    read_notices(own_account().id, at=now())
    flash(_("All messages are marked as read."), "success")
    return redirect(url_for("accounts.inbox"), 303)
