"""What a dead worker held: tried again when nothing was handed over, else a person's (G5)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import update

from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.actions.recover_leases import GRACE, recover_leases
from talentsvc.notices.actions.send_due import LEASE, deliver, lease_next, send_due
from talentsvc.notices.failures import Refused
from talentsvc.notices.models import Notice
from talentsvc.notices.rules import TRIES
from talentsvc.notices.sending import HandOver, Senders
from talentsvc.notices.terms import Channel, NoticeState, Trouble
from tests.notices.outbox import SECRET, post_one, row, state
from tests.notices.post_office import PostOffice

pytestmark = pytest.mark.usefixtures("app_context")

S = NoticeState
SOON = timedelta(seconds=1)


class Died(BaseException):
    """Nobody catches the end of a process."""


class Dying:
    """A sender during whose work the worker dies; `after` says whether the server had it by then."""

    def __init__(self, senders: Senders | None = None) -> None:
        self._senders = senders

    def prepare(self, notice) -> HandOver:
        """Prepare as usual, and die while handing over."""
        really = self._senders[Channel.EMAIL].prepare(notice) if self._senders else None

        def hand_over() -> None:
            if really is not None:
                really()
            raise Died

        return hand_over


def recover(at: datetime) -> int:
    with unit_of_work():
        return recover_leases(at=at)


def lease() -> None:
    with unit_of_work():
        assert lease_next(at=now()) is not None


def test_a_living_lease_is_left_alone() -> None:
    notice_id = post_one()
    lease()
    assert recover(now()) == 0
    assert state(notice_id) is S.LEASED


def test_a_death_before_handing_over_loses_nothing(senders: Senders, office: PostOffice) -> None:
    notice_id = post_one()
    lease()
    later = now() + LEASE + SOON
    assert recover(later) == 1
    notice = row(notice_id)
    assert notice.state is S.QUEUED
    assert notice.last_error == "worker_died"
    assert notice.lease_token is None
    with time_machine.travel(later + SOON):
        send_due(senders)
    assert state(notice_id) is S.SENT
    assert len(office.received) == 1


@pytest.mark.parametrize("server_had_it", [True, False])
def test_a_death_while_handing_over_is_unsure_and_never_sent_again(
    senders: Senders, office: PostOffice, server_had_it: bool
) -> None:
    notice_id = post_one()
    with pytest.raises(Died):
        send_due({Channel.EMAIL: Dying(senders if server_had_it else None)})
    assert state(notice_id) is S.LEASED
    # A slow server may still answer: the doubt is called one only after the grace.
    assert recover(now() + LEASE + SOON) == 0
    assert recover(now() + LEASE + GRACE + SOON) == 1
    assert state(notice_id) is S.UNSURE
    with time_machine.travel(now() + timedelta(days=3)):
        assert recover(now()) == 0
        assert send_due(senders) == 0
    assert len(office.received) == int(server_had_it)


def test_a_secret_in_doubt_is_wiped() -> None:
    notice_id = post_one(SECRET)
    with pytest.raises(Died):
        send_due({Channel.EMAIL: Dying()})
    recover(now() + LEASE + GRACE + SOON)
    assert row(notice_id).params_sealed is None


@pytest.mark.parametrize("is_refused", [False, True])
def test_a_late_answer_settles_the_doubt(senders: Senders, is_refused: bool) -> None:
    """The worker was only slow: it still knows what became of the message."""
    notice_id = post_one()

    class Slow:
        def prepare(self, notice) -> HandOver:
            def hand_over() -> None:
                assert recover(now() + LEASE + GRACE + SOON) == 1
                assert state(notice_id) is S.UNSURE
                if is_refused:
                    raise Refused(Trouble.REFUSED, 550)

            return hand_over

    send_due({Channel.EMAIL: Slow()})
    assert state(notice_id) is (S.DEAD if is_refused else S.SENT)


def test_a_message_that_kills_every_worker_becomes_a_person_s() -> None:
    notice_id = post_one()
    with unit_of_work():
        db.session.execute(update(Notice).values(attempts=TRIES - 1))
    lease()
    recover(now() + LEASE + SOON)
    assert state(notice_id) is S.DEAD
    assert row(notice_id).last_error == "worker_died"


def test_a_clock_that_jumps_ahead_sends_nothing_twice(senders: Senders, office: PostOffice) -> None:
    """Another machine's clock is a day ahead: it takes the lease over while the first still works."""
    notice_id = post_one()
    with unit_of_work():
        slow = lease_next(at=now())
    assert slow is not None
    with time_machine.travel(now() + timedelta(days=1)):
        assert recover(now()) == 1
        send_due(senders)
    assert deliver(slow, senders[Channel.EMAIL])
    assert state(notice_id) is S.SENT
    assert len(office.received) == 1


def test_a_clock_that_jumps_ahead_during_the_dialogue_leaves_no_doubt(
    senders: Senders, office: PostOffice
) -> None:
    notice_id = post_one()
    with time_machine.travel(now()) as clock:
        office.watch = lambda step, _recipient: step == "DATA" and clock.shift(timedelta(days=1))
        send_due(senders)
        office.watch = lambda _step, _recipient: None
        recover(now())
        send_due(senders)
    assert state(notice_id) is S.SENT
    assert len(office.received) == 1


def test_a_clock_that_was_ahead_only_delays(senders: Senders, office: PostOffice) -> None:
    """Posted and leased a day ahead of the right time: nothing is lost when the clock is set back."""
    with time_machine.travel(now() + timedelta(days=1)):
        waiting = post_one()
        lease()
        late = post_one()
    assert send_due(senders) == 0
    assert recover(now()) == 0
    with time_machine.travel(now() + timedelta(days=1, minutes=10)):
        assert recover(now()) == 1
        send_due(senders)
    assert state(waiting) is state(late) is S.SENT
    assert sorted(office.copies().values()) == [1, 1]
