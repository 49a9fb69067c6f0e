"""G16: nothing fails silently - `talentsvc doctor` lists what ended neither well nor in a person's hands.

One thing of each kind is planted, alone: the doctor names that kind, that many, and nothing else.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import psycopg
import pytest
from sqlalchemy import select, text, update

from deploy.local.postgres import OWNER
from talentsvc.access.roles import Role
from talentsvc.audit.actions.seal import seal_audit
from talentsvc.audit.terms import SealPeriod
from talentsvc.cards.models import Application, Card, Endorsement, Evidence, Pledge
from talentsvc.cards.terms import ApplicationState, EndorsementOutcome
from talentsvc.core.clock import local_date, now
from talentsvc.core.ids import uuid7
from talentsvc.desk.doctor import CHECKS, findings
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.models import StoredFile
from talentsvc.files.queries import infected_files
from talentsvc.files.terms import ScanState
from talentsvc.jobs.actions.start_job import start_job
from talentsvc.jobs.models import Job
from talentsvc.jobs.terms import JobState
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import Channel, NoticeState
from talentsvc.tasks.actions.open_notice_tasks import open_notice_tasks
from talentsvc.tasks.actions.open_scan_tasks import open_scan_tasks
from talentsvc.tasks.models import Task
from tests.guarantees.commands import command, settings_of
from tests.guarantees.ground import Ground
from tests.guarantees.scenarios.window import image_of, pledge_of

_S = ApplicationState
Plant = Callable[[Ground, datetime], None]

#: Minutes after which most things are late.
LATE = 20
#: A batch far smaller than what waits.
FEW = 40


@pytest.fixture(scope="module")
def healthy(ground: Ground) -> Ground:
    """The ground after its workers have run: everything sent, scanned and sealed."""
    with ground.app.app_context():
        with unit_of_work():
            db.session.execute(
                update(Notice).values(state=NoticeState.SENT, sent_at=now(), lease_until=None)
            )
        with unit_of_work():
            seal_audit(SealPeriod.HOURLY, at=now())
    return ground


def found(ground: Ground, at: datetime) -> dict[str, int]:
    """What the doctor finds at a moment."""
    return {finding.code: finding.count for finding in findings(at)}


# -- one of each kind -----------------------------------------------------------------------------


def _mail(state: NoticeState, due_at: datetime) -> None:
    one = select(Notice.id).where(Notice.channel == Channel.EMAIL).order_by(Notice.id).limit(1)
    values = {
        "state": state,
        "next_attempt_at": due_at,
        "lease_until": due_at if state is NoticeState.LEASED else None,
        "lease_token": uuid7(),
        "last_error": "refused 550",
    }
    db.session.execute(update(Notice).where(Notice.id == one.scalar_subquery()).values(values))


def queued_message(_ground: Ground, since: datetime) -> None:
    _mail(NoticeState.QUEUED, since)


def message_in_dead_hands(_ground: Ground, since: datetime) -> None:
    _mail(NoticeState.LEASED, since)


def dead_message(_ground: Ground, since: datetime) -> None:
    _mail(NoticeState.DEAD, since)


def unsure_message(_ground: Ground, since: datetime) -> None:
    _mail(NoticeState.UNSURE, since)


def _file(state: ScanState, since: datetime) -> None:
    one = select(StoredFile.id).order_by(StoredFile.id).limit(1)
    values = {"scan_state": state, "created_at": since, "scanned_at": since}
    db.session.execute(
        update(StoredFile).where(StoredFile.id == one.scalar_subquery()).values(values)
    )


def waiting_file(_ground: Ground, since: datetime) -> None:
    _file(ScanState.WAITING, since)


def file_without_scanner(_ground: Ground, since: datetime) -> None:
    _file(ScanState.UNAVAILABLE, since)


def infected_file(_ground: Ground, since: datetime) -> None:
    _file(ScanState.INFECTED, since)


def case_behind_its_clock(ground: Ground, since: datetime) -> None:
    one = ground.case(_S.RECEIVED).id
    db.session.execute(update(Application).where(Application.id == one).values(clock_at=since))


def card_past_its_day(ground: Ground, since: datetime) -> None:
    card = update(Card).where(Card.application_id == ground.case(_S.DELIVERED).id)
    yesterday = (since - timedelta(days=1)).date()
    db.session.execute(card.values(valid_from=yesterday, valid_until=yesterday))


def endorsement_adrift(ground: Ground, _since: datetime) -> None:
    case = ground.case(_S.AWAITING_ENDORSEMENT)
    outcome = db.session.execute(
        select(Endorsement.outcome).where(Endorsement.application_id == case.id)
    ).scalar_one()
    assert outcome is EndorsementOutcome.WAITING
    db.session.execute(update(Application).where(Application.id == case.id).values(clock_at=None))


def _job(state: JobState, since: datetime) -> None:
    start_job("invented", {}, [uuid7()], asked_by=None, at=since)
    db.session.flush()
    db.session.execute(update(Job).values(state=state, next_run_at=since))


def queued_job(_ground: Ground, since: datetime) -> None:
    _job(JobState.QUEUED, since)


def running_job(_ground: Ground, since: datetime) -> None:
    _job(JobState.RUNNING, since)


def pledge_past_its_day(ground: Ground, since: datetime) -> None:
    pledge = db.session.get_one(Pledge, pledge_of(ground))
    pledge.due_on = local_date(since) - timedelta(days=1)
    db.session.flush()


def image_kept_too_long(ground: Ground, since: datetime) -> None:
    evidence = db.session.get_one(Evidence, image_of(ground.case(_S.DELIVERED)))
    case = db.session.get_one(Application, evidence.application_id)
    case.images_until = local_date(since) - timedelta(days=1)
    other = update(StoredFile).where(StoredFile.id != evidence.file_id)
    db.session.execute(other.values(is_sensitive=False))
    db.session.flush()


def failed_job(_ground: Ground, since: datetime) -> None:
    _job(JobState.FAILED, since)


def late_task(_ground: Ground, since: datetime) -> None:
    one = select(Task.id).order_by(Task.id).limit(1)
    db.session.execute(update(Task).where(Task.id == one.scalar_subquery()).values(due_at=since))


def unsealed_chain(_ground: Ground, since: datetime) -> None:
    db.session.execute(text("UPDATE audit_stream SET changed_at = :at"), {"at": since})
    db.session.execute(
        text(
            "UPDATE audit_stream SET changed_at = :sealed - interval '1 minute'"
            " WHERE id <> (SELECT id FROM audit_stream ORDER BY id LIMIT 1)"
        ),
        {"sealed": db.session.execute(text("SELECT max(at) FROM audit_seal")).scalar_one()},
    )


#: The kind each one is found as, and after how many minutes it is late.
PLANTS: dict[Plant, tuple[str, int]] = {
    queued_message: ("notices_waiting", 15),
    message_in_dead_hands: ("notices_waiting", 15),
    dead_message: ("notices_unowned", 0),
    unsure_message: ("notices_unowned", 0),
    waiting_file: ("scans_stuck", 15),
    file_without_scanner: ("scans_stuck", 15),
    infected_file: ("scans_unowned", 15),
    case_behind_its_clock: ("clock_behind", 15),
    card_past_its_day: ("cards_unexpired", 0),
    pledge_past_its_day: ("pledges_unwritten", 0),
    image_kept_too_long: ("images_kept_too_long", 0),
    endorsement_adrift: ("endorsements_adrift", 0),
    queued_job: ("jobs_stuck", 60),
    running_job: ("jobs_stuck", 60),
    failed_job: ("jobs_failed", 0),
    late_task: ("tasks_late", 7 * 24 * 60),
    unsealed_chain: ("record_unsealed", 120),
}


@pytest.fixture
def planting(healthy: Ground) -> Iterator[Ground]:
    """A transaction in which something is planted; it is never committed."""
    with healthy.app.app_context():
        yield healthy
        db.session.rollback()


def test_a_healthy_house_is_quiet(planting: Ground) -> None:
    assert found(planting, now()) == {}


def test_every_check_has_something_planted(planting: Ground) -> None:
    codes = {check(now()).code for check in CHECKS}
    assert codes == {code for code, _minutes in PLANTS.values()}


@pytest.mark.parametrize("plant", list(PLANTS), ids=lambda plant: plant.__name__)
def test_a_stuck_thing_is_found_once_it_is_late_and_not_before(
    plant: Plant, planting: Ground
) -> None:
    code, minutes = PLANTS[plant]
    # A chain is only unsealed when it moved after the last seal, which was made just now.
    since = now() if plant is unsealed_chain else now() - timedelta(minutes=minutes)
    plant(planting, since)
    if minutes:
        assert found(planting, since + timedelta(minutes=minutes - 1)).get(code) is None
    assert found(planting, since + timedelta(minutes=minutes, seconds=1)) == {code: 1}


@pytest.mark.parametrize("plant", [dead_message, unsure_message])
def test_a_failed_message_is_in_somebodys_hands_once_it_has_a_task(
    plant: Plant, planting: Ground
) -> None:
    plant(planting, now())
    assert open_notice_tasks(at=now()) == 1
    assert found(planting, now() + timedelta(minutes=LATE)) == {}
    owner = db.session.execute(select(Task.owner_role).where(Task.subject_kind == "notice"))
    assert owner.scalar_one() == Role.CLERK.value


def test_an_infected_file_is_in_somebodys_hands_once_it_has_a_task(planting: Ground) -> None:
    infected_file(planting, now())
    assert open_scan_tasks(at=now()) == 1
    assert found(planting, now() + timedelta(minutes=LATE)) == {}
    assert open_scan_tasks(at=now()) == 0


def test_more_stuck_files_than_one_batch_all_get_their_task(
    planting: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Selected by state and by what has no task yet, never by a window that fills up."""
    monkeypatch.setitem(infected_files.__kwdefaults__ or {}, "limit", FEW)
    everything = update(StoredFile).values(scan_state=ScanState.INFECTED, scanned_at=now())
    db.session.execute(everything)
    count = db.session.execute(text("SELECT count(*) FROM stored_file")).scalar_one()
    opened = 0
    for _turn in range(count):
        fresh = open_scan_tasks(at=now())
        assert fresh <= FEW
        opened += fresh
        if not fresh:
            break
    assert opened == count
    assert found(planting, now() + timedelta(minutes=LATE)) == {}


def test_the_command_lists_what_is_stuck_and_says_so_by_its_exit_code(
    healthy: Ground,
) -> None:
    environment = settings_of(healthy)
    assert command(environment, "doctor") == (0, "nothing is stuck\n")
    with healthy.servers.cluster.connect(healthy.database, OWNER) as owner:
        _fail_one(owner, "queued")
        try:
            code, said = command(environment, "doctor")
        finally:
            _fail_one(owner, "sent")
    assert code == 1
    assert said.startswith("notices_waiting: 1 - ")


def _fail_one(owner: psycopg.Connection, state: str) -> None:
    owner.execute(
        "UPDATE notice SET state = %s, next_attempt_at = %s"
        " WHERE id = (SELECT id FROM notice WHERE channel = 'email' ORDER BY id LIMIT 1)",
        [state, now() - timedelta(minutes=LATE)],
    )
