"""Upkeep: what time has done to cases and cards, scans, seals, and old rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import structlog

from talentsvc.accounts.actions.tidy_accounts import tidy_accounts
from talentsvc.audit.actions.seal import publish_seal, seal_audit
from talentsvc.audit.terms import SealPeriod
from talentsvc.cards.actions.delete_image import delete_image, images_past_keeping
from talentsvc.cards.actions.expire_cards import cards_past_their_day, expire_card
from talentsvc.cards.actions.send_reminders import cases_to_remind, send_reminders
from talentsvc.cards.actions.sweep_cases import cases_with_due_steps, sweep_case
from talentsvc.cards.actions.watch_pledges import (
    note_overdue_pledge,
    pledges_past_their_day,
    pledges_to_remind,
    remind_of_pledge,
)
from talentsvc.core.clock import now
from talentsvc.employers.actions.remind_of_expiry import remind_of_expiry
from talentsvc.employers.queries import agents_to_remind
from talentsvc.events.actions.sweep_registrations import (
    registrations_that_lapsed,
    sweep_registration,
)
from talentsvc.extensions.database import db
from talentsvc.extensions.receipts import drop_receipts_before
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.actions.scan_files import scan_files
from talentsvc.files.actions.sweep_orphans import sweep_orphans
from talentsvc.files.scanning import scanner_of
from talentsvc.tasks.actions.open_scan_tasks import open_scan_tasks
from worker.app import celery, flask_app

log = structlog.get_logger(__name__)

BATCH = 200
RECEIPTS_KEPT = timedelta(hours=48)


def each(subjects: list[UUID], step: Callable[[UUID], object], what: str) -> int:
    """One unit of work per subject; one that fails is logged, found again by age, and stops no other."""
    failed = 0
    for subject in subjects:
        try:
            with unit_of_work():
                step(subject)
        except Exception:
            failed += 1
            log.exception("step_failed", what=what, subject=str(subject))
    return failed


@celery.task(name="upkeep.sweep_cases")
def sweep_cases() -> None:
    """Write down every step of the clock that has fallen due: of cases, of cards, of registrations for fairs."""
    at = now()
    due = cases_with_due_steps(at, BATCH)
    db.session.rollback()
    each(due, lambda subject: sweep_case(subject, at=at), "clock of a case")
    pledged = pledges_past_their_day(at, BATCH)
    db.session.rollback()
    each(pledged, lambda subject: note_overdue_pledge(subject, at=at), "a pledge past its day")
    expired = cards_past_their_day(at, BATCH)
    db.session.rollback()
    each(expired, lambda subject: expire_card(subject, at=at), "expiry of a card")
    lapsed = registrations_that_lapsed(at, BATCH)
    db.session.rollback()
    each(lapsed, lambda subject: sweep_registration(subject, at=at), "clock of a registration")


@celery.task(name="upkeep.remind")
def remind() -> None:
    """Send the reminders that are due, walking over every case in which somebody is waited for."""
    at, after = now(), None
    while batch := cases_to_remind(after, BATCH):
        db.session.rollback()
        each(batch, lambda subject: send_reminders(subject, at=at), "reminder of a case")
        after = batch[-1]
    after = None
    while batch := pledges_to_remind(at, after, BATCH):
        db.session.rollback()
        each(batch, lambda subject: remind_of_pledge(subject, at=at), "reminder of a pledge")
        after = batch[-1]
    expiring = agents_to_remind(at, BATCH)
    db.session.rollback()
    each(expiring, lambda subject: remind_of_expiry(subject, at=at), "reminder of an authorisation")


@celery.task(name="upkeep.seal_audit")
def seal_hourly() -> None:
    """Seal the record."""
    with unit_of_work():
        seal_audit(SealPeriod.HOURLY, at=now())


@celery.task(name="upkeep.publish_seal")
def seal_daily() -> None:
    """Seal the record and put the root outside the database."""
    with unit_of_work():
        seal = seal_audit(SealPeriod.DAILY, at=now())
        if seal is not None:
            publish_seal(seal, flask_app.config["SETTINGS"].var_dir / "seals")


def delete_images() -> None:
    """Delete every sensitive image that was kept long enough, one unit of work each."""
    at = now()
    due = images_past_keeping(at, BATCH)
    db.session.rollback()
    each(due, lambda subject: delete_image(subject, at=at), "an image past its time of keeping")


@celery.task(name="upkeep.housekeeping")
def housekeeping() -> None:
    """Forget old receipts of forms, delete litter, and remind whoever is waited for."""
    with unit_of_work():
        drop_receipts_before(now() - RECEIPTS_KEPT)
        tidy_accounts(now())
    remind()
    delete_images()
    sweep_orphans(at=now())


@celery.task(name="upkeep.scan_files")
def scan_uploads() -> None:
    """Have waiting uploads scanned; a file that stays unscanned becomes a task."""
    scan_files(scanner_of(flask_app.config["SETTINGS"]))
    with unit_of_work():
        open_scan_tasks(at=now())
