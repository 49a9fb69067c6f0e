"""What holds for every account page: nothing is written by looking, and no secret leaves by a header."""

import pytest
from structlog.testing import capture_logs

from talentsvc.access.roles import Role
from tests.accounts.visitor import (
    Visitor,
    add_account,
    counted_statements,
    prove_second_factor,
    sent,
)

PUBLIC = (
    "/register",
    "/sign-in",
    "/sign-in/by-code",
    "/sign-in/second-step",
    "/code",
    "/reset",
    "/reset/sent",
    "/reset/new",
    "/reset/code",
)
OWN = ("/account", "/account/password", "/account/sign-ins", "/account/second-factor", "/inbox")
DESK = ("/desk/accounts",)
BUTTONS = (
    "/sign-out",
    "/account/sign-ins/end-all",
    "/inbox/read-all",
    "/code/again",
)


@pytest.fixture
def visitor(app) -> Visitor:
    """A security administrator, who may open every page of accounts."""
    add_account(app, Role.SECURITY_ADMIN)
    visitor = Visitor(app)
    visitor.sign_in()
    prove_second_factor(app)
    return visitor


@pytest.mark.parametrize("path", PUBLIC + OWN + DESK)
def test_looking_writes_nothing(app, visitor, path):
    looking = Visitor(app) if path in PUBLIC else visitor
    with counted_statements(app) as statements:
        got = looking.get(path)
        asked = looking.client.head(path)
    assert got.status_code == asked.status_code
    assert got.status_code in (200, 303)
    assert all(statement.startswith("SELECT") for statement in statements)


@pytest.mark.parametrize("path", OWN + DESK)
def test_who_is_not_signed_in_is_led_to_the_sign_in_page_and_back(app, path):
    assert Visitor(app).get(path).location == f"/sign-in?next={path}"


@pytest.mark.parametrize("path", PUBLIC + OWN + DESK)
def test_personal_pages_are_kept_by_no_cache(app, visitor, path):
    looking = Visitor(app) if path in PUBLIC else visitor
    response = looking.get(path)
    assert response.headers["Cache-Control"] == "no-store"
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", BUTTONS)
def test_a_button_is_no_link(visitor, path):
    assert visitor.get(path).status_code == 405


def test_without_a_token_nothing_is_done(app):
    """The tests' application asks for none, so this one is told to."""
    add_account(app)
    app.config.update(WTF_CSRF_ENABLED=True)
    try:
        visitor = Visitor(app)
        for path in (*PUBLIC, *OWN, *BUTTONS):
            if path not in ("/reset/sent", "/account/sign-ins", "/inbox"):
                assert visitor.post(path, identifier="x").status_code == 400, path
    finally:
        app.config.update(WTF_CSRF_ENABLED=False)


def test_the_cookie_shows_no_address(app):
    visitor = Visitor(app)
    visitor.post("/reset", identifier="somebody.special@example.cn")
    with visitor.client.session_transaction() as session:
        assert "somebody" not in str(dict(session))


def test_the_logs_hold_no_address_code_or_password(app):
    add_account(app, phone="13800138000")
    visitor = Visitor(app)
    with capture_logs() as entries:
        for identifier in ("shen@example.cn", "13800138000", "nobody.known@example.cn"):
            visitor.sign_in(identifier, "a very secret guess")
            visitor.post("/reset", identifier=identifier)
            visitor.post("/sign-in/by-code", identifier=identifier)
    assert [entry["event"] for entry in entries].count("sign_in_refused") == 3
    log = str(entries)
    codes = [params["code"] for *_, params in sent(app) if "code" in params]
    links = [params["link"].partition("=")[2] for *_, params in sent(app, "reset_password")]
    assert codes
    assert links
    for secret in ("shen@", "13800138000", "nobody.known", "very secret", *codes, *links):
        assert secret not in log
