"""The inbox: one's own messages, read by pressing a button, in the language of the page."""

from uuid import uuid4

import pytest

from talentsvc.accounts import messages
from talentsvc.accounts.messages import NEW_SIGN_IN, PASSWORD_CHANGED, VERIFY_EMAIL
from talentsvc.accounts.models import Account
from talentsvc.accounts.queries.inbox import UNREAD_MOST, unread_count
from talentsvc.accounts.recipients import recipient_of
from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.actions.post import post
from talentsvc.notices.rendering import render_texts
from tests.accounts.visitor import Visitor, add_account, counted_statements


def post_to(app, account_id, kind=PASSWORD_CHANGED, count=1, **params):
    with app.app_context(), unit_of_work():
        account = db.session.get(Account, account_id)
        for _ in range(count):
            post(
                kind,
                recipient_of(account),
                subject_kind="account",
                subject_id=account.id,
                params={**kind.sample, **params},
                at=now(),
                version=str(uuid4()),
            )


def unread(app, account_id) -> int:
    with app.app_context():
        return unread_count(account_id)


def message_id(owner_connection):
    row = owner_connection.execute("SELECT id FROM notice WHERE channel = 'inbox'").fetchone()
    return row[0]


def signed_in(app, **kwargs) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in(**kwargs)
    return visitor


def test_reading_is_a_button_and_looking_marks_nothing(app, owner_connection):
    account_id = add_account(app)
    post_to(app, account_id)
    visitor = signed_in(app)
    page = visitor.get("/inbox").get_data(as_text=True)
    assert "您的密码已更改" in page
    path = f"/inbox/{message_id(owner_connection)}"
    with counted_statements(app) as statements:
        assert "2026-11-23 12:05" in visitor.get(path).get_data(as_text=True)
    assert all(statement.startswith("SELECT") for statement in statements)
    assert unread(app, account_id) == 1
    assert visitor.post(f"{path}/read").location == path
    assert unread(app, account_id) == 0
    assert "您的密码已更改" in visitor.get("/inbox").get_data(as_text=True), "read ones stay"


def test_a_message_is_shown_in_the_language_of_the_page(app, owner_connection):
    account_id = add_account(app)
    post_to(app, account_id)
    visitor = signed_in(app)
    visitor.client.set_cookie("language", "en")
    page = visitor.get(f"/inbox/{message_id(owner_connection)}").get_data(as_text=True)
    assert "Your password was changed" in page
    assert "您的密码已更改" not in page


def test_everything_is_read_at_once(app):
    account_id = add_account(app)
    post_to(app, account_id, count=3)
    visitor = signed_in(app)
    assert unread(app, account_id) == 3
    visitor.post("/inbox/read-all")
    assert unread(app, account_id) == 0


def test_nobody_reads_anothers_messages(app, owner_connection):
    owner_id = add_account(app)
    add_account(app, email="other@example.cn")
    post_to(app, owner_id)
    stranger = signed_in(app, identifier="other@example.cn")
    path = f"/inbox/{message_id(owner_connection)}"
    assert stranger.get(path).status_code == 404
    assert stranger.post(f"{path}/read").status_code == 404
    stranger.post("/inbox/read-all")
    assert unread(app, owner_id) == 1
    assert "您的密码已更改" not in stranger.get("/inbox").get_data(as_text=True)
    assert Visitor(app).get(path).location.startswith("/sign-in")


def test_secrets_never_reach_the_inbox(app, owner_connection):
    account_id = add_account(app)
    post_to(app, account_id, VERIFY_EMAIL)
    assert unread(app, account_id) == 0
    secret_kinds = [kind for kind in messages.KINDS if kind.is_secret]
    assert len(secret_kinds) == 5
    assert all("inbox" not in kind.channels for kind in secret_kinds)


def test_a_name_is_shown_as_text_and_not_as_markup(app, owner_connection):
    account_id = add_account(app)
    post_to(app, account_id, NEW_SIGN_IN, name="<script>alert(1)</script>", device="<b>x</b>")
    visitor = signed_in(app)
    page = visitor.get(f"/inbox/{message_id(owner_connection)}").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "<b>x</b>" not in page


def test_many_messages_come_in_pages_and_the_count_stops_at_a_hundred(app):
    account_id = add_account(app)
    post_to(app, account_id, count=UNREAD_MOST + 5)
    assert unread(app, account_id) == UNREAD_MOST + 1
    visitor = signed_in(app)
    with counted_statements(app) as statements:
        first = visitor.get("/inbox")
    assert len(statements) <= 6
    assert first.get_data(as_text=True).count("您的密码已更改") == 20
    assert "cursor=" in first.get_data(as_text=True)
    assert visitor.get("/inbox?cursor=forged").status_code == 422


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", messages.KINDS, ids=lambda kind: kind.code)
def test_each_kind_has_its_texts_with_every_placeholder_filled(app_context, kind, language):
    subject, text = render_texts(kind.code, language, kind.sample)
    assert subject
    assert text
    for name in ("code", "link", "sign_in_link", "reset_link", "register_link"):
        if name in kind.sample and name != "link":
            assert kind.sample[name] in text
    assert "{{" not in subject + text
