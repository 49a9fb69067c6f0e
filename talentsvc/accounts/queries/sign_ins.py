"""Reads of sign-ins, for their owner and the security administrator."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from talentsvc.accounts.models import SignIn
from talentsvc.accounts.queries import is_over
from talentsvc.extensions.current import current_settings
from talentsvc.extensions.database import db


def open_sign_ins(account_id: UUID, at: datetime) -> list[SignIn]:
    """Sign-ins of an account that are not over, the latest first."""
    settings = current_settings()
    statement = (
        select(SignIn)
        .where(
            SignIn.account_id == account_id,
            SignIn.ended_at.is_(None),
            SignIn.created_at > at - settings.sign_in_absolute,
        )
        .order_by(SignIn.created_at.desc(), SignIn.id)
    )
    return [
        row for row in db.session.execute(statement).scalars() if not is_over(row, settings, at)
    ]


def past_sign_ins(account_id: UUID, at: datetime, most: int = 20) -> list[SignIn]:
    """Sign-ins of an account that are over, the latest first."""
    settings = current_settings()
    statement = (
        select(SignIn)
        .where(SignIn.account_id == account_id)
        .order_by(SignIn.created_at.desc(), SignIn.id)
        .limit(most * 2)
    )
    over = [row for row in db.session.execute(statement).scalars() if is_over(row, settings, at)]
    return over[:most]


def last_sign_ins(account_ids: list[UUID]) -> dict[UUID, datetime]:
    """When each of some accounts last signed in."""
    statement = (
        select(SignIn.account_id, func.max(SignIn.created_at))
        .where(SignIn.account_id.in_(account_ids))
        .group_by(SignIn.account_id)
    )
    return {account_id: at for account_id, at in db.session.execute(statement)}
