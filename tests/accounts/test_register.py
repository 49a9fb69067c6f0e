"""Registering: one address one account, nobody learns who has one, nobody registers for another."""

import threading
from datetime import timedelta

import pytest
import time_machine

from talentsvc.accounts.terms import AccountState
from talentsvc.core.clock import now
from tests.accounts.visitor import (
    EMAIL,
    PASSWORD,
    Visitor,
    account_at,
    add_account,
    body,
    counted_hashes,
    counted_statements,
    form_id,
    last_code,
    recorded,
    sent,
)

PHONE = "13800138000"


def register(visitor: Visitor, identifier: str = EMAIL, **changed):
    fields = {"display_name": "沈若禾", "identifier": identifier, "password": PASSWORD, **changed}
    return visitor.post("/register", **fields)


def test_register_by_mail_verify_and_be_in(app):
    visitor = Visitor(app)
    assert register(visitor).location == "/code"
    account = account_at(app)
    assert account.state is AccountState.UNVERIFIED
    assert account.email_verified_at is None
    [(kind, channel, address, params)] = sent(app)
    assert (kind, channel, address) == ("verify_email", "email", EMAIL)
    assert visitor.post("/code", code=params["code"]).status_code == 303
    assert visitor.is_signed_in()
    account = account_at(app)
    assert account.state is AccountState.ACTIVE
    assert account.email_verified_at is not None
    assert recorded(app, account.id) == ["create_account", "verify_account", "begin_sign_in"]


def test_register_by_mobile_number_and_sign_in_with_it_however_typed(app):
    visitor = Visitor(app)
    register(visitor, "138 0013-8000")
    [(kind, channel, address, params)] = sent(app)
    assert (kind, channel, address) == ("verify_phone", "sms", "+8613800138000")
    visitor.post("/code", code=params["code"])
    assert account_at(app, PHONE).phone_verified_at is not None
    other = Visitor(app)
    other.sign_in("+86 138 0013 8000")
    assert other.is_signed_in()


def test_the_code_is_in_the_message_and_nowhere_else(app, owner_connection):
    register(Visitor(app))
    code = last_code(app, "verify_email")
    [(stored,)] = owner_connection.execute("SELECT code_hash FROM one_time_code").fetchall()
    assert len(code) == 6
    assert code.encode() not in stored


def test_the_password_is_stored_as_argon2id_and_the_address_encrypted(app, owner_connection):
    add_account(app)
    row = owner_connection.execute("SELECT row_to_json(account)::text FROM account").fetchone()[0]
    assert "$argon2id$" in row
    assert PASSWORD not in row
    assert "shen" not in row


def test_wrong_input_keeps_what_was_typed_but_the_password(app):
    visitor = Visitor(app)
    response = register(visitor, "138", password="password1", display_name="  ")
    assert response.status_code == 422
    page = response.get_data(as_text=True)
    assert 'value="138"' in page
    assert "password1" not in page
    assert page.count("field-wrong") == 3
    assert sent(app) == []


def test_a_known_address_looks_like_a_new_one_and_its_owner_is_told(app, monkeypatch):
    account_id = add_account(app)
    before = account_at(app).password_hash
    new, known = Visitor(app), Visitor(app)
    with counted_hashes(monkeypatch) as new_hashes, counted_statements(app) as new_statements:
        first = register(new, "someone.else@example.cn")
    with counted_hashes(monkeypatch) as known_hashes, counted_statements(app) as known_statements:
        second = register(known, EMAIL)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert body(first) == body(second)
    assert new_hashes == known_hashes == {"hash": 1, "verify": 0}
    assert abs(len(new_statements) - len(known_statements)) <= 1  # the account itself
    assert [message[:3] for message in sent(app)] == [
        ("verify_email", "email", "someone.else@example.cn"),
        ("already_registered", "email", EMAIL),
    ]
    assert account_at(app).password_hash == before
    assert recorded(app, account_id) == ["create_account", "register_again"]


def test_the_code_page_of_a_known_address_answers_like_any_other(app):
    add_account(app)
    new, known = Visitor(app), Visitor(app)
    register(new, "snen@example.cn")
    register(known, EMAIL)
    assert body(new.get("/code")) == body(known.get("/code"))
    for tries in range(6):
        answers = [visitor.post("/code", code="000000") for visitor in (new, known)]
        assert answers[0].status_code == answers[1].status_code == 422, tries
        assert body(answers[0]) == body(answers[1]), tries
    again = [visitor.post("/code/again") for visitor in (new, known)]
    assert again[0].location == again[1].location == "/code"
    assert body(new.get("/code")) == body(known.get("/code"))
    assert [kind for kind, *_ in sent(app)] == ["verify_email", "already_registered"] * 2


def test_five_wrong_tries_end_a_code_and_another_one_helps(app):
    visitor = Visitor(app)
    register(visitor)
    code = last_code(app, "verify_email")
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(5):
        assert visitor.post("/code", code=wrong).status_code == 422
    assert visitor.post("/code", code=code).status_code == 422
    assert account_at(app).state is AccountState.UNVERIFIED
    visitor.post("/code/again")
    visitor.post("/code", code=last_code(app, "verify_email"))
    assert visitor.is_signed_in()


def test_a_malformed_code_costs_no_try(app):
    visitor = Visitor(app)
    register(visitor)
    for _ in range(7):
        assert visitor.post("/code", code="12 34").status_code == 422
    code = last_code(app, "verify_email")
    visitor.post("/code", code=f" {code[:3]} {code[3:]} ")
    assert visitor.is_signed_in()


def test_a_code_is_over_after_ten_minutes_and_after_its_use(app):
    with time_machine.travel(now(), tick=False) as clock:
        visitor = Visitor(app)
        register(visitor)
        code = last_code(app, "verify_email")
        clock.shift(timedelta(minutes=10))
        assert visitor.post("/code", code=code).status_code == 422
        visitor.post("/code/again")
        fresh = last_code(app, "verify_email")
        clock.shift(timedelta(minutes=9, seconds=59))
        twin = Visitor(app)
        with visitor.client.session_transaction() as session:
            asked = session["asked_code"]
        with twin.client.session_transaction() as session:
            session["asked_code"] = asked
        assert visitor.post("/code", code=fresh).status_code == 303
        assert twin.post("/code", code=fresh).status_code == 422


def test_an_earlier_code_ends_when_another_is_sent(app):
    visitor = Visitor(app)
    register(visitor)
    first = last_code(app, "verify_email")
    visitor.post("/code/again")
    second = last_code(app, "verify_email")
    if first != second:
        assert visitor.post("/code", code=first).status_code == 422
    assert visitor.post("/code", code=second).status_code == 303


def test_nobody_registers_an_address_first_and_waits_for_its_owner(app):
    """The owner's own registration replaces the stranger's password; the stranger's page is dead."""
    stranger, owner = Visitor(app, address="10.9.9.9"), Visitor(app)
    register(stranger, password="the stranger's choice")
    register(owner, display_name="真的我")
    code = last_code(app, "verify_email")
    assert stranger.post("/code", code=code).status_code == 422
    assert owner.post("/code", code=code).status_code == 303
    assert account_at(app).display_name == "真的我"
    stranger.sign_in(password="the stranger's choice")
    assert not stranger.is_signed_in()


def test_the_owners_page_cannot_be_made_to_prove_a_strangers_registration(app):
    """The other way round: a stranger overwrites; the owner's page neither takes nor asks for that code."""
    stranger, owner = Visitor(app, address="10.9.9.9"), Visitor(app)
    register(owner)
    register(stranger, password="the stranger's choice")
    code_for_stranger = last_code(app, "verify_email")
    assert owner.post("/code", code=code_for_stranger).status_code == 422
    before = len(sent(app, "verify_email"))
    owner.post("/code/again")
    assert len(sent(app, "verify_email")) == before
    assert account_at(app).state is AccountState.UNVERIFIED


def test_a_code_is_typed_where_it_was_asked_for(app):
    register(Visitor(app))
    elsewhere = Visitor(app)
    response = elsewhere.post("/code", code=last_code(app, "verify_email"))
    assert response.location == "/sign-in"
    assert account_at(app).state is AccountState.UNVERIFIED


def test_signing_in_before_having_verified_sends_a_code(app):
    register(Visitor(app))
    visitor = Visitor(app)
    assert visitor.sign_in().location == "/code"
    visitor.post("/code", code=last_code(app, "verify_email"))
    assert visitor.is_signed_in()


@pytest.mark.parametrize("identifier", [EMAIL, PHONE])
def test_a_double_click_registers_once(app, identifier):
    visitor = Visitor(app)
    visitor.get("/register")
    form = form_id()
    barrier, answers = threading.Barrier(2), []

    def click():
        twin = Visitor(app)
        with visitor.client.session_transaction() as session:
            values = dict(session)
        with twin.client.session_transaction() as session:
            session.update(values)
        barrier.wait()
        answers.append(
            twin.post(
                "/register",
                form=form,
                display_name="沈若禾",
                identifier=identifier,
                password=PASSWORD,
            )
        )

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.location for answer in answers] == ["/code", "/code"]
    assert len(sent(app)) == 1
    assert recorded(app, account_at(app, identifier).id) == ["create_account"]


def test_two_people_who_register_one_address_at_once_make_one_account(app, owner_connection):
    barrier, answers = threading.Barrier(3), []

    def go(number):
        visitor = Visitor(app, address=f"10.0.1.{number}")
        barrier.wait()
        answers.append(register(visitor, display_name=f"第{number}人").status_code)

    threads = [threading.Thread(target=go, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303, 303, 303]
    assert owner_connection.execute("SELECT count(*) FROM account").fetchone()[0] == 1


def test_messages_to_one_address_are_limited(app):
    visitor = Visitor(app)
    statuses = [register(visitor).status_code for _ in range(6)]
    assert statuses == [303] * 5 + [429]
    assert len(sent(app)) == 5
    assert register(Visitor(app), "another@example.cn").status_code == 303


def test_a_closed_account_is_not_opened_by_registering_again(app, owner_connection):
    add_account(app)
    owner_connection.execute("UPDATE account SET state = 'closed'")
    visitor = Visitor(app)
    register(visitor)
    assert [kind for kind, *_ in sent(app)] == ["already_registered"]
    assert account_at(app).state is AccountState.CLOSED
