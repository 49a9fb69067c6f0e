"""Reads of rule sets. A stored version never changes its content, so a loaded one is kept."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy import bindparam, case, or_, select
from sqlalchemy.orm import defer

from talentsvc.extensions.database import db
from talentsvc.policy.models import StoredRuleSet
from talentsvc.policy.rules.schema import load_rule_set
from talentsvc.policy.rules.shapes import RuleSet
from talentsvc.policy.terms import RuleSetStatus

#: Loaded rule sets by id: an id never gets another content, so nothing goes stale.
_CACHED = 32
#: Order of the list at the desk.
_RANKS = {RuleSetStatus.ACTIVE: 0, RuleSetStatus.DRAFT: 1}


def rule_set_in_force(on: date) -> StoredRuleSet | None:
    """The rule set that judges an application filed on a day, or None when there is none."""
    return db.session.execute(_IN_FORCE, {"on": on}).scalar_one_or_none()


#: Without its content, which `rules_of` keeps.
_IN_FORCE = (
    select(StoredRuleSet)
    .options(defer(StoredRuleSet.content))
    .where(
        StoredRuleSet.status == RuleSetStatus.ACTIVE,
        StoredRuleSet.effective_from <= bindparam("on"),
        or_(
            StoredRuleSet.effective_until.is_(None),
            StoredRuleSet.effective_until >= bindparam("on"),
        ),
    )
)


@lru_cache(maxsize=_CACHED)
def rules_of(rule_set_id: UUID) -> RuleSet:
    """The rules of a stored version, kept: its content never changes. Errors: NoResultFound."""
    content = db.session.execute(
        select(StoredRuleSet.content).where(StoredRuleSet.id == rule_set_id)
    ).scalar_one()
    return load_rule_set(content)


def rule_sets() -> list[StoredRuleSet]:
    """Every stored version without its content: in force, then drafts, then retired, newest first."""
    statement = (
        select(StoredRuleSet)
        .options(defer(StoredRuleSet.content))
        .order_by(
            case(_RANKS, value=StoredRuleSet.status, else_=len(_RANKS)),
            StoredRuleSet.effective_from.desc(),
            StoredRuleSet.version.desc(),
            StoredRuleSet.id,
        )
    )
    return list(db.session.execute(statement).scalars())


def stored_rule_set(rule_set_id: UUID) -> StoredRuleSet | None:
    """One stored version without its content, None for an unknown id."""
    return db.session.get(StoredRuleSet, rule_set_id, options=[defer(StoredRuleSet.content)])
