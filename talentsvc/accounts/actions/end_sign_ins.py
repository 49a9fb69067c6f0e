"""Ending sign-ins: one, all others, or all."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from talentsvc.access.actor import Actor
from talentsvc.accounts.models import SignIn
from talentsvc.accounts.terms import SignInEnd
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.extensions.database import db


def end_sign_ins(
    account_id: UUID,
    why: SignInEnd,
    *,
    actor: Actor,
    at: datetime,
    only: UUID | None = None,
    but: UUID | None = None,
) -> int:
    """End the open sign-ins of an account, all of them or `only` one, or all `but` one.

    They are over with the commit: the next request of each cookie finds a row that has ended.
    Returns how many ended; an id of another account's sign-in ends nothing.
    """
    statement = update(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    if only is not None:
        statement = statement.where(SignIn.id == only)
    if but is not None:
        statement = statement.where(SignIn.id != but)
    ended = list(
        db.session.execute(
            statement.values(ended_at=at, ended_by=why).returning(SignIn.id)
        ).scalars()
    )
    if ended:
        after = {"why": why, "sign_in_ids": sorted(ended)}
        record(SubjectKind.ACCOUNT, account_id, "end_sign_ins", actor=actor, at=at, after=after)
    return len(ended)
