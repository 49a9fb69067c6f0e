"""Reads of staff accounts and their roles, for the security administrator."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from talentsvc.accounts.models import Account, RoleGrant
from talentsvc.core.errors import NotFoundHere
from talentsvc.core.paging import Key, PageOf, keyset
from talentsvc.extensions.database import db


def staff_accounts(cursor: str | None, size: int = 50) -> PageOf[Account]:
    """Accounts that hold, held or will hold a role, by name."""
    statement = select(Account).where(Account.id.in_(select(RoleGrant.account_id)))
    return keyset(db.session, statement, (Key(Account.display_name), Key(Account.id)), cursor, size)


def grants_of(account_ids: list[UUID]) -> dict[UUID, list[RoleGrant]]:
    """All role grants of some accounts, the latest first."""
    found: dict[UUID, list[RoleGrant]] = {account_id: [] for account_id in account_ids}
    statement = (
        select(RoleGrant)
        .where(RoleGrant.account_id.in_(account_ids))
        .order_by(RoleGrant.starts_at.desc(), RoleGrant.id)
    )
    for grant in db.session.execute(statement).scalars():
        found[grant.account_id].append(grant)
    return found


def grant_of(grant_id: UUID) -> RoleGrant:
    """One grant. Errors: NotFoundHere."""
    grant = db.session.get(RoleGrant, grant_id)
    if grant is None:
        raise NotFoundHere()
    return grant
