"""Signing in: the same answer for everybody who may not, throttled, and never more than asked for."""

import pytest
from sqlalchemy import update

from talentsvc.accounts.models import Account
from talentsvc.accounts.rules.hashing import HashCost
from talentsvc.extensions.database import db
from tests.accounts.visitor import (
    CHROME,
    EMAIL,
    PASSWORD,
    Visitor,
    account_at,
    add_account,
    body,
    counted_hashes,
    counted_statements,
    last_code,
    recorded,
    sent,
)


def test_sign_in_and_out(app):
    account_id = add_account(app)
    visitor = Visitor(app)
    assert not visitor.is_signed_in()
    assert visitor.sign_in().status_code == 303
    assert visitor.is_signed_in()
    token = visitor.token()
    assert visitor.post("/sign-out").location == "/"
    assert not visitor.is_signed_in()
    with visitor.client.session_transaction() as session:
        session["_user_id"] = token
    assert not visitor.is_signed_in(), "the old cookie is worth nothing"
    assert recorded(app, account_id) == ["create_account", "begin_sign_in", "end_sign_ins"]


def test_the_token_has_256_bits_and_only_its_hash_is_stored(app, owner_connection):
    add_account(app)
    visitor = Visitor(app)
    visitor.sign_in()
    row = owner_connection.execute("SELECT row_to_json(sign_in)::text FROM sign_in").fetchone()[0]
    assert len(visitor.token()) >= 43
    assert visitor.token() not in row


def test_unknown_wrong_and_closed_get_one_answer_after_the_same_work(
    app, owner_connection, monkeypatch
):
    add_account(app)
    add_account(app, email="closed@example.cn")
    owner_connection.execute(
        "UPDATE account SET state = 'closed' WHERE display_name = '沈若禾' AND id = "
        "(SELECT max(id::text)::uuid FROM account)"
    )
    answers = {}
    for name in (EMAIL, "nobody@example.cn", "closed@example.cn"):
        visitor = Visitor(app, address=f"10.1.0.{len(answers)}")
        password = PASSWORD if name.startswith("closed") else "not the password"
        with counted_hashes(monkeypatch) as hashes, counted_statements(app) as statements:
            response = visitor.sign_in(name, password)
        answers[name] = (
            response.status_code,
            body(response).replace(name, "…"),
            dict(hashes),
            len(statements) if not name.startswith("closed") else None,
            response.headers.get("Set-Cookie", "").partition("=")[0],
        )
    known, unknown, closed = answers.values()
    assert known == unknown
    assert closed[:3] == known[:3]
    assert known[0] == 422
    assert known[2] == {"hash": 0, "verify": 1}
    assert sent(app) == []


@pytest.mark.parametrize(
    ("identifier", "password"),
    [
        ("", ""),
        (EMAIL, ""),
        ("not an address", "x"),
        ("\x00@example.cn", "x"),
        (EMAIL, "x" * 100_000),
    ],
)
def test_odd_input_is_refused_with_a_page(app, identifier, password):
    add_account(app)
    visitor = Visitor(app)
    assert visitor.sign_in(identifier, password).status_code == 422
    assert not visitor.is_signed_in()


@pytest.mark.parametrize(
    "password",
    ["🌲🏔️🎋🐼🌾🏮🧧🀄", "一二三四五六七九十百千万", "e\u0301" * 20 + "日本", "密" * 127 + "码"],
)
def test_a_long_mixed_password_can_be_set_and_used(app, password):
    add_account(app, password=password)
    visitor = Visitor(app)
    visitor.sign_in(password=password)
    assert visitor.is_signed_in()


def test_signing_in_makes_a_new_session(app):
    """What a stranger planted in the cookie before, token and all, does not survive."""
    add_account(app)
    visitor = Visitor(app)
    visitor.get("/sign-in")
    with visitor.client.session_transaction() as session:
        session["planted"] = "1"
        session["_user_id"] = "a token the stranger knows"
        before = session["visitor"]
    visitor.sign_in()
    with visitor.client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("visitor") != before
        assert session["_user_id"] != "a token the stranger knows"
    assert visitor.is_signed_in()


def test_signing_in_again_ends_the_sign_in_before(app):
    add_account(app)
    visitor = Visitor(app)
    visitor.sign_in()
    first = visitor.token()
    visitor.sign_in()
    assert visitor.token() != first
    old = Visitor(app)
    with old.client.session_transaction() as session:
        session["_user_id"] = first
    assert not old.is_signed_in()
    assert visitor.is_signed_in()


def test_after_signing_in_the_page_asked_for_comes_and_no_other_site(app):
    add_account(app)
    visitor = Visitor(app)
    asked = visitor.get("/account/sign-ins")
    assert asked.location == "/sign-in?next=/account/sign-ins"
    page = visitor.post(asked.location, identifier=EMAIL, password=PASSWORD)
    assert page.location == "/account/sign-ins"
    for trick in (
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:1",
    ):
        other = Visitor(app)
        response = other.client.post(
            "/sign-in",
            query_string={"next": trick},
            data={"identifier": EMAIL, "password": PASSWORD, "form_id": "x" * 22},
        )
        assert response.status_code == 303
        assert "evil" not in response.location
        assert response.location.startswith("/")


def test_a_hash_of_another_cost_is_made_anew_at_sign_in(app, owner_connection, monkeypatch):
    add_account(app)
    settings = app.config["SETTINGS"]
    object.__setattr__(settings, "password_memory_kib", 2048)
    try:
        visitor = Visitor(app)
        visitor.sign_in()
        assert visitor.is_signed_in()
        assert "m=2048" in account_at(app).password_hash
        again = Visitor(app)
        again.sign_in()
        assert again.is_signed_in()
    finally:
        object.__setattr__(settings, "password_memory_kib", 1024)


def test_a_password_changed_while_it_is_checked_no_longer_opens(app, monkeypatch):
    """Hashing holds no lock; whoever changes the password meanwhile wins."""
    add_account(app)
    is_right = HashCost.is_right

    def slow(cost, stored, password):
        answer = is_right(cost, stored, password)
        _set_hash(app, cost.hash("another one, set meanwhile"))
        return answer

    monkeypatch.setattr(HashCost, "is_right", slow)
    visitor = Visitor(app)
    assert visitor.sign_in().status_code == 422
    monkeypatch.undo()
    assert not visitor.is_signed_in()


def _set_hash(app, password_hash):
    """On another connection, committed at once."""
    with app.app_context():
        engine = db.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(update(Account).values(password_hash=password_hash))


# ---- a code by text message ---------------------------------------------------------------------


def test_sign_in_with_a_code_by_text_message(app):
    add_account(app, email=None, phone="13800138000")
    visitor = Visitor(app)
    assert visitor.post("/sign-in/by-code", identifier="13800138000").location == "/code"
    assert sent(app)[-1][:3] == ("sign_in_code", "sms", "+8613800138000")
    visitor.post("/code", code=last_code(app, "sign_in_code"))
    assert visitor.is_signed_in()


def test_a_number_without_an_account_gets_the_same_page(app):
    add_account(app, email=None, phone="13800138000")
    known, unknown = Visitor(app), Visitor(app)
    with counted_statements(app) as known_statements:
        first = known.post("/sign-in/by-code", identifier="13800138000")
    with counted_statements(app) as unknown_statements:
        second = unknown.post("/sign-in/by-code", identifier="13900139000")
    assert body(first) == body(second)
    assert len(known_statements) == len(unknown_statements)
    assert sent(app)[-1][:3] == ("no_account", "sms", "+8613900139000")
    wrong = f"{(int(last_code(app, 'sign_in_code')) + 1) % 10**6:06d}"
    for _ in range(6):
        answers = [visitor.post("/code", code=wrong) for visitor in (known, unknown)]
        masked = [
            body(answer).replace("138****8000", "…").replace("139****9000", "…")
            for answer in answers
        ]
        assert masked[0] == masked[1]


def test_an_unverified_number_is_not_opened_by_a_code(app):
    """The password in it may be a stranger's: the number's owner registers anew."""
    add_account(app, email=None, phone="13800138000", is_verified=False)
    Visitor(app).post("/sign-in/by-code", identifier="13800138000")
    assert [kind for kind, *_ in sent(app)] == ["no_account"]


def test_a_mail_address_gets_no_text_message(app):
    assert Visitor(app).post("/sign-in/by-code", identifier=EMAIL).status_code == 422
    assert sent(app) == []


# ---- new devices --------------------------------------------------------------------------------


def test_a_device_not_seen_before_is_told_of(app):
    add_account(app)
    Visitor(app).sign_in()
    Visitor(app).sign_in()
    assert sent(app, "new_sign_in") == []
    Visitor(app, browser=CHROME).sign_in()
    told = sent(app, "new_sign_in")
    assert sorted(channel for _, channel, *_ in told) == ["email", "inbox"]
    assert told[0][3]["device"] == "Chrome · Android"
