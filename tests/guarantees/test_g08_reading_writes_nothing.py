"""G8: GET writes nothing but who looked; every POST has a token and is safe to repeat."""

import io
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import InternalError
from werkzeug.test import TestResponse

from deploy.local.postgres import OWNER
from talentsvc.access.roles import Role
from talentsvc.cards.models import Application, CaseEvent, CaseNote, Evidence
from talentsvc.cards.terms import ApplicationState, CaseAction
from talentsvc.demo.papers import paper
from talentsvc.extensions.database import db
from talentsvc.extensions.receipts import FormReceipt
from tests.guarantees.browsing import Browser, browser_of
from tests.guarantees.ground import Ground, MadeCase
from tests.guarantees.scenarios.cards import finding_fields
from tests.guarantees.test_g02_no_impossible_step import WAYS, Way, question
from tests.guarantees.test_g07_nobody_reaches_what_is_not_theirs import (
    ACTORS,
    BESIDE,
    FILLED_IN,
    REACH,
    Try,
    same_cookies,
    tries,
)
from tests.guarantees.things import Thing, actors_of, prepare, things_of
from tests.guarantees.watching import changed_tables, listening, snapshot, written_table

_S = ApplicationState
_A = CaseAction


@pytest.fixture(scope="module")
def owner(ground: Ground) -> Iterator[psycopg.Connection]:
    """A connection that sees every table."""
    with ground.servers.cluster.connect(ground.database, OWNER) as connection:
        yield connection


@pytest.fixture(scope="module")
def things(ground: Ground) -> dict[str, Thing]:
    """What the routes are about."""
    prepare(ground)
    with ground.app.app_context():
        found = things_of(ground)
        db.session.rollback()
    return found


@pytest.fixture(scope="module")
def browsers(ground: Ground) -> dict[str, Browser]:
    """A browser of everybody."""
    people = actors_of(ground)
    return {actor: browser_of(ground, people[actor]) for actor in ACTORS}


def reached(ground: Ground, things: dict[str, Thing], method: str) -> dict[str, tuple[str, Try]]:
    """For every route with a method somebody who may use it, and what for."""
    found: dict[str, tuple[str, Try]] = {}
    for actor in reversed(ACTORS):
        for attempt in tries(ground, things, actor):
            if attempt.method == method and attempt.expected == REACH:
                found[attempt.rule.endpoint] = (actor, attempt)
    return found


# -- reading --------------------------------------------------------------------------------------


def test_every_page_is_read_in_a_read_only_transaction(
    ground: Ground, things: dict[str, Thing], browsers: dict[str, Browser]
) -> None:
    """Whoever may open a page writes nothing by it, but that he looked, on a connection of its own."""
    wrong: list[str] = []
    pages = reached(ground, things, "GET")
    assert len(pages) > 60
    for endpoint, (actor, attempt) in pages.items():
        seen: list[str] = []

        def hear(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            is_read_only = connection.get_execution_options().get("postgresql_readonly", False)
            table = written_table(statement)
            if table not in BESIDE and (table is not None or not is_read_only):
                seen.append(statement)  # noqa: B023 - read in the same turn

        with listening(ground.app, "before_cursor_execute", hear):
            answer = same_cookies(ground, browsers[actor]).get(attempt.path)
        if answer.status_code >= 500:
            wrong.append(f"{endpoint} as {actor}: {answer.status}")
        wrong += [f"{endpoint} as {actor}: {statement[:90]}" for statement in seen]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_forgotten_write_fails_loudly_while_a_page_is_read(method: str, ground: Ground) -> None:
    """The server itself refuses, whatever the product's code does."""
    with ground.app.test_request_context("/", method=method):
        ground.app.preprocess_request()
        with pytest.raises(InternalError, match="read-only transaction"):
            db.session.execute(text("UPDATE account SET language = 'en'"))
        db.session.rollback()


def test_the_same_write_is_possible_while_a_form_is_answered(ground: Ground) -> None:
    """The control."""
    with ground.app.test_request_context("/", method="POST"):
        db.session.execute(text("UPDATE account SET language = language"))
        db.session.rollback()


# -- tokens and form ids --------------------------------------------------------------------------


def posts(
    ground: Ground, things: dict[str, Thing], browsers: dict[str, Browser]
) -> Iterator[tuple[str, Any, Browser, str]]:
    """Every route that answers POST, with a fresh client of somebody who may use it."""
    for endpoint, (actor, attempt) in reached(ground, things, "POST").items():
        browser = browsers[actor]
        yield endpoint, same_cookies(ground, browser), browser, attempt.path


def test_every_form_without_a_token_is_refused(
    ground: Ground,
    things: dict[str, Thing],
    browsers: dict[str, Browser],
    owner: psycopg.Connection,
) -> None:
    before = snapshot(owner, but=BESIDE)
    foreign = browser_of(ground).token
    wrong, count = [], 0
    for endpoint, client, browser, path in posts(ground, things, browsers):
        for token in (None, "", "no token at all", foreign):
            form = browser.sent(**FILLED_IN) | {"csrf_token": token}
            answer = client.post(path, data={k: v for k, v in form.items() if v is not None})
            count += 1
            if answer.status_code != 400:
                wrong.append(f"{endpoint} with {token!r}: {answer.status}")
    assert not wrong, "\n".join(wrong)
    assert count > 250
    assert changed_tables(before, snapshot(owner, but=BESIDE)) == []


def test_every_form_without_a_form_id_is_refused(
    ground: Ground,
    things: dict[str, Thing],
    browsers: dict[str, Browser],
    owner: psycopg.Connection,
) -> None:
    before = snapshot(owner, but=BESIDE)
    wrong = []
    for endpoint, client, browser, path in posts(ground, things, browsers):
        for form_id in (None, "", "short", "x" * 65):
            form = browser.sent(**FILLED_IN) | {"form_id": form_id}
            answer = client.post(path, data={k: v for k, v in form.items() if v is not None})
            if answer.status_code != 422:
                wrong.append(f"{endpoint} with {form_id!r}: {answer.status}")
    assert not wrong, "\n".join(wrong)
    assert changed_tables(before, snapshot(owner, but=BESIDE)) == []


# -- sent twice -----------------------------------------------------------------------------------

#: A state in which each step is possible; every case is used once.
TWICE: dict[CaseAction, ApplicationState] = {
    _A.ACCEPT: _S.RECEIVED,
    _A.REFUSE_OUT_OF_SCOPE: _S.RESUBMITTED,
    _A.RECOMMEND: _S.ACCEPTED,
    _A.RECORD_RECOGNITION: _S.SPECIAL_RECOGNITION,
    _A.APPROVE: _S.RECOMMENDED,
    _A.RECORD_OBJECTION: _S.PUBLIC_NOTICE,
    _A.DISMISS_OBJECTION: _S.OBJECTION_OPEN,
    _A.HAND_OVER: _S.ISSUED,
    _A.OVERTURN_REJECTION: _S.REVIEW_OPEN,
    _A.REQUEST_REVIEW: _S.REJECTED,
    _A.SUBMIT: _S.ENDORSEMENT_DECLINED,
    _A.WITHDRAW: _S.CORRECTION_REQUESTED,
}


def asked(
    ground: Ground, action: CaseAction, case: MadeCase
) -> tuple[Browser, str, dict[str, Any]]:
    """Who asks for a step, where, and with which form."""
    way: Way = WAYS[action]
    last = {Role.DECIDER: 2, Role.REVIEWER: 1, Role.CLERK: 1}
    who = case.applicant if way.role is None else ground.staff(way.role, last.get(way.role, 0))
    with ground.app.app_context():
        version = db.session.get_one(Application, case.id).version
    form: dict[str, Any] = {**way.form, "version": str(version)}
    if action is _A.RECOMMEND:
        form |= finding_fields(ground, case)
    browser = browser_of(ground, who)
    return browser, way.path.format(case=case.id), browser.sent(**form)


@pytest.mark.parametrize("action", list(TWICE))
def test_a_form_that_is_sent_twice_has_one_effect_and_one_answer(
    action: CaseAction, ground: Ground, owner: psycopg.Connection
) -> None:
    browser, path, form = asked(ground, action, ground.case(TWICE[action]))
    first = browser.client.post(path, data=form)
    assert first.status_code == 303, first.text
    after_first = snapshot(owner, but=BESIDE)
    second = browser.client.post(path, data=form)
    assert (second.status_code, second.location) == (303, first.location)
    assert changed_tables(after_first, snapshot(owner, but=BESIDE)) == []


def test_the_agents_double_click(ground: Ground, owner: psycopg.Connection) -> None:
    case = ground.case(_S.AWAITING_ENDORSEMENT)
    browser = browser_of(ground, ground.people.agents[case.company])
    path, form = question(ground, case, _A.DECLINE_ENDORSEMENT)
    sent = browser.sent(**form)
    first = browser.client.post(path, data=sent)
    after_first = snapshot(owner, but=BESIDE)
    second = browser.client.post(path, data=sent)
    assert (first.status_code, second.status_code, second.location) == (303, 303, first.location)
    assert changed_tables(after_first, snapshot(owner, but=BESIDE)) == []


def together(
    ground: Ground, browser: Browser, path: str, form: dict[str, Any], count: int = 4
) -> list[TestResponse]:
    """Send one form several times at once, each over a connection of its own."""
    barrier = Barrier(count)

    def send(_number: int) -> TestResponse:
        client = same_cookies(ground, browser)
        barrier.wait()
        return client.post(path, data=form)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(send, range(count)))


def _count(ground: Ground, model: Any, **where: Any) -> int:
    with ground.app.app_context():
        statement = select(func.count()).select_from(model).filter_by(**where)
        return db.session.execute(statement).scalar_one()


def _begin(ground: Ground) -> tuple[Browser, str, dict[str, Any], Callable[[], int]]:
    who = ground.people.second_agent
    browser = browser_of(ground, who)
    account_id = UUID(who.account_id)
    return (
        browser,
        "/applications/start",
        browser.sent(),
        lambda: _count(ground, Application, account_id=account_id),
    )


def _note(ground: Ground) -> tuple[Browser, str, dict[str, Any], Callable[[], int]]:
    case = ground.case(_S.DELIVERED)
    browser = browser_of(ground, ground.staff(Role.CLERK))
    return (
        browser,
        f"/desk/cases/{case.id}/notes",
        browser.sent(text="已电话联系。"),
        lambda: _count(ground, CaseNote, application_id=case.id),
    )


def _lose(ground: Ground) -> tuple[Browser, str, dict[str, Any], Callable[[], int]]:
    case = ground.people.others[_S.ACCEPTED.value]
    browser, path, form = asked(ground, _A.WITHDRAW, case)
    return (
        browser,
        path,
        form,
        lambda: _count(ground, CaseEvent, application_id=case.id, action=_A.WITHDRAW),
    )


@pytest.mark.parametrize("prepare_one", [_begin, _note, _lose])
def test_clicks_at_the_same_moment_have_one_effect(prepare_one: Any, ground: Ground) -> None:
    """On real connections: the second waits for the first, and is led where the first one went."""
    for _round in range(3):
        browser, path, form, count = prepare_one(ground)
        before = count()
        answers = together(ground, browser, path, form)
        assert {answer.status_code for answer in answers} == {303}
        assert len({answer.location for answer in answers}) == 1
        assert count() == before + 1
        if prepare_one is not _note:
            break


def test_a_form_that_came_back_can_be_sent_again(ground: Ground) -> None:
    """A failed validation keeps no receipt, so nothing typed is lost."""
    case = ground.case(_S.DELIVERED)
    browser = browser_of(ground, ground.staff(Role.CLERK))
    path = f"/desk/cases/{case.id}/notes"
    form_id = secrets.token_urlsafe(16)
    before = _count(ground, CaseNote, application_id=case.id)
    assert browser.client.post(path, data=browser.sent(form_id=form_id)).status_code == 422
    assert _count(ground, FormReceipt, form_id=form_id) == 0
    sent = browser.sent(form_id=form_id, text="第二次写对了。")
    assert browser.client.post(path, data=sent).status_code == 303
    assert _count(ground, CaseNote, application_id=case.id) == before + 1


def test_a_receipt_answers_for_nobody_else_and_for_no_other_page(ground: Ground) -> None:
    case, other = ground.case(_S.DELIVERED), ground.people.others[_S.DELIVERED.value]
    form_id = secrets.token_urlsafe(16)
    before = _count(ground, CaseNote)
    for who in (ground.staff(Role.CLERK), ground.staff(Role.CLERK, 1)):
        for one in (case, other):
            browser = browser_of(ground, who)
            sent = browser.sent(form_id=form_id, text="各写各的。")
            answer = browser.client.post(f"/desk/cases/{one.id}/notes", data=sent)
            assert answer.status_code == 303
    assert _count(ground, CaseNote) == before + 4


def test_an_upload_by_script_that_is_sent_again_is_told_so(ground: Ground) -> None:
    """The page's script has no form to show: it is told that its first attempt arrived."""
    case = ground.case(_S.DRAFT)
    browser = browser_of(ground, case.applicant)
    form_id = secrets.token_urlsafe(16)
    path = f"/applications/{case.id}/evidence/diploma"

    def send() -> TestResponse:
        upload = (io.BytesIO(paper("diploma").data), "diploma.pdf")
        return browser.client.post(
            path,
            data={"csrf_token": browser.token, "files": upload},
            headers={"X-Form-Id": form_id, "Accept": "application/json"},
        )

    before = _count(ground, Evidence, application_id=case.id)
    first, second = send(), send()
    assert first.status_code == 201, first.text
    assert (second.status_code, second.get_json()["repeated"]) == (200, True)
    assert _count(ground, Evidence, application_id=case.id) == before + 1
