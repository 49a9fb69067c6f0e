"""Consents: each purpose by itself, once for a case and a version, withdrawn by a date (facts.md 6.1)."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from talentsvc.audit.models import AuditEntry
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.people.actions.declare_kin import declare_kin
from talentsvc.people.actions.give_consents import give_consents
from talentsvc.people.actions.withdraw_consent import withdraw_consent
from talentsvc.people.queries import consents_in_force
from talentsvc.people.terms import ConsentPurpose, KinRelation
from tests.people.world import actor_of, add_account, add_person

READ, IMAGES = ConsentPurpose.NOTICE_READ, ConsentPurpose.SENSITIVE_IMAGES


def give(account, *purposes, case=None, **more):
    return give_consents(
        account_id=account.id,
        person_id=None,
        purposes=purposes,
        subject_id=case,
        actor=actor_of(account),
        at=now(),
        **more,
    )


def test_a_consent_is_written_once_for_a_case_and_anew_for_a_new_notice(app_context):
    case = uuid4()
    with unit_of_work():
        account = add_account()
        assert len(give(account, READ, IMAGES, case=case)) == 2
    with unit_of_work():
        assert give(account, READ, case=case) == []
        assert len(give(account, READ, case=uuid4())) == 1
        assert len(give(account, READ, case=case, notice_version="2027-01")) == 1
    assert consents_in_force(account.id, case) == {READ, IMAGES}


def test_a_withdrawn_consent_is_not_in_force_and_may_be_given_again(app_context):
    with unit_of_work():
        account = add_account()
        give(account, READ, IMAGES)
    with unit_of_work():
        withdraw_consent(
            account_id=account.id,
            purpose=IMAGES,
            subject_id=None,
            actor=actor_of(account),
            at=now(),
        )
    assert consents_in_force(account.id, None) == {READ}
    with pytest.raises(NotFoundHere), unit_of_work():
        withdraw_consent(
            account_id=account.id,
            purpose=IMAGES,
            subject_id=None,
            actor=actor_of(account),
            at=now(),
        )
    with unit_of_work():
        assert len(give(account, IMAGES)) == 1
    assert consents_in_force(account.id, None) == {READ, IMAGES}
    actions = set(db.session.execute(select(AuditEntry.action)).scalars())
    assert {"give_consents", "withdraw_consent"} <= actions


def test_nobody_is_kin_of_himself_or_of_a_stranger(app_context):
    with unit_of_work():
        account = add_account()
        person = add_person(account)
    values = {
        "person_id": person.id,
        "relation": KinRelation.SPOUSE,
        "actor": actor_of(account),
        "at": now(),
    }
    with pytest.raises(InvalidInput), unit_of_work():
        declare_kin(kin_id=person.id, **values)
    with pytest.raises(NotFoundHere), unit_of_work():
        declare_kin(kin_id=uuid4(), **values)
