"""Storing a rule set: checked whole, kept with the hash of its content, and never changed after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.canonical import digest
from talentsvc.core.errors import InvalidInput
from talentsvc.extensions.database import db
from talentsvc.policy.models import StoredRuleSet
from talentsvc.policy.rules.schema import load_rule_set
from talentsvc.policy.terms import RuleSetStatus


def store_rule_set(
    content: Mapping[str, Any], *, is_active: bool, actor: Actor, at: datetime
) -> StoredRuleSet:
    """Store a version; an active one takes the place of the one in force.

    Errors: InvalidRuleSet with every problem, nothing half-checked is ever stored; InvalidInput for a
    version that is not newer than the stored ones, since verdicts name it.
    """
    rules = load_rule_set(dict(content))
    last = db.session.execute(
        select(func.max(StoredRuleSet.version)).where(StoredRuleSet.code == rules.code)
    ).scalar_one()
    if rules.version <= (last or 0):
        raise InvalidInput("version", "version_exists", last=last)
    if is_active:
        _retire_current()
    stored = StoredRuleSet(
        code=rules.code,
        version=rules.version,
        status=RuleSetStatus.ACTIVE if is_active else RuleSetStatus.DRAFT,
        is_example=rules.is_example,
        title_zh=rules.title_zh,
        title_en=rules.title_en,
        effective_from=rules.effective_from,
        effective_until=rules.effective_until,
        content=dict(content),
        content_sha256=digest(dict(content)),
        created_at=at,
        approved_by_account_id=actor.account_id if is_active else None,
    )
    db.session.add(stored)
    db.session.flush()
    record(
        SubjectKind.RULE_SET,
        stored.id,
        "activate" if is_active else "store",
        actor=actor,
        at=at,
        after={
            "code": stored.code,
            "version": stored.version,
            "sha256": stored.content_sha256.hex(),
        },
    )
    return stored


def _retire_current() -> None:
    """Make room for another rule set in force; there is never more than one."""
    statement = select(StoredRuleSet).where(StoredRuleSet.status == RuleSetStatus.ACTIVE)
    for current in db.session.execute(statement.with_for_update()).scalars():
        current.status = RuleSetStatus.RETIRED
    db.session.flush()
