"""Posting: once per recipient, kind, subject and version, in the business transaction or not at all."""

import json
import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from talentsvc.core.clock import now
from talentsvc.core.ids import uuid7
from talentsvc.extensions import wake as waking
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.actions.post import post
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import Channel, NoticeKind, NoticeState, Recipient
from tests.notices.outbox import BY_ALL, PHONE, SECRET, USUAL, post_one, row

pytestmark = pytest.mark.usefixtures("app_context")

EMAIL = "wang@example.cn"
SUBJECT = uuid7()


@pytest.fixture(autouse=True)
def woken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tasks that were woken; no broker is asked."""
    tasks: list[str] = []
    monkeypatch.setattr(waking._Wake, "__call__", lambda self: tasks.append(self.task))
    return tasks


def notices() -> list[Notice]:
    return list(db.session.execute(select(Notice).order_by(Notice.id)).scalars())


def count() -> int:
    return db.session.execute(select(func.count()).select_from(Notice)).scalar_one()


def tell(recipient: Recipient, kind: NoticeKind = USUAL, version: str = "1") -> int:
    return post(
        kind,
        recipient,
        subject_kind="application",
        subject_id=SUBJECT,
        params=kind.sample,
        at=now(),
        version=version,
    )


def test_a_row_for_each_channel_that_reaches_somebody() -> None:
    with unit_of_work():
        assert tell(Recipient(email=EMAIL, phone=PHONE, account_id=uuid7()), BY_ALL) == 3
        assert tell(Recipient(email=EMAIL), BY_ALL) == 1
        assert tell(Recipient(person_id=uuid7()), BY_ALL) == 0
    assert sorted(notice.channel for notice in notices()) == ["email", "email", "inbox", "sms"]


def test_the_inbox_has_it_at_once_and_the_rest_waits() -> None:
    with unit_of_work():
        tell(Recipient(email=EMAIL, account_id=uuid7()))
    found = {notice.channel: notice for notice in notices()}
    assert found[Channel.INBOX].state is NoticeState.SENT
    assert found[Channel.EMAIL].state is NoticeState.QUEUED
    assert found[Channel.EMAIL].attempts == 0


def test_address_and_text_rest_encrypted() -> None:
    notice_id = post_one(email=EMAIL, name="欧阳䶮")
    notice = row(notice_id)
    raw = str(db.session.execute(select(Notice.__table__)).mappings().one())
    assert EMAIL not in raw
    assert "欧阳" not in raw
    assert notice.address == EMAIL
    assert json.loads(notice.params_json)["name"] == "欧阳䶮"


def test_the_same_message_twice_is_one_row() -> None:
    with unit_of_work():
        assert tell(Recipient(email=EMAIL)) == 1
        assert tell(Recipient(email=EMAIL)) == 0
    with unit_of_work():
        assert tell(Recipient(email=EMAIL)) == 0
    assert count() == 1


def test_another_version_recipient_or_kind_is_another_message() -> None:
    with unit_of_work():
        tell(Recipient(email=EMAIL))
        tell(Recipient(email=EMAIL), version="2")
        tell(Recipient(email="li@example.cn"))
        tell(Recipient(email=EMAIL), SECRET)
    assert count() == 4


def test_two_transactions_at_once_leave_one_row(app: Flask) -> None:
    meet = threading.Barrier(2)

    def tell_apart() -> None:
        with app.app_context(), unit_of_work():
            meet.wait(10)
            tell(Recipient(email=EMAIL))

    threads = [threading.Thread(target=tell_apart) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert count() == 1


def test_nothing_is_posted_by_a_transaction_that_fails(woken: list[str]) -> None:
    def fail() -> None:
        with unit_of_work():
            tell(Recipient(email=EMAIL))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert count() == 0
    assert woken == []


def test_a_worker_is_woken_once_and_only_for_what_leaves_the_house(woken: list[str]) -> None:
    with unit_of_work():
        tell(Recipient(account_id=uuid7()))
    assert woken == []
    with unit_of_work():
        tell(Recipient(email=EMAIL))
        tell(Recipient(email="li@example.cn"))
        assert woken == []
    assert woken == ["notices.send_due"]
    with unit_of_work():
        tell(Recipient(email=EMAIL))
    assert woken == ["notices.send_due"]


def test_a_kind_that_was_turned_off_is_not_sent_unless_the_law_wants_it() -> None:
    optional = NoticeKind("fair_news", "applicant", {}, is_statutory=False)
    declined = frozenset({"fair_news", USUAL.code})
    with unit_of_work():
        assert tell(Recipient(email=EMAIL, declined_kinds=declined), optional) == 0
        assert tell(Recipient(email=EMAIL, declined_kinds=declined)) == 1
        assert tell(Recipient(email=EMAIL), optional) == 1


def test_a_message_that_could_not_be_written_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="application_withdrawn needs link, reference"):
        post(
            USUAL,
            Recipient(email=EMAIL),
            subject_kind="application",
            subject_id=SUBJECT,
            params={"name": "x"},
            at=now(),
        )


def test_an_address_without_an_account_does_not_rest_in_the_key() -> None:
    notice = row(post_one(email=EMAIL))
    assert EMAIL not in notice.dedupe_key
    assert "wang" not in notice.dedupe_key


def test_a_code_goes_before_everything_else() -> None:
    assert row(post_one(SECRET)).priority < row(post_one(USUAL)).priority


def test_a_secret_has_no_place_in_the_inbox() -> None:
    with pytest.raises(ValueError, match="secret"):
        NoticeKind("code", "account", {}, channels=(Channel.INBOX,), is_secret=True)
