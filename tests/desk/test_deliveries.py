"""The desk's pages of messages: what failed and why, sent again by a person, templates to look at."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from talentsvc.access.roles import Role
from talentsvc.core.clock import now
from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import NoticeState
from talentsvc.rooms import NOTICE_KINDS
from talentsvc.tasks.actions.open_notice_tasks import open_notice_tasks
from talentsvc.tasks.terms import TaskState
from tests.notices.outbox import BY_PHONE, PHONE, SECRET, post_one, row, state, tasks
from tests.people.world import officer, sent, sign_in, someone, statements

S = NoticeState
PAGE = "/desk/deliveries"


def signed_in(app: Flask, client: FlaskClient, role: Role) -> FlaskClient:
    return sign_in(app, client, officer(app, role))


@pytest.fixture
def clerk(app: Flask, client: FlaskClient) -> FlaskClient:
    """A clerk at the desk, who reads English, since codes are compared."""
    client.set_cookie("language", "en")
    return signed_in(app, client, Role.CLERK)


@pytest.fixture
def outbox(app: Flask) -> Callable[..., UUID]:
    """Posts a message and leaves it in a state, with the task a failure becomes."""

    def make(standing: NoticeState = S.QUEUED, error: str | None = None, **message) -> UUID:
        with app.app_context():
            message.setdefault("account_id", uuid7())
            notice_id = post_one(**message)
            with unit_of_work():
                db.session.execute(
                    update(Notice)
                    .where(Notice.id == notice_id)
                    .values(state=standing, last_error=error, lease_token=uuid7())
                )
            with unit_of_work():
                open_notice_tasks(at=now())
            return notice_id

    return make


def page_of(client: FlaskClient, path: str = PAGE) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def rows_of(page: str) -> list[str]:
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    return [] if body is None else re.findall(r"<tr.*?</tr>", body[1], re.DOTALL)


def test_an_empty_outbox_says_so(clerk: FlaskClient) -> None:
    assert "No messages here" in page_of(clerk)


def test_a_row_says_what_to_whom_and_why_not(clerk: FlaskClient, outbox) -> None:
    outbox(S.DEAD, "refused 550", email="wang@example.cn", name="欧阳䶮")
    (line,) = rows_of(page_of(clerk))
    assert "Application withdrawn" in line
    assert "w***@example.cn" in line
    assert "The mail server refused the message. (550)" in line
    assert "Not deliverable" in line
    assert "/desk/cases/" in line


def test_neither_address_nor_text_is_shown(clerk: FlaskClient, outbox) -> None:
    outbox(S.DEAD, email="wang@example.cn", name="欧阳䶮", reference="GXS-2026-99999-9")
    outbox(kind=BY_PHONE, email=None, phone=PHONE, code="731902")
    page = page_of(clerk)
    assert "wang@" not in page
    assert PHONE not in page
    assert "138****5678" in page
    assert "欧阳䶮" not in page
    assert "GXS-2026-99999-9" not in page
    assert "731902" not in page


def test_the_list_is_narrowed_by_state_and_says_how_many_failed(clerk: FlaskClient, outbox) -> None:
    for _ in range(2):
        outbox(S.DEAD)
    outbox(S.UNSURE)
    outbox(S.SENT)
    assert len(rows_of(page_of(clerk))) == 4
    assert len(rows_of(page_of(clerk, f"{PAGE}?state=dead"))) == 2
    assert re.search(r'state=dead">Not deliverable\s*<span class="num">2</span>', page_of(clerk))
    assert len(rows_of(page_of(clerk, f"{PAGE}?state=nonsense"))) == 4


def test_long_lists_have_pages(clerk: FlaskClient, outbox, app: Flask) -> None:
    with app.app_context():
        for number in range(31):
            post_one(email=f"p{number}@example.cn")
    first = page_of(clerk)
    assert len(rows_of(first)) == 30
    cursor = re.search(r"cursor=([^\"&]+)", first)
    assert cursor is not None
    assert len(rows_of(page_of(clerk, f"{PAGE}?cursor={cursor[1]}"))) == 1


def test_a_longer_list_asks_the_database_no_more(app: Flask, clerk: FlaskClient, outbox) -> None:
    outbox(S.DEAD)
    with statements(app) as for_one:
        page_of(clerk)
    for _ in range(9):
        outbox(S.DEAD)
    with statements(app) as for_ten:
        page_of(clerk)
    assert len(for_ten) == len(for_one)
    # Who is asking takes the rest.
    assert sum("FROM notice" in statement for statement in for_ten) == 2


def test_a_failed_message_is_sent_again_and_its_task_is_gone(
    app: Flask, clerk: FlaskClient, outbox
) -> None:
    notice_id = outbox(S.DEAD)
    response = clerk.post(f"{PAGE}/{notice_id}/resend", data=sent())
    assert response.status_code == 303
    with app.app_context():
        assert state(notice_id) is S.QUEUED
        assert [task.state for task in tasks()] == [TaskState.SETTLED]


def test_it_goes_to_the_address_the_account_has_now(app: Flask, clerk: FlaskClient, outbox) -> None:
    who = someone(app)
    notice_id = outbox(S.DEAD, email="old@example.cn", account_id=who.account_id)
    clerk.post(f"{PAGE}/{notice_id}/resend", data=sent())
    with app.app_context():
        assert row(notice_id).address != "old@example.cn"
        assert (row(notice_id).address or "").endswith("@example.cn")


def test_two_clicks_send_it_once(app: Flask, clerk: FlaskClient, outbox) -> None:
    notice_id = outbox(S.DEAD)
    form = sent()
    answers = [clerk.post(f"{PAGE}/{notice_id}/resend", data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert clerk.post(f"{PAGE}/{notice_id}/resend", data=sent()).status_code == 409


@pytest.mark.parametrize("standing", [S.QUEUED, S.SENT, S.SETTLED])
def test_only_what_failed_has_a_button(
    app: Flask, clerk: FlaskClient, outbox, standing: NoticeState
) -> None:
    notice_id = outbox(standing)
    assert "/resend" not in page_of(clerk)
    assert clerk.post(f"{PAGE}/{notice_id}/resend", data=sent()).status_code == 409
    with app.app_context():
        assert state(notice_id) is standing


def test_a_wiped_secret_has_no_button(app: Flask, clerk: FlaskClient, outbox) -> None:
    notice_id = outbox(S.DEAD, kind=SECRET)
    with app.app_context(), unit_of_work():
        db.session.execute(update(Notice).values(params_sealed=None))
    assert "/resend" not in page_of(clerk)
    assert clerk.post(f"{PAGE}/{notice_id}/resend", data=sent()).status_code == 409


def test_an_unknown_message_does_not_exist(clerk: FlaskClient) -> None:
    assert clerk.post(f"{PAGE}/{uuid7()}/resend", data=sent()).status_code == 404


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_others_do_not_read_deliveries(app: Flask, client: FlaskClient, role: Role) -> None:
    assert signed_in(app, client, role).get(PAGE).status_code == 403


def test_the_task_names_the_message_and_leads_to_the_case(clerk: FlaskClient, outbox) -> None:
    outbox(S.UNSURE, "worker_died", name="欧阳䶮")
    page = page_of(clerk, "/desk/tasks")
    assert "Application withdrawn" in page
    assert "The worker stopped while it was sending." in page
    assert "/desk/cases/" in page
    assert "欧阳䶮" not in page


def test_settling_the_task_ends_the_message(app: Flask, clerk: FlaskClient, outbox) -> None:
    notice_id = outbox(S.DEAD)
    with app.app_context():
        task_id = tasks()[0].id
    answer = clerk.post(f"/desk/tasks/{task_id}/settle", data=sent(settlement="电话告知本人"))
    assert answer.status_code == 303
    with app.app_context():
        assert state(notice_id) is S.SETTLED
    assert "Nothing waits for a person." in page_of(clerk, "/desk/tasks")


def test_settling_without_words_keeps_the_task(app: Flask, clerk: FlaskClient, outbox) -> None:
    outbox(S.DEAD)
    with app.app_context():
        task_id = tasks()[0].id
    answer = clerk.post(f"/desk/tasks/{task_id}/settle", data=sent(settlement=""))
    assert answer.status_code == 422
    with app.app_context():
        assert tasks()[0].state is TaskState.OPEN


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_can_be_looked_at(app: Flask, client: FlaskClient, language: str) -> None:
    reviewer = signed_in(app, client, Role.REVIEWER)
    reviewer.set_cookie("language", language)
    listed = page_of(reviewer, "/desk/message-templates")
    for kind in NOTICE_KINDS:
        assert f"/desk/message-templates/{kind.code}" in listed
        shown = page_of(reviewer, f"/desk/message-templates/{kind.code}")
        # Every kind has a title of its own: its code is for machines.
        title = re.search(r"<h1[^>]*>(.*?)</h1>", shown)
        assert title is not None
        assert kind.code not in title[1]
        assert 'lang="zh"' in shown
        assert 'lang="en"' in shown


def test_an_unknown_kind_does_not_exist(app: Flask, client: FlaskClient) -> None:
    reviewer = signed_in(app, client, Role.REVIEWER)
    for code in ("nonsense", "..%2Fmail", "mail"):
        assert reviewer.get(f"/desk/message-templates/{code}").status_code == 404


def test_a_reader_s_sample_is_text(app: Flask, client: FlaskClient) -> None:
    shown = page_of(
        signed_in(app, client, Role.CLERK), "/desk/message-templates/correction_requested"
    )
    assert "欧阳䶮，您好！" in shown
    assert "2026年12月23日" in shown
    assert "23 December 2026" in shown
