"""Sending messages: what is due is found in the outbox, whoever woke the worker."""

from __future__ import annotations

from talentsvc.core.clock import now
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.actions.recover_leases import recover_leases
from talentsvc.notices.actions.send_due import BATCH, send_due
from talentsvc.notices.sending import SmtpSender
from talentsvc.tasks.actions.open_notice_tasks import open_notice_tasks
from worker.app import celery, flask_app

#: Batches one wake-up may send before it makes room for others; the sweep goes on with the rest.
BATCHES_PER_TASK = 50


@celery.task(name="notices.send_due")
def send_due_notices() -> None:
    """Send what is due, batch after batch, over one connection."""
    sender = SmtpSender(flask_app.config["SETTINGS"])
    try:
        for _ in range(BATCHES_PER_TASK):
            if send_due(sender) < BATCH:
                break
    finally:
        sender.close()


@celery.task(name="notices.sweep")
def sweep_notices() -> None:
    """Free what dead workers held, give what nobody can send to a person, then send what is due."""
    with unit_of_work():
        recover_leases(at=now())
    with unit_of_work():
        open_notice_tasks(at=now())
    send_due_notices()
