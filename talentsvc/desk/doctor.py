"""`talentsvc doctor`: everything that ended neither well nor in a person's hands (guarantees.md G16).

Each check selects by state and age, never by a window, so that nothing can slip past it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from talentsvc.audit.models import AuditSeal, AuditStream
from talentsvc.cards.models import Application, Card, Endorsement, Evidence, Pledge
from talentsvc.cards.rules.cards import RUNNING_STATES
from talentsvc.cards.terms import PLEDGE_RUNS_IN, EndorsementOutcome, PledgeState
from talentsvc.core.clock import local_date
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.files.terms import ScanState
from talentsvc.jobs.models import Job
from talentsvc.jobs.terms import JobState
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import NoticeState
from talentsvc.tasks.models import Task
from talentsvc.tasks.queries import is_failed_without_task
from talentsvc.tasks.terms import TaskKind, TaskState

#: How late each kind of work may be before somebody should know.
SENDING = timedelta(minutes=15)
SCANNING = timedelta(minutes=15)
CLOCK = timedelta(minutes=15)
JOBS = timedelta(hours=1)
KEEPING = timedelta(hours=6)
SEALING = timedelta(hours=2)


@dataclass(frozen=True)
class DoctorFinding:
    """One kind of thing that is stuck, how many there are, and what it means."""

    code: str
    count: int
    meaning: str


def findings(at: datetime) -> list[DoctorFinding]:
    """All that is stuck at a moment; an empty list is health."""
    found = [check(at) for check in CHECKS]
    return [finding for finding in found if finding.count]


def _count(statement: object) -> int:
    return int(db.session.execute(statement).scalar_one())  # type: ignore[call-overload]


def _notices_waiting(at: datetime) -> DoctorFinding:
    statement = (
        select(func.count())
        .select_from(Notice)
        .where(
            Notice.state.in_((NoticeState.QUEUED, NoticeState.LEASED)),
            Notice.next_attempt_at <= at - SENDING,
        )
    )
    return DoctorFinding(
        "notices_waiting",
        _count(statement),
        "messages due for more than 15 minutes: do the worker and the mail server run?",
    )


def _notices_unowned(at: datetime) -> DoctorFinding:
    statement = select(func.count()).select_from(Notice).where(is_failed_without_task())
    return DoctorFinding("notices_unowned", _count(statement), "failed messages without a task")


def _scans_stuck(at: datetime) -> DoctorFinding:
    statement = (
        select(func.count())
        .select_from(StoredFile)
        .where(
            StoredFile.scan_state.in_((ScanState.WAITING, ScanState.UNAVAILABLE)),
            StoredFile.removed_at.is_(None),
            StoredFile.created_at <= at - SCANNING,
        )
    )
    return DoctorFinding(
        "scans_stuck",
        _count(statement),
        "files not scanned for more than 15 minutes: is the scanner running?",
    )


def _scans_unowned(at: datetime) -> DoctorFinding:
    """Infected files stay where they are, for a person to see; their task outlives its settlement."""
    with_task = select(Task.subject_id).where(Task.kind == TaskKind.SCAN_INFECTED)
    statement = (
        select(func.count())
        .select_from(StoredFile)
        .where(
            StoredFile.scan_state == ScanState.INFECTED,
            StoredFile.removed_at.is_(None),
            StoredFile.scanned_at <= at - SCANNING,
            StoredFile.id.not_in(with_task),
        )
    )
    return DoctorFinding("scans_unowned", _count(statement), "infected files without a task")


def _clock_behind(at: datetime) -> DoctorFinding:
    statement = (
        select(func.count()).select_from(Application).where(Application.clock_at <= at - CLOCK)
    )
    return DoctorFinding(
        "clock_behind", _count(statement), "cases whose next step fell due and is not written down"
    )


def _cards_unexpired(at: datetime) -> DoctorFinding:
    statement = (
        select(func.count())
        .select_from(Card)
        .where(Card.state.in_(RUNNING_STATES), Card.valid_until < local_date(at - CLOCK))
    )
    return DoctorFinding(
        "cards_unexpired",
        _count(statement),
        "cards past their last day not written down as expired",
    )


def _pledges_unwritten(at: datetime) -> DoctorFinding:
    statement = (
        select(func.count())
        .select_from(Pledge)
        .join(Application, Application.id == Pledge.application_id)
        .where(
            Pledge.state == PledgeState.OPEN,
            Pledge.due_on < local_date(at - CLOCK),
            Pledge.overdue_at.is_(None),
            Application.state.in_(PLEDGE_RUNS_IN),
        )
    )
    return DoctorFinding(
        "pledges_unwritten", _count(statement), "pledged papers overdue that no task asks for"
    )


def _images_kept_too_long(at: datetime) -> DoctorFinding:
    statement = (
        select(func.count())
        .select_from(Evidence)
        .join(Application, Application.id == Evidence.application_id)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .where(
            Application.images_until < local_date(at - KEEPING),
            StoredFile.is_sensitive.is_(True),
            StoredFile.removed_at.is_(None),
        )
    )
    return DoctorFinding(
        "images_kept_too_long",
        _count(statement),
        "sensitive images past their time of keeping that are not deleted",
    )


def _endorsements_adrift(at: datetime) -> DoctorFinding:
    """Waiting for an employer although the case waits for nobody: it could never end."""
    statement = (
        select(func.count())
        .select_from(Endorsement)
        .join(Application, Application.id == Endorsement.application_id)
        .where(Endorsement.outcome == EndorsementOutcome.WAITING, Application.clock_at.is_(None))
    )
    return DoctorFinding(
        "endorsements_adrift", _count(statement), "endorsements that wait without a deadline"
    )


def _jobs_stuck(at: datetime) -> DoctorFinding:
    statement = (
        select(func.count())
        .select_from(Job)
        .where(Job.state.in_((JobState.QUEUED, JobState.RUNNING)), Job.next_run_at <= at - JOBS)
    )
    return DoctorFinding(
        "jobs_stuck", _count(statement), "long work that has not moved for an hour"
    )


def _jobs_failed(at: datetime) -> DoctorFinding:
    statement = select(func.count()).select_from(Job).where(Job.state == JobState.FAILED)
    return DoctorFinding("jobs_failed", _count(statement), "long work that failed")


def _tasks_late(at: datetime) -> DoctorFinding:
    statement = (
        select(func.count())
        .select_from(Task)
        .where(Task.state == TaskState.OPEN, Task.due_at <= at - timedelta(days=7))
    )
    return DoctorFinding("tasks_late", _count(statement), "tasks more than a week overdue")


def _record_unsealed(at: datetime) -> DoctorFinding:
    """What came after the last seal is protected by rights alone, so it must not grow old."""
    sealed_at = select(func.max(AuditSeal.at)).scalar_subquery()
    statement = (
        select(func.count())
        .select_from(AuditStream)
        .where(
            AuditStream.changed_at <= at - SEALING,
            or_(sealed_at.is_(None), AuditStream.changed_at > sealed_at),
        )
    )
    return DoctorFinding(
        "record_unsealed", _count(statement), "chains of the record unsealed for two hours"
    )


CHECKS: tuple[Callable[[datetime], DoctorFinding], ...] = (
    _notices_waiting,
    _notices_unowned,
    _scans_stuck,
    _scans_unowned,
    _clock_behind,
    _cards_unexpired,
    _pledges_unwritten,
    _images_kept_too_long,
    _endorsements_adrift,
    _jobs_stuck,
    _jobs_failed,
    _tasks_late,
    _record_unsealed,
)
