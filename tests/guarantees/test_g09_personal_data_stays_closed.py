"""G9: personal data stays closed - in the log, on error pages, at the desk, in the database and on disk.

The ground is full of invented people with valid numbers. What they are called may be read; their
document numbers, telephone numbers, addresses and passwords may not, anywhere but in their own forms
and after a recorded click.
"""

import io
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from deploy.local.postgres import OWNER
from talentsvc import logs
from talentsvc.access.roles import Role
from talentsvc.accounts.models import Account
from talentsvc.audit.models import AccessLog
from talentsvc.cards.terms import ApplicationState
from talentsvc.core.identity_numbers import resident_number
from talentsvc.core.masking import mask_number
from talentsvc.demo.world import PASSWORD
from talentsvc.extensions.database import db
from talentsvc.notices.actions.send_due import send_due
from talentsvc.notices.models import Notice
from talentsvc.notices.rendering import RenderedNotice
from talentsvc.notices.terms import Channel, NoticeState
from talentsvc.people.models import IdentityDocument, Person
from tests.guarantees.browsing import Browser, browser_of
from tests.guarantees.ground import (
    BEGAN_AT,
    Ground,
)
from tests.guarantees.test_g07_nobody_reaches_what_is_not_theirs import (
    REACH,
    same_cookies,
    tries,
)
from tests.guarantees.things import AGENT, actors_of, prepare, things_of

_S = ApplicationState

#: What the flows below type, beside what the ground's people have.
NEW_NUMBER = resident_number("139903", BEGAN_AT.date().replace(year=1991), 77)
NEW_NAME = "安静的人"
NEW_PHONE = "13987654321"
NEW_MAIL = "quiet.person.7788@example.cn"
NEW_PASSWORD = "悄悄说一句 quiet 7788"
FIRST_PART_OF_TOKEN = 24


@pytest.fixture(scope="module")
def secrets_of_people(ground: Ground) -> list[str]:
    """Every document number, telephone number, e-mail address and password there is or will be typed."""
    with ground.app.app_context():
        found = {row.number for row in db.session.execute(select(IdentityDocument)).scalars()}
        found |= {row.phone for row in db.session.execute(select(Person)).scalars() if row.phone}
        accounts = db.session.execute(select(Account)).scalars().all()
        found |= {text for row in accounts for text in (row.email, row.phone) if text}
    found |= {PASSWORD, NEW_NUMBER, NEW_PHONE, NEW_MAIL, NEW_PASSWORD}
    # A telephone number is looked for without the country's code, however it is written.
    plain = {re.sub(r"^\+86", "", text) for text in found}
    assert len(plain) > 100
    return sorted(plain)


def found_in(text: str, secrets: list[str]) -> list[str]:
    """Which of the secrets stand in a text, in clear or as hexadecimal bytes."""
    return [one for one in secrets if one in text or one.encode().hex() in text]


# -- the log and the pages of errors --------------------------------------------------------------


@contextmanager
def logged(app: Flask) -> Iterator[io.StringIO]:
    """Everything that the service and every library say inside the block, statements included."""
    heard, former = io.StringIO(), sys.stderr
    handler = logging.StreamHandler(heard)
    root = logging.getLogger()
    level = root.level
    sys.stderr = heard
    try:
        logs.configure(app.config["SETTINGS"])
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        yield heard
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
        sys.stderr = former
        logs.configure(app.config["SETTINGS"])


@contextmanager
def failing_tables(ground: Ground) -> Iterator[None]:
    """Every INSERT and UPDATE of these tables ends at a constraint, whose words repeat the whole row."""
    tables = ("person", "identity_document", "account", "application_draft", "notice", "task")
    with ground.servers.cluster.connect(ground.database, OWNER) as owner:
        for table in tables:
            owner.execute(f"ALTER TABLE {table} ADD CONSTRAINT spoilt CHECK (false) NOT VALID")
        try:
            yield
        finally:
            for table in tables:
                owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT spoilt")


def register_and_sign_in(ground: Ground) -> Iterator[TestResponse]:
    """Somebody registers twice, mistypes everything, and asks for a new password."""
    for identifier in (NEW_PHONE, NEW_MAIL):
        browser = Browser(ground.app)
        form = {"display_name": NEW_NAME, "identifier": identifier, "password": NEW_PASSWORD}
        yield browser.post("/register", **form)
        yield browser.post("/code", code="000000")
        yield browser.post("/code/again")
        yield browser.post("/sign-in", identifier=identifier, password=NEW_PASSWORD)
        yield browser.post("/sign-in", identifier=identifier, password=f"{NEW_PASSWORD}!")
        yield browser.post("/reset", identifier=identifier)
        yield browser.post("/reset/code", code="000000", password=NEW_PASSWORD)
        yield browser.post("/reset/new", token="x" * 75, password=NEW_PASSWORD)
    yield Browser(ground.app).post("/sign-in/by-code", identifier=NEW_PHONE)


def say_who_one_is(ground: Ground) -> Iterator[TestResponse]:
    """A stranger types a new number, then a number that is somebody else's; then begins a case."""
    stranger = browser_of(ground, ground.people.stranger)
    with ground.app.app_context():
        known = db.session.execute(select(IdentityDocument)).scalars().first()
        assert known is not None
        known_number = known.number
    identity = {
        "name": NEW_NAME,
        "nationality": "CN",
        "document_kind": "resident_id",
        "phone": NEW_PHONE,
    }
    for number in (known_number, NEW_NUMBER[:-1] + "0", NEW_NUMBER):
        yield stranger.post("/employers/identity", document_number=number, **identity)
    case = ground.case(_S.DRAFT)
    applicant = browser_of(ground, case.applicant)
    for path in ("identity", "identity/draft"):
        yield applicant.post(
            f"/applications/{case.id}/{path}", document_number=NEW_NUMBER, **identity
        )


def look_up(ground: Ground) -> Iterator[TestResponse]:
    """A clerk searches by number and reveals one; somebody without the right tries the same."""
    clerk, admin = (
        browser_of(ground, ground.staff(role)) for role in (Role.CLERK, Role.SYSTEM_ADMIN)
    )
    with ground.app.app_context():
        known = db.session.execute(select(IdentityDocument)).scalars().first()
        assert known is not None
        number, person_id = known.number, known.person_id
    for browser in (clerk, admin):
        yield browser.get(f"/desk/people/?q={number}")
        yield browser.get(f"/desk/cases?q={number}")
        yield browser.get(f"/desk/cards?q={NEW_PHONE}")
        yield browser.post(f"/desk/people/{person_id}/reveal/document")


def run_flows(ground: Ground) -> list[TestResponse]:
    """A big slice of what people do."""
    flows = (register_and_sign_in, say_who_one_is, look_up)
    return [answer for flow in flows for answer in flow(ground)]


class _Loud:
    """A mail server whose every failure repeats the address."""

    def prepare(self, notice: RenderedNotice) -> None:
        raise RuntimeError(f"no such mailbox: {notice.address} {notice.text}")


def test_the_log_and_the_pages_of_errors_hold_none_of_it(
    ground: Ground, secrets_of_people: list[str]
) -> None:
    with logged(ground.app) as heard:
        with failing_tables(ground):
            answers = run_flows(ground)
        answers += run_flows(ground)
        with ground.app.app_context():
            assert send_due({Channel.EMAIL: _Loud(), Channel.SMS: _Loud()})  # type: ignore[dict-item]
    text = heard.getvalue()
    assert text.count('"event": "fault"') >= 5, "nothing failed, so nothing was proved"
    assert "notice_not_prepared" in text
    assert found_in(text, secrets_of_people) == []
    # Nor whole rows, in which names stand: the constraint's own name says enough.
    assert 'constraint \\"spoilt\\"' in text
    assert NEW_NAME not in text
    errors = [answer for answer in answers if answer.status_code in (400, 403, 404, 500, 503)]
    assert len(errors) > 10
    for answer in errors:
        # What somebody typed into the address stands in the page's links back to it.
        typed = unquote(answer.request.url)
        assert [s for s in found_in(answer.text, secrets_of_people) if s not in typed] == []
        # The reference that the page names finds the request in the log.
        assert "Traceback" not in answer.text
    with_reference = [a for a in errors if a.status_code == 500]
    assert all(re.search(r"\b[0-9a-f]{12}\b", answer.text) for answer in with_reference)


def test_what_an_error_of_the_database_says_holds_none_of_it(
    ground: Ground, secrets_of_people: list[str]
) -> None:
    """The server repeats a whole row when a constraint refuses it; what is secret in it is sealed."""
    with (
        failing_tables(ground),
        pytest.raises(Exception, match="spoilt") as refusal,
        ground.app.app_context(),
    ):
        person = db.session.execute(select(Person)).scalars().first()
        assert person is not None
        person.phone = f"+86{NEW_PHONE}"
        db.session.commit()
    assert "Failing row contains" in str(refusal.value)
    assert found_in(str(refusal.value), secrets_of_people) == []


# -- pages ----------------------------------------------------------------------------------------


def test_no_page_of_the_desk_or_of_an_employer_shows_a_number_in_clear(
    ground: Ground, secrets_of_people: list[str]
) -> None:
    """Masked by default; the one page that shows it follows a recorded click."""
    prepare(ground)
    with ground.app.app_context():
        things = things_of(ground)
        db.session.rollback()
    shown, pages = [], 0
    for actor in (Role.CLERK, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, AGENT):
        browser = browser_of(ground, actors_of(ground)[actor])
        for attempt in tries(ground, things, actor):
            is_staff_page = attempt.path.startswith("/desk") or actor == AGENT
            if attempt.method == "GET" and attempt.expected == REACH and is_staff_page:
                text = same_cookies(ground, browser).get(attempt.path).get_data().decode("latin-1")
                pages += 1
                shown += [f"{attempt}: {mask_number(s)}" for s in found_in(text, secrets_of_people)]
    assert shown == []
    assert pages > 60


def test_a_number_is_revealed_by_a_click_that_was_written_down_before(ground: Ground) -> None:
    case = ground.case(_S.RECEIVED)
    browser = browser_of(ground, ground.staff(Role.CLERK))
    path = f"/desk/people/{case.applicant.person_id}/reveal/document"
    with ground.app.app_context():
        number = (
            db.session.execute(
                select(IdentityDocument).where(
                    IdentityDocument.person_id == UUID(case.applicant.person_id or "")
                )
            )
            .scalar_one()
            .number
        )
        before = _reveals(ground)
    page = browser.post(path)
    assert page.status_code == 200
    assert number in page.text
    assert page.headers["Cache-Control"] == "no-store"
    with ground.app.app_context():
        assert _reveals(ground) == before + 1


def test_what_cannot_be_written_down_is_not_shown(ground: Ground) -> None:
    case = ground.case(_S.RECEIVED)
    browser = browser_of(ground, ground.staff(Role.CLERK))
    with ground.servers.cluster.connect(ground.database, OWNER) as owner:
        owner.execute("ALTER TABLE access_log ADD CONSTRAINT spoilt CHECK (false) NOT VALID")
        try:
            page = browser.post(f"/desk/people/{case.applicant.person_id}/reveal/document")
        finally:
            owner.execute("ALTER TABLE access_log DROP CONSTRAINT spoilt")
    assert page.status_code == 500
    with ground.app.app_context():
        numbers = [row.number for row in db.session.execute(select(IdentityDocument)).scalars()]
    assert found_in(page.text, numbers) == []


def _reveals(_ground: Ground) -> int:
    return len(db.session.execute(select(AccessLog.id).where(AccessLog.kind == "reveal")).all())


# -- the database and the disk --------------------------------------------------------------------


def dump(ground: Ground, database: str) -> str:
    """Every row of every table as text, bytes as hexadecimal digits."""
    with ground.servers.cluster.connect(database, OWNER) as owner:
        tables = owner.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        rows = [
            str(row[0])
            for (table,) in tables
            for row in owner.execute(f'SELECT t::text FROM "{table}" t').fetchall()
        ]
    return "\n".join(rows)


def test_the_stored_columns_hold_none_of_it(ground: Ground, secrets_of_people: list[str]) -> None:
    run_flows(ground)
    text = dump(ground, ground.database)
    assert len(text) > 500_000
    # The control: what is not secret is found, so the dump is whole.
    with ground.app.app_context():
        name = db.session.execute(select(Person.name).limit(1)).scalar_one()
    assert name in text
    assert found_in(text, secrets_of_people) == []


def test_the_stored_files_are_closed(ground: Ground) -> None:
    kept = [path for path in (ground.folder / "files").rglob("*") if path.is_file()]
    assert len(kept) > 100
    for path in kept:
        content = path.read_bytes()
        assert content[0] == 1, "not sealed"
        assert b"%PDF" not in content
        assert b"JFIF" not in content
        assert path.stat().st_mode & 0o077 == 0


def test_messages_that_were_secret_are_wiped_once_their_fate_is_known(ground: Ground) -> None:
    """Codes and links of dead or sent messages rest nowhere."""
    with ground.app.app_context():
        ended = db.session.execute(
            select(Notice).where(
                Notice.kind.in_(("verify_email", "verify_phone", "reset_password", "reset_code")),
                Notice.state.not_in((NoticeState.QUEUED, NoticeState.LEASED)),
            )
        ).scalars()
        assert all(notice.params_sealed is None for notice in ended)
