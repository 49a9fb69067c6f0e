"""The demo's sign-in buttons: one press each, for invented people, in the demo alone."""

import pytest

from talentsvc import create_app
from talentsvc.access.roles import Role
from talentsvc.accounts.actions.check_credentials import check_credentials
from talentsvc.accounts.models import Account
from talentsvc.accounts.rules.identifiers import parse_identifier
from talentsvc.accounts.terms import SignInVerdict
from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.settings import Environment, Settings
from tests.accounts.visitor import EMAIL, PASSWORD, Visitor, add_account, sent


@pytest.fixture(scope="module")
def demo_app(app, environment):
    """The application as the demo builds it, on the same database."""
    demo = create_app(Settings.from_env({**environment, "TALENTSVC_ENV": "demo"}))
    demo.config.update(WTF_CSRF_ENABLED=False)
    yield demo
    with demo.app_context():
        db.engine.dispose()


def add_invented(app, role: str, **changed):
    account_id = add_account(app, *([Role(role)] if role in set(Role) else []), **changed)
    with app.app_context(), unit_of_work():
        account = db.session.get(Account, account_id)
        account.is_demo, account.demo_role = True, role
    return account_id


def test_each_invented_person_has_a_button_that_signs_in(demo_app):
    clerk_id = add_invented(demo_app, "clerk", email="clerk@example.cn", display_name="孟晓岚")
    add_invented(demo_app, "applicant", display_name="沈若禾")
    add_account(demo_app, email="real@example.cn", display_name="真实的人")
    visitor = Visitor(demo_app)
    page = visitor.get("/demo").get_data(as_text=True)
    assert "孟晓岚" in page
    assert "沈若禾" in page
    assert "真实的人" not in page
    assert visitor.post(f"/demo/sign-in/{clerk_id}").status_code == 303
    assert visitor.is_signed_in()
    assert visitor.get("/desk/").status_code == 200, "no second factor in the demo"
    assert sent(demo_app, "new_sign_in") == []


def test_a_look_signs_nobody_in(demo_app):
    clerk_id = add_invented(demo_app, "clerk")
    visitor = Visitor(demo_app)
    assert visitor.get(f"/demo/sign-in/{clerk_id}").status_code == 405
    assert not visitor.is_signed_in()


def test_a_real_account_has_no_button_even_when_its_id_is_known(demo_app):
    real_id = add_account(demo_app)
    visitor = Visitor(demo_app)
    assert visitor.post(f"/demo/sign-in/{real_id}").status_code == 404
    assert not visitor.is_signed_in()


def test_the_sign_in_page_leads_there_in_the_demo_alone(demo_app, app):
    assert 'href="/demo"' in Visitor(demo_app).get("/sign-in").get_data(as_text=True)
    assert 'href="/demo"' not in Visitor(app).get("/sign-in").get_data(as_text=True)


def test_outside_the_demo_there_are_no_such_pages(app):
    clerk_id = add_invented(app, "clerk")
    visitor = Visitor(app)
    assert visitor.get("/demo").status_code == 404
    assert visitor.post(f"/demo/sign-in/{clerk_id}").status_code == 404
    assert not visitor.is_signed_in()


def test_in_production_an_invented_person_does_not_sign_in_at_all(app):
    add_invented(app, "clerk")
    settings = app.config["SETTINGS"]
    original = settings.environment
    object.__setattr__(settings, "environment", Environment.PRODUCTION)
    try:
        with app.app_context(), unit_of_work():
            checked = check_credentials(
                parse_identifier(EMAIL), PASSWORD, client_address="10.0.0.1", at=now()
            )
    finally:
        object.__setattr__(settings, "environment", original)
    assert checked.verdict is SignInVerdict.WRONG
    assert checked.account is None
