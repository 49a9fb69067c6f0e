"""Sign-ins end: by time, by their owner, everywhere, and with what they were founded on."""

from datetime import timedelta
from uuid import uuid4

import time_machine

from talentsvc.accounts.terms import SignInEnd
from talentsvc.core.clock import now
from tests.accounts.visitor import (
    CHROME,
    PASSWORD,
    Visitor,
    add_account,
    counted_statements,
    recorded,
    sent,
)


def seen(owner_connection):
    return owner_connection.execute(
        "SELECT last_seen_at FROM sign_in ORDER BY created_at"
    ).fetchall()


def ended_by(owner_connection):
    rows = owner_connection.execute("SELECT ended_by FROM sign_in ORDER BY created_at").fetchall()
    return [why for (why,) in rows]


def test_an_idle_sign_in_is_over(app):
    add_account(app)
    with time_machine.travel(now(), tick=False) as clock:
        visitor = Visitor(app)
        visitor.sign_in()
        clock.shift(timedelta(minutes=29))
        assert visitor.is_signed_in()
        clock.shift(timedelta(minutes=30))
        assert visitor.is_signed_in(), "it was used half an hour ago"
        clock.shift(timedelta(minutes=31, seconds=1))
        assert not visitor.is_signed_in()


def test_a_sign_in_in_use_is_over_after_twelve_hours(app):
    add_account(app)
    with time_machine.travel(now(), tick=False) as clock:
        visitor = Visitor(app)
        visitor.sign_in()
        for _ in range(24):
            assert visitor.is_signed_in()
            clock.shift(timedelta(minutes=30))
        assert visitor.is_signed_in()
        clock.shift(timedelta(seconds=1))
        assert not visitor.is_signed_in()


def test_last_seen_is_written_at_most_once_a_minute_and_apart_from_the_page(app, owner_connection):
    add_account(app)
    with time_machine.travel(now(), tick=False) as clock:
        visitor = Visitor(app)
        visitor.sign_in()
        begun = seen(owner_connection)
        clock.shift(timedelta(seconds=59))
        visitor.get("/account")
        assert seen(owner_connection) == begun
        clock.shift(timedelta(seconds=1))
        with counted_statements(app) as statements:
            visitor.get("/account")
        assert seen(owner_connection)[0][0] - begun[0][0] == timedelta(minutes=1)
        assert [s for s in statements if not s.startswith("SELECT")] == [
            s for s in statements if s.startswith("UPDATE sign_in")
        ], "a GET writes nothing else"
        with counted_statements(app) as statements:
            visitor.get("/account")
        assert not [s for s in statements if not s.startswith("SELECT")]


def test_the_list_shows_where_one_is_signed_in_and_signs_a_device_out(app, owner_connection):
    account_id = add_account(app)
    phone, office = Visitor(app, browser=CHROME, address="10.7.7.7"), Visitor(app)
    phone.sign_in()
    office.sign_in()
    page = office.get("/account/sign-ins").get_data(as_text=True)
    assert "Chrome · Android" in page
    assert "10.7.7.7" in page
    (other_id,) = owner_connection.execute(
        "SELECT id FROM sign_in WHERE device = 'Chrome · Android'"
    ).fetchone()
    assert office.post(f"/account/sign-ins/{other_id}/end").status_code == 303
    assert not phone.is_signed_in()
    assert office.is_signed_in()
    assert recorded(app, account_id)[-1] == "end_sign_ins"


def test_nobody_signs_somebody_elses_device_out(app, owner_connection):
    add_account(app)
    add_account(app, email="other@example.cn")
    victim, stranger = Visitor(app), Visitor(app)
    victim.sign_in()
    stranger.sign_in("other@example.cn")
    (victim_id,) = owner_connection.execute("SELECT id FROM sign_in ORDER BY created_at").fetchone()
    assert stranger.post(f"/account/sign-ins/{victim_id}/end").status_code == 404
    assert stranger.post(f"/account/sign-ins/{uuid4()}/end").status_code == 404
    assert victim.is_signed_in()


def test_sign_out_everywhere(app, owner_connection):
    add_account(app)
    visitors = [Visitor(app) for _ in range(3)]
    for visitor in visitors:
        visitor.sign_in()
    assert visitors[0].post("/account/sign-ins/end-all").location == "/sign-in"
    assert not any(visitor.is_signed_in() for visitor in visitors)
    assert ended_by(owner_connection) == [SignInEnd.SIGNED_OUT_EVERYWHERE.value] * 3


def test_changing_the_password_ends_the_other_sign_ins(app, owner_connection):
    account_id = add_account(app)
    here, there = Visitor(app), Visitor(app)
    here.sign_in()
    there.sign_in()
    response = here.post("/account/password", current=PASSWORD, password="一个新的口令 🌲")
    assert response.status_code == 303
    assert here.is_signed_in()
    assert not there.is_signed_in()
    assert there.sign_in().status_code == 422
    assert there.sign_in(password="一个新的口令 🌲").status_code == 303
    assert "change_password" in recorded(app, account_id)
    assert sorted(channel for _, channel, *_ in sent(app, "password_changed")) == ["email", "inbox"]


def test_the_password_is_not_changed_without_the_current_one(app):
    add_account(app)
    visitor = Visitor(app)
    visitor.sign_in()
    new = "一个新的口令 🌲"
    assert visitor.post("/account/password", current="wrong", password=new).status_code == 422
    assert (
        visitor.post("/account/password", current=PASSWORD, password="password").status_code == 422
    )
    assert (
        visitor.post("/account/password", current=PASSWORD, password="shen@example.cn").status_code
        == 422
    )
    assert Visitor(app).sign_in().status_code == 303
    assert sent(app, "password_changed") == []


def test_the_current_password_cannot_be_guessed_in_a_stolen_session(app):
    add_account(app)
    visitor = Visitor(app)
    visitor.sign_in()
    statuses = [
        visitor.post(
            "/account/password", current=f"guess {number}", password="一个新的口令 🌲"
        ).status_code
        for number in range(11)
    ]
    assert statuses == [422] * 10 + [429]
    assert (
        visitor.post("/account/password", current=PASSWORD, password="一个新的口令 🌲").status_code
        == 429
    )


def test_a_closed_account_is_out_at_once(app, owner_connection):
    add_account(app)
    visitor = Visitor(app)
    visitor.sign_in()
    owner_connection.execute("UPDATE account SET state = 'closed'")
    assert not visitor.is_signed_in()


def test_name_and_language_are_kept_with_the_account(app):
    account_id = add_account(app)
    visitor = Visitor(app)
    visitor.sign_in()
    response = visitor.post("/account", display_name="  Ruohe   SHEN ", language="en")
    assert response.status_code == 303
    page = visitor.get("/account").get_data(as_text=True)
    assert 'value="Ruohe SHEN"' in page
    assert '<html lang="en">' in page
    elsewhere = Visitor(app)
    elsewhere.sign_in()
    assert '<html lang="en">' in elsewhere.get("/account").get_data(as_text=True)
    assert "set_preferences" in recorded(app, account_id)


def test_name_and_language_are_checked(app):
    add_account(app)
    visitor = Visitor(app)
    visitor.sign_in()
    for name, language in (("", "zh"), ("x" * 41, "zh"), ("a\x00b", "zh"), ("沈若禾", "fr")):
        assert visitor.post("/account", display_name=name, language=language).status_code == 422
    page = visitor.get("/account").get_data(as_text=True)
    assert 'value="沈若禾"' in page


def test_more_than_the_form_asks_for_changes_nothing(app, owner_connection):
    """Mass assignment: every column of the account posted to the form that changes two of them."""
    account_id = add_account(app)
    visitor = Visitor(app)
    visitor.sign_in()
    columns = [
        name
        for (name,) in owner_connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'account'"
        ).fetchall()
    ]
    everything = (
        "SELECT row_to_json(a)::jsonb - 'display_name' - 'language' FROM account a WHERE id = %s"
    )
    before = owner_connection.execute(everything, [account_id]).fetchone()
    fields = {name: "1" for name in columns} | {"display_name": "新名字", "language": "en"}
    assert visitor.post("/account", **fields).status_code == 303
    assert owner_connection.execute(everything, [account_id]).fetchone() == before
