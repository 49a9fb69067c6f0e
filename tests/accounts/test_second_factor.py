"""The second factor: set up with the password, asked for at every sign-in, never good twice."""

import threading
from datetime import timedelta

import pyotp
import pytest
import time_machine
from sqlalchemy import update

from talentsvc.access.roles import Role
from talentsvc.accounts.models import SignIn
from talentsvc.accounts.queries import find_account
from talentsvc.accounts.rules.identifiers import parse_identifier
from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.accounts.test_reset import ask, mailed_link, set_new, token_in
from tests.accounts.visitor import (
    EMAIL,
    PASSWORD,
    Visitor,
    add_account,
    last_code,
    recorded,
    sent,
)

PAGE = "/account/second-factor"
STEP = timedelta(seconds=30)


def secret_of(app) -> str:
    with app.app_context():
        return find_account(parse_identifier(EMAIL)).totp_secret


def current_code(app) -> str:
    return pyotp.TOTP(secret_of(app)).at(now())


@pytest.fixture
def clock():
    with time_machine.travel(now().replace(second=0, microsecond=0), tick=False) as traveller:
        yield traveller


def set_up(app, visitor: Visitor) -> None:
    assert visitor.post(PAGE, stage="start", password=PASSWORD).status_code == 303
    assert visitor.post(PAGE, stage="confirm", code=current_code(app)).status_code == 303


def test_staff_set_it_up_before_the_desk_opens(app, clock):
    account_id = add_account(app, Role.SECURITY_ADMIN)
    visitor = Visitor(app)
    visitor.sign_in()
    assert visitor.get("/desk/accounts").location == PAGE
    assert visitor.post(PAGE, stage="start", password="wrong").status_code == 422
    assert visitor.post(PAGE, stage="start", password=PASSWORD).status_code == 303
    page = visitor.get(PAGE).get_data(as_text=True)
    assert "data:image/svg+xml" in page
    assert visitor.get("/desk/accounts").location == PAGE, "a secret alone opens nothing"
    wrong = f"{(int(current_code(app)) + 1) % 10**6:06d}"
    assert visitor.post(PAGE, stage="confirm", code=wrong).status_code == 422
    assert visitor.post(PAGE, stage="confirm", code=current_code(app)).status_code == 303
    assert visitor.get("/desk/accounts").status_code == 200
    assert "confirm_second_factor" in recorded(app, account_id)
    assert {channel for _, channel, *_ in sent(app, "second_factor_set")} == {"email", "inbox"}


def test_the_secret_rests_encrypted(app, clock, owner_connection):
    add_account(app)
    visitor = Visitor(app)
    visitor.sign_in()
    set_up(app, visitor)
    row = owner_connection.execute("SELECT row_to_json(account)::text FROM account").fetchone()[0]
    assert secret_of(app) not in row


def test_the_password_alone_signs_nobody_in_any_more(app, clock):
    add_account(app)
    first = Visitor(app)
    first.sign_in()
    set_up(app, first)
    clock.shift(STEP)
    visitor = Visitor(app)
    assert visitor.sign_in().location == "/sign-in/second-step"
    assert not visitor.is_signed_in()
    wrong = f"{(int(current_code(app)) + 1) % 10**6:06d}"
    assert visitor.post("/sign-in/second-step", code=wrong).status_code == 422
    assert not visitor.is_signed_in()
    assert visitor.post("/sign-in/second-step", code=current_code(app)).status_code == 303
    assert visitor.is_signed_in()


def test_setting_it_up_ends_the_sign_ins_without_it(app, clock):
    add_account(app)
    here, there = Visitor(app), Visitor(app)
    here.sign_in()
    there.sign_in()
    set_up(app, here)
    assert here.is_signed_in()
    assert not there.is_signed_in()


def test_a_code_read_over_the_shoulder_works_no_second_time(app, clock):
    add_account(app)
    owner = Visitor(app)
    owner.sign_in()
    set_up(app, owner)
    clock.shift(STEP)
    code = current_code(app)
    first, second = Visitor(app), Visitor(app)
    first.sign_in()
    second.sign_in()
    assert first.post("/sign-in/second-step", code=code).status_code == 303
    assert second.post("/sign-in/second-step", code=code).status_code == 422
    assert not second.is_signed_in()


def test_one_code_typed_twice_at_once_opens_one_door(app, clock):
    add_account(app)
    owner = Visitor(app)
    owner.sign_in()
    set_up(app, owner)
    clock.shift(STEP)
    code = current_code(app)
    visitors = [Visitor(app) for _ in range(4)]
    for visitor in visitors:
        visitor.sign_in()
    barrier, statuses = threading.Barrier(4), []

    def go(visitor):
        barrier.wait()
        statuses.append(visitor.post("/sign-in/second-step", code=code).status_code)

    threads = [threading.Thread(target=go, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [303, 422, 422, 422]


def test_the_code_cannot_be_guessed(app, clock):
    add_account(app)
    owner = Visitor(app)
    owner.sign_in()
    set_up(app, owner)
    clock.shift(STEP)
    visitor = Visitor(app, address="10.8.8.8")
    visitor.sign_in()
    wrong = f"{(int(current_code(app)) + 1) % 10**6:06d}"
    statuses = [visitor.post("/sign-in/second-step", code=wrong).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    assert visitor.post("/sign-in/second-step", code=current_code(app)).status_code == 429


def test_the_second_step_is_not_reached_without_the_first(app, clock):
    add_account(app)
    owner = Visitor(app)
    owner.sign_in()
    set_up(app, owner)
    clock.shift(STEP)
    stranger = Visitor(app)
    assert stranger.post("/sign-in/second-step", code=current_code(app)).location == "/sign-in"
    assert not stranger.is_signed_in()
    late = Visitor(app)
    late.sign_in()
    clock.shift(timedelta(minutes=10, seconds=30))
    assert late.post("/sign-in/second-step", code=current_code(app)).location == "/sign-in"
    assert not late.is_signed_in()


def test_a_password_changed_between_the_steps_makes_the_first_void(app, clock):
    add_account(app)
    owner = Visitor(app)
    owner.sign_in()
    set_up(app, owner)
    clock.shift(STEP)
    stranger = Visitor(app)
    stranger.sign_in()
    owner.post("/account/password", current=PASSWORD, password="一个新的口令 🌲")
    assert stranger.post("/sign-in/second-step", code=current_code(app)).location == "/sign-in"
    assert not stranger.is_signed_in()


def test_a_code_by_text_message_needs_the_second_step_too(app, clock):
    add_account(app, phone="13800138000")
    owner = Visitor(app)
    owner.sign_in()
    set_up(app, owner)
    clock.shift(STEP)
    visitor = Visitor(app)
    visitor.post("/sign-in/by-code", identifier="13800138000")
    answer = visitor.post("/code", code=last_code(app, "sign_in_code"))
    assert answer.location == "/sign-in/second-step"
    assert not visitor.is_signed_in()


def test_a_reset_password_leaves_the_second_step_in_force(app, clock):
    add_account(app)
    owner = Visitor(app)
    owner.sign_in()
    set_up(app, owner)
    ask(app)
    set_new(app, token_in(mailed_link(app)), "一个新的口令 🌲")
    visitor = Visitor(app)
    assert visitor.sign_in(password="一个新的口令 🌲").location == "/sign-in/second-step"


def test_it_is_taken_away_with_a_code_and_staff_must_set_it_up_again(app, clock):
    account_id = add_account(app, Role.SECURITY_ADMIN)
    visitor = Visitor(app)
    visitor.sign_in()
    set_up(app, visitor)
    clock.shift(STEP)
    wrong = f"{(int(current_code(app)) + 1) % 10**6:06d}"
    assert visitor.post(PAGE, stage="proved", code=wrong).status_code == 422
    assert visitor.get("/desk/accounts").status_code == 200
    assert visitor.post(PAGE, stage="proved", code=current_code(app)).status_code == 303
    assert visitor.get("/desk/accounts").location == PAGE
    assert "remove_second_factor" in recorded(app, account_id)


def test_a_page_that_is_out_of_date_does_nothing(app, clock):
    add_account(app)
    visitor = Visitor(app)
    visitor.sign_in()
    visitor.post(PAGE, stage="start", password=PASSWORD)
    secret = secret_of(app)
    assert visitor.post(PAGE, stage="start", password=PASSWORD).location == PAGE
    assert secret_of(app) == secret
    assert visitor.post(f"{PAGE}?anew=1", stage="start", password=PASSWORD).status_code == 303
    assert secret_of(app) != secret


def test_a_role_given_to_a_set_up_account_asks_only_for_the_code(app, clock):
    """The sign-in that has not shown the factor is raised by a code, without a new secret."""
    add_account(app)
    visitor = Visitor(app)
    visitor.sign_in()
    set_up(app, visitor)
    with app.app_context(), unit_of_work():
        db.session.execute(update(SignIn).values(has_second_factor=False))
    clock.shift(STEP)
    secret = secret_of(app)
    assert visitor.post(PAGE, stage="prove", code=current_code(app)).status_code == 303
    assert secret_of(app) == secret
    assert 'value="proved"' in visitor.get(PAGE).get_data(as_text=True)
