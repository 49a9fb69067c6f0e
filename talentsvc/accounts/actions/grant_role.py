"""Giving somebody a role for a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role, conflicting_roles
from talentsvc.accounts.actions.announce_role_change import announce_role_change
from talentsvc.accounts.models import Account, RoleGrant
from talentsvc.accounts.terms import AccountState
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import FourEyesViolated, InvalidInput, NotAllowedNow
from talentsvc.core.locking import lock_in_order
from talentsvc.extensions.database import db


def grant_role(
    account: Account,
    role: Role,
    *,
    actor: Actor,
    at: datetime,
    until: datetime | None = None,
    starts_at: datetime | None = None,
) -> RoleGrant:
    """Give a role from `starts_at` (or now) until a moment (or for good); its sign-ins end.

    The account is locked first, so that two administrators cannot give two roles that exclude each
    other at once (facts.md 6.2: system, security and audit administrator are three persons, none of
    them with a business role). The first security administrator is made with `actor=SYSTEM`.
    Errors: FourEyesViolated for oneself, NotAllowedNow for an account that is not active,
    InvalidInput ("until", "before_start"), ("role", "held"), ("role", "excluded", roles=…).
    """
    if actor.account_id == account.id:
        raise FourEyesViolated()
    lock_in_order(db.session, Account, [account.id])
    if account.state is not AccountState.ACTIVE:
        raise NotAllowedNow(account.state, "grant_role")
    begins_at = max(at, starts_at or at)
    if until is not None and until <= begins_at:
        raise InvalidInput("until", "before_start")
    _refuse_conflicts(_roles_during(account, begins_at, until), role)
    grant = RoleGrant(
        account_id=account.id,
        role=role,
        starts_at=begins_at,
        ends_at=until,
        granted_by_account_id=actor.account_id,
        created_at=at,
    )
    db.session.add(grant)
    db.session.flush()
    after = {"role": role, "starts_at": begins_at, "ends_at": until}
    record(SubjectKind.ACCOUNT, account.id, "grant_role", actor=actor, at=at, after=after)
    announce_role_change(account, actor=actor, at=at)
    return grant


def _roles_during(account: Account, begins_at: datetime, until: datetime | None) -> frozenset[Role]:
    statement = select(RoleGrant.role).where(
        RoleGrant.account_id == account.id,
        or_(RoleGrant.ends_at.is_(None), RoleGrant.ends_at > begins_at),
    )
    if until is not None:
        statement = statement.where(RoleGrant.starts_at < until)
    return frozenset(db.session.execute(statement).scalars())


def _refuse_conflicts(held: frozenset[Role], wanted: Role) -> None:
    if wanted in held:
        raise InvalidInput("role", "held")
    conflicts = conflicting_roles(held, wanted)
    if conflicts:
        raise InvalidInput("role", "excluded", roles=sorted(conflicts))
