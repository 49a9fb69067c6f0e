"""A new password without the old one: by a link nobody burns by looking, or by a code."""

import threading
from datetime import timedelta
from urllib.parse import urlsplit

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
    counted_statements,
    last_code,
    recorded,
    sent,
)

NEW = "另一个口令，再也不忘 🎋"


def mailed_link(app) -> str:
    link = sent(app, "reset_password")[-1][3]["link"]
    assert link.startswith("http://localhost/reset/new?token=")
    return link.removeprefix("http://localhost")


def token_in(link: str) -> str:
    return urlsplit(link).query.removeprefix("token=")


def ask(app, identifier: str = EMAIL):
    return Visitor(app).post("/reset", identifier=identifier)


def set_new(app, token: str, password: str = NEW):
    return Visitor(app).post("/reset/new", token=token, password=password)


def test_the_link_sets_a_password_once_and_signs_every_device_out(app):
    account_id = add_account(app)
    elsewhere = Visitor(app)
    elsewhere.sign_in()
    ask(app)
    token = token_in(mailed_link(app))
    assert set_new(app, token).location == "/sign-in"
    assert not elsewhere.is_signed_in()
    visitor = Visitor(app)
    assert visitor.sign_in(password=PASSWORD).status_code == 422
    assert visitor.sign_in(password=NEW).status_code == 303
    assert set_new(app, token, "a third one, tried with the same link").status_code == 422
    assert Visitor(app).sign_in(password=NEW).status_code == 303
    assert "reset_password" in recorded(app, account_id)
    assert {channel for _, channel, *_ in sent(app, "password_changed")} == {"email", "inbox"}


def test_looking_at_the_link_burns_nothing(app):
    """Mail scanners open every link, some of them more than once."""
    add_account(app)
    ask(app)
    link = mailed_link(app)
    scanner = Visitor(app, browser="MailScanner/1.0")
    for _ in range(3):
        with counted_statements(app) as statements:
            page = scanner.get(link)
        assert page.status_code == 200
        assert all(statement.startswith("SELECT") for statement in statements)
        assert scanner.client.head(link).status_code == 200
    assert '<form method="post"' in page.get_data(as_text=True)
    assert set_new(app, token_in(link)).status_code == 303


def test_the_pages_address_with_the_token_goes_nowhere(app):
    add_account(app)
    ask(app)
    page = Visitor(app).get(mailed_link(app))
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert 'action="/reset/new"' in page.get_data(as_text=True)


def test_two_clicks_on_the_link_set_one_password(app):
    add_account(app)
    ask(app)
    token = token_in(mailed_link(app))
    barrier, answers = threading.Barrier(2), {}

    def click(number):
        barrier.wait()
        answers[number] = set_new(app, token, f"the choice of click {number}").status_code

    threads = [threading.Thread(target=click, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers.values()) == [303, 422]
    winner = next(number for number, status in answers.items() if status == 303)
    assert Visitor(app).sign_in(password=f"the choice of click {winner}").status_code == 303


def test_a_link_is_over_after_an_hour_and_when_a_newer_one_is_sent(app):
    add_account(app)
    with time_machine.travel(now(), tick=False) as clock:
        ask(app)
        first = token_in(mailed_link(app))
        ask(app)
        second = token_in(mailed_link(app))
        assert set_new(app, first).status_code == 422
        clock.shift(timedelta(hours=1))
        assert set_new(app, second).status_code == 422
        page = Visitor(app).get(f"/reset/new?token={second}").get_data(as_text=True)
        assert 'name="password"' not in page
    assert Visitor(app).sign_in().status_code == 303


def test_a_weak_password_does_not_burn_the_link(app):
    add_account(app)
    ask(app)
    token = token_in(mailed_link(app))
    response = set_new(app, token, "password")
    assert response.status_code == 422
    assert token in response.get_data(as_text=True)
    assert set_new(app, token).status_code == 303


def test_a_link_that_was_made_up_opens_nothing(app):
    add_account(app)
    ask(app)
    token = token_in(mailed_link(app))
    tampered = token[:-1] + ("A" if token[-1] != "A" else "B")
    for made_up in ("", "x", "0" * 75, tampered, token[:32], token[32:]):
        assert Visitor(app).get(f"/reset/new?token={made_up}").status_code == 200
        assert set_new(app, made_up).status_code == 422
    assert Visitor(app).sign_in().status_code == 303


def test_five_guesses_at_a_link_end_it_and_many_are_throttled(app):
    add_account(app)
    ask(app)
    token = token_in(mailed_link(app))
    for number in range(5):
        assert set_new(app, f"{token[:32]}guess{number}").status_code == 422
    assert set_new(app, token).status_code == 422


def test_known_and_unknown_get_the_same_page_after_the_same_work(app):
    add_account(app)
    known, unknown = Visitor(app), Visitor(app)
    with counted_statements(app) as known_statements:
        first = known.post("/reset", identifier=EMAIL)
    with counted_statements(app) as unknown_statements:
        second = unknown.post("/reset", identifier="snen@example.cn")
    assert (
        (first.status_code, first.location)
        == (second.status_code, second.location)
        == (303, "/reset/sent")
    )
    assert body(known.get("/reset/sent")) == body(unknown.get("/reset/sent"))
    assert len(known_statements) == len(unknown_statements)
    assert [message[:3] for message in sent(app)] == [
        ("reset_password", "email", EMAIL),
        ("no_account", "email", "snen@example.cn"),
    ]


def test_by_mobile_number_a_code_takes_the_links_place(app):
    add_account(app, email=None, phone="13800138000")
    visitor = Visitor(app)
    assert visitor.post("/reset", identifier="13800138000").location == "/reset/code"
    code = last_code(app, "reset_code")
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    assert visitor.post("/reset/code", code=wrong, password=NEW).status_code == 422
    assert visitor.post("/reset/code", code=code, password="password").status_code == 422
    assert visitor.post("/reset/code", code=code, password="13800138000").status_code == 422
    assert visitor.post("/reset/code", code=code, password=NEW).location == "/sign-in"
    assert visitor.sign_in("13800138000", NEW).status_code == 303


def test_a_number_without_an_account_is_answered_like_one_with(app):
    add_account(app, email=None, phone="13800138000")
    known, unknown = Visitor(app), Visitor(app)
    answers = [
        known.post("/reset", identifier="13800138000"),
        unknown.post("/reset", identifier="13800138001"),
    ]
    assert answers[0].location == answers[1].location == "/reset/code"
    assert sent(app)[-1][:3] == ("no_account", "sms", "+8613800138001")
    wrong = f"{(int(last_code(app, 'reset_code')) + 1) % 10**6:06d}"
    for _ in range(6):
        pages = [
            visitor.post("/reset/code", code=wrong, password=NEW) for visitor in (known, unknown)
        ]
        assert body(pages[0]).replace("138****8000", "…") == body(pages[1]).replace(
            "138****8001", "…"
        )
    assert (
        known.post("/code/again").location == unknown.post("/code/again").location == "/reset/code"
    )


def test_setting_a_password_lifts_the_throttle_a_guesser_caused(app):
    add_account(app)
    for number in range(11):
        Visitor(app, address=f"10.8.0.{number}").sign_in(password="a guess")
    assert Visitor(app).sign_in().status_code == 429
    ask(app)
    set_new(app, token_in(mailed_link(app)))
    assert Visitor(app).sign_in(password=NEW).status_code == 303


def test_a_reset_proves_the_address_of_an_unverified_account(app):
    """Whoever reads the mail owns the address; a password somebody else set there is gone."""
    add_account(app, is_verified=False)
    ask(app)
    set_new(app, token_in(mailed_link(app)))
    account = account_at(app)
    assert account.state is AccountState.ACTIVE
    assert account.email_verified_at is not None
    assert account.phone_verified_at is None
    assert Visitor(app).sign_in(password=NEW).status_code == 303


def test_a_closed_account_gets_no_link(app, owner_connection):
    add_account(app)
    owner_connection.execute("UPDATE account SET state = 'closed'")
    ask(app)
    assert [kind for kind, *_ in sent(app)] == ["no_account"]
