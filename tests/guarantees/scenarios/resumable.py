"""Work that is several units of work on purpose: each is whole or not at all, and the rest goes on later."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, text, update

from talentsvc.accounts.actions.note_seen import note_seen
from talentsvc.accounts.models import SignIn
from talentsvc.cards.actions.plan_due_dates import JOB_KIND, recompute_due_dates
from talentsvc.cards.terms import ApplicationState
from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.actions.scan_files import scan_files
from talentsvc.files.actions.sweep_orphans import sweep_orphans
from talentsvc.files.models import StoredFile
from talentsvc.files.scanning import ScanVerdict
from talentsvc.files.terms import ScanState
from talentsvc.files.vault import storage
from talentsvc.jobs.actions.run_jobs import run_due_jobs
from talentsvc.jobs.actions.start_job import start_job
from talentsvc.jobs.models import Job, JobItem
from talentsvc.jobs.terms import ItemState, JobState
from talentsvc.notices.actions.recover_leases import GRACE, recover_leases
from talentsvc.notices.actions.send_due import LEASE, send_due
from talentsvc.notices.models import Notice
from talentsvc.notices.rendering import RenderedNotice
from talentsvc.notices.terms import Channel, NoticeState
from tests.guarantees.ground import Ground, Someone


@dataclass(frozen=True)
class Resumable:
    """`prepare` commits something to do, `work` does it, `is_done` says whether nothing is left."""

    prepare: Callable[[Ground], None]
    work: Callable[[Ground], None]
    is_done: Callable[[Ground], bool]
    go_on: Callable[[Ground], None]


class _Clean:
    """A scanner that finds nothing."""

    def scan(self, _data: bytes) -> ScanVerdict:
        return ScanVerdict(ScanState.CLEAN, "nothing found")


class _Takes:
    """A mail server that takes everything."""

    def prepare(self, _notice: RenderedNotice) -> Callable[[], None]:
        return lambda: None


# -- messages -------------------------------------------------------------------------------------


def _queue_one(_ground: Ground) -> None:
    with unit_of_work():
        db.session.execute(
            update(Notice).values(state=NoticeState.SENT, lease_until=None, next_attempt_at=now())
        )
        one = select(Notice.id).where(Notice.channel == Channel.EMAIL).order_by(Notice.id).limit(1)
        db.session.execute(
            update(Notice)
            .where(Notice.id == one.scalar_subquery())
            .values(state=NoticeState.QUEUED, attempts=0, is_handed_over=False)
        )


def _send(_ground: Ground) -> None:
    send_due({Channel.EMAIL: _Takes()})


def _send_later(ground: Ground) -> None:
    with unit_of_work():
        recover_leases(at=now() + LEASE + GRACE + timedelta(seconds=1))
    with unit_of_work():
        db.session.execute(update(Notice).values(next_attempt_at=now()))
    _send(ground)


def _are_all_sent(_ground: Ground) -> bool:
    ends = (NoticeState.SENT, NoticeState.UNSURE)
    open_ones = select(Notice.id).where(Notice.state.not_in(ends))
    return db.session.execute(open_ones).first() is None


# -- files ----------------------------------------------------------------------------------------


def _one_file() -> UUID:
    statement = (
        select(StoredFile.id)
        .where(StoredFile.media_type == "application/pdf", StoredFile.removed_at.is_(None))
        .order_by(StoredFile.id)
        .limit(1)
    )
    return db.session.execute(statement).scalar_one()


def _let_one_wait(_ground: Ground) -> None:
    with unit_of_work():
        stored = db.session.get_one(StoredFile, _one_file())
        stored.scan_state, stored.next_scan_at, stored.scanned_at = ScanState.WAITING, now(), None


def _scan(_ground: Ground) -> None:
    scan_files(_Clean())


def _scan_later(ground: Ground) -> None:
    with unit_of_work():
        waiting = update(StoredFile).where(StoredFile.scan_state == ScanState.WAITING)
        db.session.execute(waiting.values(next_scan_at=now()))
    _scan(ground)


def _are_all_scanned(_ground: Ground) -> bool:
    waiting = select(StoredFile.id).where(StoredFile.scan_state == ScanState.WAITING)
    return db.session.execute(waiting).first() is None


def _leave_an_orphan(_ground: Ground) -> None:
    storage().put(b"litter")


def _sweep(_ground: Ground) -> None:
    sweep_orphans(at=now() + timedelta(days=365 * 30))


def _is_swept(_ground: Ground) -> bool:
    known = set(db.session.execute(select(StoredFile.storage_key)).scalars())
    return {each.key for each in storage().iter_keys()} <= known


# -- long work ------------------------------------------------------------------------------------


def _ask_for_work(ground: Ground) -> None:
    cases = [
        ground.case(state).id for state in (ApplicationState.RECEIVED, ApplicationState.ACCEPTED)
    ]
    with unit_of_work():
        for case_id in cases:
            db.session.execute(
                text("UPDATE application SET due_on = NULL WHERE id = :id"), {"id": case_id}
            )
        start_job(JOB_KIND, {"year": 2026}, cases, asked_by=None, at=now())


def _run(_ground: Ground) -> None:
    run_due_jobs({JOB_KIND: recompute_due_dates})


def _run_later(ground: Ground) -> None:
    with unit_of_work():
        db.session.execute(update(Job).values(next_run_at=now()))
    _run(ground)


def _is_all_run(_ground: Ground) -> bool:
    jobs = set(db.session.execute(select(Job.state)).scalars())
    items = set(db.session.execute(select(JobItem.state)).scalars())
    # A fault inside an item's own work is that item's result; the job goes on with the others.
    return jobs == {JobState.DONE} and items <= {ItemState.DONE, ItemState.REFUSED}


# -- who was seen ---------------------------------------------------------------------------------


def _sign_somebody_in(ground: Ground) -> None:
    who: Someone = ground.people.stranger
    with unit_of_work():
        db.session.execute(text("DELETE FROM sign_in"))
        at = now() - timedelta(minutes=10)
        db.session.add(
            SignIn(
                account_id=UUID(who.account_id),
                token_hash=b"seen",
                created_at=at,
                last_seen_at=at,
                address="127.0.0.1",
                device="test",
                has_second_factor=False,
            )
        )


def _see(_ground: Ground) -> None:
    sign_in_id = db.session.execute(select(SignIn.id)).scalar_one()
    db.session.rollback()
    with suppress(OSError):
        note_seen(sign_in_id, now())()


def _is_seen(_ground: Ground) -> bool:
    seen_at = db.session.execute(select(SignIn.last_seen_at)).scalar_one()
    return seen_at > now() - timedelta(minutes=5)


RESUMABLES = {
    "send messages": Resumable(_queue_one, _send, _are_all_sent, _send_later),
    "scan files": Resumable(_let_one_wait, _scan, _are_all_scanned, _scan_later),
    "sweep orphans": Resumable(_leave_an_orphan, _sweep, _is_swept, _sweep),
    "run jobs": Resumable(_ask_for_work, _run, _is_all_run, _run_later),
    "note who was seen": Resumable(_sign_somebody_in, _see, _is_seen, _see),
}
