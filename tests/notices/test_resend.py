"""A person at the desk decides about a message that failed: once more, or seen to in another way."""

import pytest
from sqlalchemy import select, update

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.audit.models import AuditEntry
from talentsvc.core.clock import now
from talentsvc.core.errors import NotAllowedNow, NotFoundHere
from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.actions.resend import resend
from talentsvc.notices.actions.send_due import send_due
from talentsvc.notices.actions.settle_notice import settle_notice
from talentsvc.notices.models import Notice
from talentsvc.notices.sending import Senders
from talentsvc.notices.terms import NoticeState
from tests.notices.outbox import SECRET, post_one, row, state
from tests.notices.post_office import HANG_UP, PostOffice

pytestmark = pytest.mark.usefixtures("app_context")

S = NoticeState
CLERK = Actor(account_id=uuid7(), roles=frozenset({Role.CLERK}), acting_as="clerk")


def again(notice_id, **options) -> None:
    with unit_of_work():
        resend(notice_id, actor=CLERK, at=now(), **options)


@pytest.fixture
def dead(senders: Senders, office: PostOffice):
    """A message whose address the server did not know; the server takes everything from now on."""
    office.answers["RCPT"] = "550 unknown"
    notice_id = post_one()
    send_due(senders)
    office.answers.clear()
    assert state(notice_id) is S.DEAD
    return notice_id


def test_it_is_sent_and_the_record_says_by_whom(dead, senders: Senders, office: PostOffice) -> None:
    again(dead)
    assert row(dead).attempts == 0
    send_due(senders)
    assert state(dead) is S.SENT
    assert office.recipients == ["wang@example.cn"]
    entry = db.session.execute(select(AuditEntry).where(AuditEntry.action == "resend")).scalar_one()
    assert entry.actor_account_id == CLERK.account_id
    assert "wang" not in str(entry.change)


def test_a_newer_address_replaces_the_one_that_failed(
    dead, senders: Senders, office: PostOffice
) -> None:
    again(dead, address="new@example.cn")
    send_due(senders)
    assert office.recipients == ["new@example.cn"]
    assert row(dead).address == "new@example.cn"


def test_it_keeps_its_message_id_so_that_two_copies_are_recognised(
    senders: Senders, office: PostOffice
) -> None:
    office.answers["DATA"] = HANG_UP
    notice_id = post_one()
    send_due(senders)
    assert state(notice_id) is S.UNSURE
    office.answers.clear()
    again(notice_id)
    send_due(senders)
    assert len(office.received) == 2
    assert len(office.copies()) == 1


@pytest.mark.parametrize("standing", [S.QUEUED, S.SENT, S.SETTLED])
def test_what_has_not_failed_is_not_sent_again(standing: NoticeState) -> None:
    notice_id = post_one()
    with unit_of_work():
        db.session.execute(update(Notice).values(state=standing))
    with pytest.raises(NotAllowedNow):
        again(notice_id)
    assert state(notice_id) is standing


def test_what_was_wiped_cannot_be_sent_again(senders: Senders, office: PostOffice) -> None:
    office.answers["RCPT"] = "550 unknown"
    notice_id = post_one(SECRET)
    send_due(senders)
    with pytest.raises(NotAllowedNow):
        again(notice_id)


def test_an_unknown_message() -> None:
    with pytest.raises(NotFoundHere):
        again(uuid7())


def test_seen_to_in_another_way(dead, senders: Senders, office: PostOffice) -> None:
    with unit_of_work():
        assert settle_notice(dead)
    assert state(dead) is S.SETTLED
    assert send_due(senders) == 0
    assert office.received == []
    with unit_of_work():
        assert not settle_notice(dead)
        assert not settle_notice(uuid7())
