"""What a try did to a message: every change of its state after posting, in one place."""

from __future__ import annotations

from datetime import datetime

from talentsvc.notices.failures import InDoubt, Refused, SendingFailure
from talentsvc.notices.models import Notice
from talentsvc.notices.registry import is_secret
from talentsvc.notices.rules import wait_after
from talentsvc.notices.terms import NoticeState, Trouble

#: What no number of tries mends: a person should see it within the hour.
_OURS = frozenset({Trouble.NOT_WRITABLE, Trouble.UNEXPECTED})


def mark_sent(notice: Notice, *, at: datetime) -> None:
    """The server has it."""
    notice.state = NoticeState.SENT
    notice.sent_at = at
    notice.lease_until = None
    notice.last_error = None
    _wipe_secret(notice)


def mark_failed(notice: Notice, failure: SendingFailure, *, at: datetime) -> None:
    """Try again later, give it to a person, or keep it as unsure, whichever the failure asks for."""
    notice.last_error = failure.words
    if isinstance(failure, InDoubt):
        _end(notice, NoticeState.UNSURE)
        return
    is_short_lived = failure.trouble in _OURS or is_secret(notice.kind)
    wait = wait_after(max(notice.attempts, 1), is_short_lived=is_short_lived)
    if isinstance(failure, Refused) or wait is None or notice.params_sealed is None:
        _end(notice, NoticeState.DEAD)
        return
    queue_again(notice, at=at + wait)


def queue_again(notice: Notice, *, at: datetime) -> None:
    """Free it for the next try, not before `at`."""
    notice.state = NoticeState.QUEUED
    notice.next_attempt_at = at
    notice.lease_until = None
    notice.lease_token = None
    notice.is_handed_over = False


def _end(notice: Notice, state: NoticeState) -> None:
    """The lease's token stays: it names the try, so that each failure gets a task of its own."""
    notice.state = state
    notice.lease_until = None
    _wipe_secret(notice)


def _wipe_secret(notice: Notice) -> None:
    if is_secret(notice.kind):
        notice.params_sealed = None
