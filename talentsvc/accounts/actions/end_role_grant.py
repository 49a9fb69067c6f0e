"""Ending a role before its time."""

from __future__ import annotations

from datetime import datetime

from talentsvc.access.actor import Actor
from talentsvc.accounts.actions.announce_role_change import announce_role_change
from talentsvc.accounts.models import Account, RoleGrant
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import FourEyesViolated, NotAllowedNow
from talentsvc.core.locking import lock_in_order
from talentsvc.extensions.database import db


def end_role_grant(grant: RoleGrant, *, actor: Actor, at: datetime) -> None:
    """End a role now; one that has not begun is taken back, and the record keeps that it was given.

    Errors: FourEyesViolated for one's own, NotAllowedNow for one that is over.
    """
    if actor.account_id == grant.account_id:
        raise FourEyesViolated()
    account = lock_in_order(db.session, Account, [grant.account_id])[0]
    db.session.refresh(grant)
    if grant.ends_at is not None and grant.ends_at <= at:
        raise NotAllowedNow("ended", "end_role_grant")
    before = {"role": grant.role, "starts_at": grant.starts_at, "ends_at": grant.ends_at}
    if grant.starts_at >= at:
        db.session.delete(grant)
    else:
        grant.ends_at = at
    db.session.flush()
    record(
        SubjectKind.ACCOUNT,
        account.id,
        "end_role_grant",
        actor=actor,
        at=at,
        before=before,
        after={"role": before["role"], "ends_at": at},
    )
    announce_role_change(account, actor=actor, at=at)
