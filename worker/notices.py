"""Sending messages: what is due is found in the outbox, whoever woke the worker."""

from __future__ import annotations

from talentsvc.core.clock import now
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.actions.recover_leases import recover_leases
from talentsvc.notices.actions.send_due import send_due
from talentsvc.notices.sending import open_senders
from talentsvc.tasks.actions.open_notice_tasks import (
    open_notice_tasks,
    settle_answered_notice_tasks,
)
from worker.app import celery, flask_app


@celery.task(name="notices.send_due")
def send_due_notices() -> None:
    """Send what is due for a few seconds, over one connection; the sweeps go on with the rest."""
    with open_senders(flask_app.config["SETTINGS"]) as senders:
        send_due(senders)


@celery.task(name="notices.sweep")
def sweep_notices() -> None:
    """Free what dead workers held, send what is due, then give what nobody can send to a person."""
    with unit_of_work():
        recover_leases(at=now())
    send_due_notices()
    with unit_of_work():
        open_notice_tasks(at=now())
    with unit_of_work():
        settle_answered_notice_tasks(at=now())
