"""Sending what is due: none lost, none twice, whatever fails (guarantees.md G5)."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update

from deploy.local.places import free_port
from talentsvc.core.clock import now
from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.actions import send_due as sending
from talentsvc.notices.actions.send_due import LEASE, lease_next, send_due
from talentsvc.notices.models import Notice
from talentsvc.notices.rules import TRIES, TRIES_OF_SHORT_LIVED
from talentsvc.notices.sending import NoSmsGateway, Senders, open_senders
from talentsvc.notices.terms import Channel, NoticeState
from talentsvc.settings import Environment, Settings
from tests.notices.outbox import (
    BY_PHONE,
    PHONE,
    SECRET,
    USUAL,
    post_many,
    post_one,
    row,
    state,
    states,
)
from tests.notices.post_office import HANG_UP, PostOffice

pytestmark = pytest.mark.usefixtures("app_context")

S = NoticeState


def test_a_message_arrives_in_its_reader_s_language(senders: Senders, office: PostOffice) -> None:
    zh, en = post_one(), post_one(email="okafor@example.com", language="en", name="Amara Okafor")
    assert send_due(senders) == 2
    assert {state(zh), state(en)} == {S.SENT}
    chinese, english = office.received
    assert chinese["Subject"] == "申请 GXS-2026-00318-7 已撤回"
    assert english["Subject"] == "Application GXS-2026-00318-7 was withdrawn"
    assert "Hello Amara Okafor," in english.get_body(("plain",)).get_content()
    assert "This message was sent automatically" in english.get_body(("html",)).get_content()
    assert "本邮件由系统自动发送" in chinese.get_body(("html",)).get_content()


def test_what_is_sent_is_not_sent_again(senders: Senders, office: PostOffice) -> None:
    post_one()
    send_due(senders)
    assert send_due(senders) == 0
    assert len(office.received) == 1


def test_the_mark_says_when_and_clears_the_rest(senders: Senders) -> None:
    notice_id = post_one()
    send_due(senders)
    notice = row(notice_id)
    assert notice.sent_at is not None
    assert notice.lease_until is None
    assert notice.last_error is None
    assert notice.attempts == 1


def test_a_secret_is_wiped_once_it_was_sent(senders: Senders, office: PostOffice) -> None:
    secret, usual = post_one(SECRET), post_one(USUAL)
    send_due(senders)
    assert row(secret).params_sealed is None
    assert row(usual).params_sealed is not None
    assert "048213" in office.received[0].get_body(("plain",)).get_content()


def test_a_code_overtakes_a_thousand_letters(senders: Senders, office: PostOffice) -> None:
    post_many(30)
    post_one(SECRET, email="hurry@example.cn")
    send_due(senders)
    assert office.recipients[0] == "hurry@example.cn"
    assert len(office.received) == 31


def test_a_name_with_a_line_break_adds_no_header(senders: Senders, office: PostOffice) -> None:
    evil = "王\r\nBcc: all@example.cn\r\n\r\nevil"
    notice_id = post_one(reference=evil, name=evil)
    send_due(senders)
    assert state(notice_id) is S.SENT
    (message,) = office.received
    assert message["Bcc"] is None
    assert office.recipients == ["wang@example.cn"]
    assert "Bcc: all@example.cn" in message["Subject"]


def test_a_server_that_is_down_costs_one_message_one_try(
    settings: Settings, senders: Senders, office: PostOffice
) -> None:
    ids = post_many(5)
    with open_senders(replace(settings, smtp_port=free_port())) as nowhere:
        assert send_due(nowhere) == 1
    assert [row(one).attempts for one in ids] == [1, 0, 0, 0, 0]
    assert row(ids[0]).last_error == "no_connection"
    # The server is back: the others go at once, the first after its wait.
    send_due(senders)
    assert len(office.received) == 4
    with time_machine.travel(now() + timedelta(minutes=1, seconds=1)):
        send_due(senders)
    assert states() == {S.SENT}
    assert max(office.copies().values()) == 1


def test_a_channel_that_is_down_does_not_hold_up_another(
    settings: Settings, senders: Senders, office: PostOffice
) -> None:
    mail = post_one()
    text = post_one(BY_PHONE, email=None, phone=PHONE)
    with open_senders(replace(settings, smtp_port=free_port())) as nowhere:
        send_due({Channel.EMAIL: nowhere[Channel.EMAIL], Channel.SMS: senders[Channel.SMS]})
    assert state(mail) is S.QUEUED
    assert state(text) is S.SENT


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"RCPT": "450 later"}, "not_now 450"),
        ({"RCPT": "535 sign in"}, "our_side_refused 535"),
        ({"MAIL": "550 not you"}, "our_side_refused 550"),
        ({"RCPT": HANG_UP}, "no_connection"),
    ],
)
def test_what_is_not_final_is_tried_again(
    senders: Senders, office: PostOffice, answers: dict[str, str], error: str
) -> None:
    office.answers = answers
    notice_id = post_one()
    send_due(senders)
    notice = row(notice_id)
    assert notice.state is S.QUEUED
    assert notice.last_error == error
    assert notice.next_attempt_at > now()
    assert send_due(senders) == 0
    office.answers = {}
    with time_machine.travel(notice.next_attempt_at):
        send_due(senders)
    assert state(notice_id) is S.SENT
    assert len(office.received) == 1


@pytest.mark.parametrize(("step", "code"), [("RCPT", "550"), ("DATA", "554")])
def test_what_is_final_ends_at_once(
    senders: Senders, office: PostOffice, step: str, code: str
) -> None:
    office.answers[step] = f"{code} no"
    notice_id = post_one()
    send_due(senders)
    notice = row(notice_id)
    assert notice.state is S.DEAD
    assert notice.last_error == f"refused {code}"
    # A person may still send it again.
    assert notice.params_sealed is not None


def test_an_answer_that_never_came_is_unsure(senders: Senders, office: PostOffice) -> None:
    office.answers["DATA"] = HANG_UP
    notice_id = post_one()
    send_due(senders)
    assert state(notice_id) is S.UNSURE
    office.answers = {}
    with time_machine.travel(now() + timedelta(days=30)):
        assert send_due(senders) == 0
    assert len(office.received) == 1


@pytest.mark.parametrize(("kind", "tries"), [(USUAL, TRIES), (SECRET, TRIES_OF_SHORT_LIVED)])
def test_the_last_try_gives_it_to_a_person(
    senders: Senders, office: PostOffice, kind, tries: int
) -> None:
    office.answers["RCPT"] = "450 later"
    notice_id = post_one(kind)
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(tries):
            assert state(notice_id) is S.QUEUED
            send_due(senders)
            clock.shift(timedelta(hours=1))
    notice = row(notice_id)
    assert notice.state is S.DEAD
    assert notice.attempts == tries
    assert (notice.params_sealed is None) == kind.is_secret


def test_a_message_nobody_can_write_does_not_stop_those_behind_it(
    senders: Senders, office: PostOffice
) -> None:
    broken, damaged, good = post_many(3)
    with unit_of_work():
        db.session.execute(update(Notice).where(Notice.id == broken).values(kind="no_such_kind"))
        db.session.execute(update(Notice).where(Notice.id == damaged).values(params_sealed=b"x"))
    send_due(senders)
    assert state(good) is S.SENT
    for notice_id in (broken, damaged):
        assert row(notice_id).state is S.QUEUED
        assert row(notice_id).last_error == "not_writable"
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(TRIES_OF_SHORT_LIVED):
            clock.shift(timedelta(hours=1))
            send_due(senders)
    assert state(broken) is state(damaged) is S.DEAD


def test_an_impossible_address_is_a_person_s_business(senders: Senders) -> None:
    notice_id = post_one(email="not an address")
    send_due(senders)
    assert row(notice_id).state is S.DEAD
    assert row(notice_id).last_error == "address_not_possible"


def test_a_fault_of_ours_while_handing_over_is_in_doubt(office: PostOffice) -> None:
    class Faulty:
        def prepare(self, notice):
            return lambda: 1 / 0

    notice_id = post_one()
    send_due({Channel.EMAIL: Faulty()})
    assert state(notice_id) is S.UNSURE
    assert row(notice_id).last_error == "unexpected"


def test_a_fault_of_ours_before_that_is_not(senders: Senders, office: PostOffice) -> None:
    class Faulty:
        def prepare(self, notice):
            raise KeyError("what")

    notice_id = post_one()
    send_due({Channel.EMAIL: Faulty()})
    assert state(notice_id) is S.QUEUED
    with time_machine.travel(now() + timedelta(minutes=2)):
        send_due(senders)
    assert state(notice_id) is S.SENT


def test_a_text_message_of_the_demonstration_goes_to_the_mail_catcher(
    senders: Senders, office: PostOffice
) -> None:
    post_one(BY_PHONE, email=None, phone=PHONE)
    send_due(senders)
    (message,) = office.received
    assert office.recipients == [f"{PHONE}@sms.invalid"]
    assert message["Subject"].startswith("【演示短信】")
    assert "048213" in message.get_content()


def test_without_a_gateway_a_text_message_ends_at_once(office: PostOffice) -> None:
    notice_id = post_one(BY_PHONE, email=None, phone=PHONE)
    send_due({Channel.SMS: NoSmsGateway()})
    assert row(notice_id).state is S.DEAD
    assert row(notice_id).last_error == "no_sms_gateway"
    assert office.received == []


def test_production_has_no_gateway_yet(settings: Settings) -> None:
    with open_senders(replace(settings, environment=Environment.PRODUCTION)) as senders:
        assert isinstance(senders[Channel.SMS], NoSmsGateway)


def test_no_transaction_is_open_while_the_server_is_talked_to(
    senders: Senders, office: PostOffice, owner_connection
) -> None:
    found: list[tuple] = []

    def look(step: str, _recipient: str) -> None:
        found.extend(
            (step, state)
            for (state,) in owner_connection.execute(
                "SELECT state FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
            )
        )

    post_one()
    office.watch = look
    send_due(senders)
    assert len(office.received) == 1
    assert found == []


def test_many_workers_send_each_message_once(
    app: Flask, settings: Settings, office: PostOffice
) -> None:
    ids = post_many(60)
    meet = threading.Barrier(4)

    def work() -> None:
        with app.app_context(), open_senders(settings) as senders:
            meet.wait(10)
            send_due(senders, seconds=60)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [state(one) for one in ids] == [S.SENT] * 60
    assert sorted(office.copies().values()) == [1] * 60


def test_a_lease_that_another_worker_holds_is_left_alone(senders: Senders) -> None:
    """The row's lock is skipped while it is being leased, its state keeps it from then on."""
    first, second = post_many(2)
    with unit_of_work():
        leased = lease_next(at=now())
        assert leased is not None
        assert leased.id == first
    send_due(senders)
    assert state(first) is S.LEASED
    assert state(second) is S.SENT


def test_a_try_whose_lease_was_taken_over_sends_nothing(
    senders: Senders, office: PostOffice
) -> None:
    notice_id = post_one()
    with unit_of_work():
        late = lease_next(at=now())
    assert late is not None
    with unit_of_work():
        db.session.execute(
            update(Notice)
            .where(Notice.id == notice_id)
            .values(state=S.QUEUED, lease_until=None, lease_token=None)
        )
    send_due(senders)
    assert sending.deliver(late, senders[Channel.EMAIL])
    assert len(office.received) == 1
    assert state(notice_id) is S.SENT


def test_a_try_leaves_alone_what_another_worker_holds_now(
    senders: Senders, office: PostOffice
) -> None:
    notice_id = post_one()
    with unit_of_work():
        late = lease_next(at=now())
    assert late is not None
    other = uuid7()
    with unit_of_work():
        db.session.execute(update(Notice).where(Notice.id == notice_id).values(lease_token=other))
    sending.deliver(late, senders[Channel.EMAIL])
    assert office.received == []
    assert (row(notice_id).state, row(notice_id).lease_token) == (S.LEASED, other)
    assert not row(notice_id).is_handed_over


def test_a_lease_that_ran_out_but_was_not_taken_over_still_holds(
    senders: Senders, office: PostOffice
) -> None:
    notice_id = post_one()
    with unit_of_work():
        late = lease_next(at=now())
    assert late is not None
    with time_machine.travel(now() + 2 * LEASE):
        sending.deliver(late, senders[Channel.EMAIL])
    assert state(notice_id) is S.SENT
    assert len(office.received) == 1


def test_a_full_outbox_ends_a_task_in_time_and_the_next_goes_on(
    senders: Senders, office: PostOffice
) -> None:
    post_many(3)
    assert send_due(senders, seconds=0) == 0
    tried = send_due(senders, seconds=0.000001)
    assert tried <= 1
    send_due(senders)
    assert len(office.received) == 3
