"""Throttles: by account and by network address, counted one by one, failing closed."""

import threading
from datetime import timedelta

import pytest
import time_machine

from talentsvc.accounts.actions.check_credentials import check_credentials
from talentsvc.accounts.rules.identifiers import parse_identifier
from talentsvc.accounts.terms import LIMITS, SignInVerdict, Tried
from talentsvc.core.clock import now
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.accounts.visitor import EMAIL, PASSWORD, Visitor, add_account

LIMIT = LIMITS[Tried.SIGN_IN]


@pytest.mark.parametrize("name", [EMAIL, "nobody@example.cn"])
def test_an_account_is_throttled_from_wherever_it_is_tried(app, name):
    add_account(app)
    with time_machine.travel(now(), tick=False) as clock:
        for number in range(LIMIT.per_account):
            stranger = Visitor(app, address=f"10.2.0.{number}")
            assert stranger.sign_in(name, "a guess").status_code == 422
        clock.shift(timedelta(minutes=3))
        response = Visitor(app, address="10.3.0.1").sign_in(name, PASSWORD)
        assert response.status_code == 429
        assert "12" in response.get_data(as_text=True), "minutes to wait"
        assert response.headers["Retry-After"] == str(12 * 60)
        assert name in response.get_data(as_text=True), "what was typed is kept"
        clock.shift(timedelta(minutes=12))
        assert Visitor(app).sign_in(name, PASSWORD).status_code == (303 if name == EMAIL else 422)


def test_a_network_address_is_throttled_over_all_accounts(app):
    add_account(app)
    stranger = Visitor(app, address="10.4.0.1")
    statuses = [
        stranger.sign_in(f"guess{number}@example.cn", "x").status_code
        for number in range(LIMIT.per_address)
    ]
    assert set(statuses) == {422}
    assert stranger.sign_in().status_code == 429
    assert Visitor(app, address="10.4.0.2").sign_in().status_code == 303


def test_an_office_that_signs_in_rightly_is_not_throttled(app):
    add_account(app)
    with app.app_context(), unit_of_work():
        for _ in range(LIMIT.per_address + 5):
            checked = check_credentials(
                parse_identifier(EMAIL), PASSWORD, client_address="10.5.0.1", at=now()
            )
            assert checked.verdict is SignInVerdict.SIGNED_IN


def test_a_right_password_forgives_the_wrong_ones(app):
    add_account(app)
    visitor = Visitor(app)
    for _ in range(LIMIT.per_account - 1):
        visitor.sign_in(password="a typing mistake")
    assert visitor.sign_in().status_code == 303
    assert Visitor(app).sign_in(password="a typing mistake").status_code == 422


def test_guesses_made_at_once_are_counted_one_by_one(app):
    """Without the count's row lock a burst would get as many guesses as it has connections."""
    add_account(app)
    count = LIMIT.per_account + 6
    barrier, statuses = threading.Barrier(count), []

    def guess(number):
        visitor = Visitor(app, address=f"10.6.0.{number}")
        barrier.wait()
        statuses.append(visitor.sign_in(password=f"guess {number}").status_code)

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses.count(422) == LIMIT.per_account
    assert statuses.count(429) == 6


def test_without_the_throttle_table_nobody_signs_in(app, owner_connection):
    add_account(app)
    visitor = Visitor(app)
    owner_connection.execute("ALTER TABLE throttle RENAME TO throttle_away")
    try:
        assert visitor.sign_in().status_code >= 500
    finally:
        owner_connection.execute("ALTER TABLE throttle_away RENAME TO throttle")
    assert not visitor.is_signed_in()


def test_what_is_counted_cannot_be_read_from_the_table(app, owner_connection):
    Visitor(app).sign_in("somebody@example.cn", "x")
    keys = [key for (key,) in owner_connection.execute("SELECT key FROM throttle").fetchall()]
    assert len(keys) == 2
    assert not any("somebody" in key or "10.0.0.1" in key for key in keys)
