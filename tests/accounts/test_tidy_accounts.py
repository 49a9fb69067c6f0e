"""What has done its work is forgotten; what may still be needed stays."""

from datetime import timedelta

import time_machine

from talentsvc.accounts.actions.tidy_accounts import tidy_accounts
from talentsvc.core.clock import now
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.accounts.test_register import register
from tests.accounts.visitor import EMAIL, Visitor, account_at, add_account, last_code


def tidy(app) -> dict[str, int]:
    with app.app_context(), unit_of_work():
        return tidy_accounts(now())


def test_yesterdays_throttles_and_last_weeks_codes_and_registrations_go(app):
    with time_machine.travel(now(), tick=False) as clock:
        add_account(app, email="kept@example.cn")
        register(Visitor(app))
        assert tidy(app) == {"throttles": 0, "codes": 0, "accounts": 0, "sign_ins": 0}
        clock.shift(timedelta(hours=1, seconds=1))
        assert tidy(app)["throttles"] == 2
        clock.shift(timedelta(days=7))
        assert tidy(app) == {"throttles": 0, "codes": 1, "accounts": 1, "sign_ins": 0}
        assert account_at(app) is None
        assert account_at(app, "kept@example.cn") is not None


def test_a_registration_that_was_taken_up_again_has_its_week_anew(app):
    with time_machine.travel(now(), tick=False) as clock:
        register(Visitor(app))
        clock.shift(timedelta(days=6))
        visitor = Visitor(app)
        register(visitor)
        clock.shift(timedelta(days=1, minutes=5))
        assert tidy(app)["accounts"] == 0
        visitor.post("/code/again")
        visitor.post("/code", code=last_code(app, "verify_email"))
        assert visitor.is_signed_in()


def test_sign_ins_are_kept_longer_than_the_six_months_the_law_asks_for(app):
    with time_machine.travel(now(), tick=False) as clock:
        add_account(app)
        Visitor(app).sign_in(EMAIL)
        clock.shift(timedelta(days=399))
        assert tidy(app)["sign_ins"] == 0
        clock.shift(timedelta(days=2))
        assert tidy(app)["sign_ins"] == 1
