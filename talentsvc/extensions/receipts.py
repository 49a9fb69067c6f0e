"""Receipts of forms: the second click of a button gets the answer of the first (guarantees.md G8).

Each rendered form carries 128 random bits. The POST writes them first, in its own transaction, under
a unique key; a second POST waits on that key and is sent where the first one went.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.core.clock import now
from talentsvc.extensions.database import Model, db


class FormReceipt(Model):
    """One answered form; receipts go after 48 hours."""

    __tablename__ = "form_receipt"

    form_id: Mapped[str] = mapped_column(
        primary_key=True, comment="128 random bits of the rendered form"
    )
    holder: Mapped[str] = mapped_column(
        primary_key=True, comment="sign-in id or the visitor's cookie id"
    )
    endpoint: Mapped[str] = mapped_column(primary_key=True, comment="the route that answered")
    subject: Mapped[str] = mapped_column(primary_key=True, comment="the path that was posted to")
    location: Mapped[str | None] = mapped_column(comment="where the first answer redirected")
    created_at: Mapped[datetime] = mapped_column(index=True, comment="when it was answered")


_receipts: Any = FormReceipt.__table__
# Written with each form that is sent, so they are built once, and without the session's own layer.
_CLAIM = insert(_receipts).on_conflict_do_nothing().returning(_receipts.c.form_id)
_SETTLE = (
    _receipts.update()
    .where(
        _receipts.c.form_id == bindparam("of_form"),
        _receipts.c.holder == bindparam("of_holder"),
        _receipts.c.endpoint == bindparam("of_endpoint"),
        _receipts.c.subject == bindparam("of_subject"),
    )
    .values(location=bindparam("went_to"))
)


def new_form_id() -> str:
    """128 random bits, as text for a hidden field."""
    return secrets.token_urlsafe(16)


def claim_receipt(form_id: str, holder: str, endpoint: str, subject: str) -> bool:
    """Take the form for this request; False when another request has answered it.

    Waits while that other request is still at work: its unique key is not yet committed.
    """
    claim = {
        "form_id": form_id,
        "holder": holder,
        "endpoint": endpoint,
        "subject": subject,
        "location": None,
        "created_at": now(),
    }
    return db.session.execute(_CLAIM, claim).scalar_one_or_none() is not None


def _same(form_id: str, holder: str, endpoint: str, subject: str) -> tuple[object, ...]:
    return (
        FormReceipt.form_id == form_id,
        FormReceipt.holder == holder,
        FormReceipt.endpoint == endpoint,
        FormReceipt.subject == subject,
    )


def receipt_location(form_id: str, holder: str, endpoint: str, subject: str) -> str | None:
    """Where the first answer of this form went."""
    statement = select(FormReceipt.location).where(*_same(form_id, holder, endpoint, subject))  # type: ignore[arg-type]
    return db.session.execute(statement).scalar_one_or_none()


def settle_receipt(
    form_id: str, holder: str, endpoint: str, subject: str, location: str | None
) -> None:
    """Remember where the answer went; a failed validation (None) keeps no receipt."""
    if location is None:
        same = _same(form_id, holder, endpoint, subject)
        db.session.execute(delete(FormReceipt).where(*same))  # type: ignore[arg-type]
        return
    key = {
        "of_form": form_id,
        "of_holder": holder,
        "of_endpoint": endpoint,
        "of_subject": subject,
    }
    db.session.execute(_SETTLE, {**key, "went_to": location})


def drop_receipts_before(moment: datetime) -> None:
    """Forget receipts older than a moment."""
    db.session.execute(delete(FormReceipt).where(FormReceipt.created_at < moment))
