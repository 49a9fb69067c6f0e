"""Receipts of forms: the second click of a button gets the answer of the first (guarantees.md G8).

Each rendered form carries 128 random bits. The POST writes them first, in its own transaction, under
a unique key; a second POST waits on that key and is sent where the first one went.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, select
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


def new_form_id() -> str:
    """128 random bits, as text for a hidden field."""
    return secrets.token_urlsafe(16)


def claim_receipt(form_id: str, holder: str, endpoint: str, subject: str) -> bool:
    """Take the form for this request; False when another request has answered it.

    Waits while that other request is still at work: its unique key is not yet committed.
    """
    claimed = db.session.execute(
        insert(FormReceipt)
        .values(
            form_id=form_id, holder=holder, endpoint=endpoint, subject=subject, created_at=now()
        )
        .on_conflict_do_nothing()
        .returning(FormReceipt.form_id)
    ).scalar_one_or_none()
    return claimed is not None


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
    same = _same(form_id, holder, endpoint, subject)
    if location is None:
        db.session.execute(delete(FormReceipt).where(*same))  # type: ignore[arg-type]
        return
    db.session.execute(FormReceipt.__table__.update().where(*same).values(location=location))  # type: ignore[attr-defined]


def drop_receipts_before(moment: datetime) -> None:
    """Forget receipts older than a moment."""
    db.session.execute(delete(FormReceipt).where(FormReceipt.created_at < moment))
