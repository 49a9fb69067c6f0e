"""The example policy, in force in the database."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from talentsvc.access.actor import SYSTEM
from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.policy.actions.store_rule_set import store_rule_set
from talentsvc.policy.models import StoredRuleSet
from talentsvc.policy.terms import RuleSetStatus
from tests.policy.applicants import CONTENT


@pytest.fixture
def rule_set_id(app: Flask) -> UUID:
    """The version in force; it stays for the next test, since a stored version never changes."""
    with app.app_context(), unit_of_work():
        active = db.session.execute(
            select(StoredRuleSet).where(StoredRuleSet.status == RuleSetStatus.ACTIVE)
        ).scalar_one_or_none()
        if active is None:
            active = store_rule_set(CONTENT, is_active=True, actor=SYSTEM, at=now())
        return active.id
