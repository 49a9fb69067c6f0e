"""Recording a person: one person an account, one document a person."""

import secrets
from datetime import date

import pytest
from sqlalchemy import func, select

from talentsvc.accounts.models import Account
from talentsvc.audit.models import AuditEntry
from talentsvc.audit.verify import verify_audit
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.core.identity_numbers import DocumentKind
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.people import queries
from talentsvc.people.models import IdentityDocument, Person
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskKind
from tests.people.world import (
    BORN,
    actor_of,
    add_account,
    add_person,
    record_person,
    resident,
    sent,
    sign_in,
    someone,
    typed,
)


def documents(person: Person) -> list[tuple[str, str, bool]]:
    return [
        (found.kind.value, found.number, found.is_primary)
        for found in queries.documents_of(person.id)
    ]


def test_a_person_is_kept_sealed_findable_and_masked(app_context):
    with unit_of_work():
        account = add_account()
        person = add_person(
            account,
            document_number=resident(1).lower(),
            phone="138 1234 5678",
            name_latin="OUYANG Xue",
        )
    assert account.person_id == person.id
    assert (person.phone, person.birth_on) == ("+8613812345678", BORN)
    document = queries.primary_document(person.id)
    assert document is not None
    assert resident(1).encode() not in document.number_sealed
    assert document.number == resident(1)
    assert queries.masked_document(person) == resident(1)[:3] + "*" * 13 + resident(1)[-2:]
    assert person.sort_key.startswith("ou yang xue")
    assert queries.person_by_document(DocumentKind.RESIDENT_ID, f" {resident(1)} ") == person


def test_the_record_names_no_value_of_the_person(app_context):
    with unit_of_work():
        person = add_person(add_account(), document_number=resident(1))
    entry = db.session.execute(
        select(AuditEntry).where(AuditEntry.action == "record_person")
    ).scalar_one()
    assert entry.change["after"] == {"nationality": "CN", "document_kind": "resident_id"}
    assert set(entry.commitments) == {"name", "document_number", "phone", "birth_on"}
    assert resident(1) not in str(entry.commitments)
    assert person.name not in str(entry.change)
    assert list(verify_audit()) == []


def test_a_mistyped_number_is_corrected_and_leaves_nothing_behind(app_context):
    with unit_of_work():
        account = add_account()
        add_person(account, document_number=resident(1))
    with unit_of_work():
        person = add_person(account, document_number=resident(3), name="欧阳雪晴")
    assert documents(person) == [("resident_id", resident(3), True)]
    assert person.name == "欧阳雪晴"
    assert db.session.execute(select(func.count()).select_from(Person)).scalar_one() == 1
    assert queries.person_by_document(DocumentKind.RESIDENT_ID, resident(1)) is None


def test_a_new_passport_keeps_the_old_one_and_may_be_changed_back(app_context):
    passport = {"document_kind": DocumentKind.PASSPORT, "nationality": "DE", "birth_on": BORN}
    with unit_of_work():
        account = add_account()
        add_person(account, document_number="C01X00T47", **passport)
    with unit_of_work():
        person = add_person(account, document_number="C99Y11T22", **passport)
    assert documents(person) == [("passport", "C99Y11T22", True), ("passport", "C01X00T47", False)]
    with unit_of_work():
        add_person(
            account, document_number="C01X00T47", document_valid_until=date(2035, 1, 1), **passport
        )
    assert documents(person) == [("passport", "C01X00T47", True), ("passport", "C99Y11T22", False)]


def test_another_kind_of_document_stands_beside_the_first(app_context):
    """A 2017 card of permanent residence and its 2023 number are one person's (facts.md 8b, 16)."""
    with unit_of_work():
        account = add_account()
        add_person(
            account,
            nationality="US",
            document_kind=DocumentKind.FOREIGN_PERMANENT_2017,
            document_number="USA130185010101",
            birth_on=date(1985, 1, 1),
        )
    with unit_of_work():
        person = add_person(
            account,
            nationality="US",
            document_kind=DocumentKind.FOREIGN_PERMANENT_2023,
            document_number="932682198501010017",
        )
    assert [kind for kind, _number, _primary in documents(person)] == [
        "foreign_permanent_2023",
        "foreign_permanent_2017",
    ]


def test_the_same_passport_number_of_two_states_is_two_persons(app_context):
    passport = {
        "document_kind": DocumentKind.PASSPORT,
        "document_number": "AB1234567",
        "birth_on": BORN,
    }
    with unit_of_work():
        german = add_person(add_account(), nationality="DE", **passport)
        french = add_person(add_account(), nationality="FR", **passport)
    assert german.id != french.id
    assert queries.person_by_document(DocumentKind.PASSPORT, "AB1234567") is None
    assert queries.person_by_document(DocumentKind.PASSPORT, "AB1234567", "FR") == french


def test_a_number_of_another_is_refused_and_nothing_changes(app_context):
    with unit_of_work():
        holder = add_person(add_account(), document_number=resident(1))
        newcomer = add_account()
    with pytest.raises(InvalidInput) as caught, unit_of_work():
        record_person(account=newcomer, **typed(), actor=actor_of(newcomer), at=now())
    assert (caught.value.field, caught.value.code) == ("document_number", "belongs_to_another")
    assert str(holder.id) not in str(caught.value)
    assert db.session.get(Account, newcomer.id).person_id is None


def test_a_person_without_an_account_is_not_taken_over_either(app_context):
    with unit_of_work():
        holder_account = add_account()
        add_person(holder_account, document_number=resident(1))
        holder_account.person_id = None
    with unit_of_work():
        newcomer = add_account()
    with pytest.raises(InvalidInput), unit_of_work():
        add_person(newcomer, document_number=resident(1))


def identity(**changed) -> dict:
    return sent(
        name="欧阳雪",
        nationality="CN",
        document_kind="resident_id",
        document_number=resident(1),
        phone="13812345678",
        sex="unknown",
        **changed,
    )


def test_the_desk_gets_a_task_and_the_applicant_only_a_sentence(app, client):
    holder = someone(app, "赵真实", document_number=resident(1))
    newcomer = someone(app, "欧阳雪", has_person=False)
    sign_in(app, client, newcomer)
    answer = client.post("/employers/identity?next=join", data=identity())
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "赵真实" not in page
    assert str(holder.person_id) not in page
    assert resident(1) in page, "what was typed is kept"
    again = client.post("/employers/identity?next=join", data=identity())
    assert again.status_code == 422
    with app.app_context():
        task = db.session.execute(
            select(Task).where(Task.kind == TaskKind.DUPLICATE_DOCUMENT)
        ).scalar_one()
        assert (task.subject_id, task.owner_role) == (holder.person_id, "clerk")
        assert task.params == {"account_id": str(newcomer.account_id)}
        assert db.session.get(Account, newcomer.account_id).person_id is None


def test_a_race_that_passes_the_look_up_ends_at_the_constraint_with_the_same_sentence(
    app, client, monkeypatch
):
    someone(app, "赵真实", document_number=resident(1))
    sign_in(app, client, someone(app, "欧阳雪", has_person=False))
    monkeypatch.setattr(
        "talentsvc.people.actions.record_person._refuse_number_of_another", lambda *_args: None
    )
    answer = client.post("/employers/identity", data=identity())
    assert answer.status_code == 422
    assert "error-summary" in answer.get_data(as_text=True)
    with app.app_context():
        assert (
            db.session.execute(select(func.count()).select_from(IdentityDocument)).scalar_one() == 1
        )


def test_a_second_click_records_one_person(app, client):
    sign_in(app, client, someone(app, has_person=False))
    form = identity() | {"form_id": secrets.token_urlsafe(16)}
    first, second = (client.post("/employers/identity?next=register", data=form) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location == "/employers/register"
    with app.app_context():
        assert db.session.execute(select(func.count()).select_from(Person)).scalar_one() == 1
