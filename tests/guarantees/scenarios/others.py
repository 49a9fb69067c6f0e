"""Everything that the other rooms write."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import SYSTEM
from talentsvc.access.roles import Role
from talentsvc.accounts.recipients import recipient_of_account
from talentsvc.audit.actions.seal import seal_audit
from talentsvc.audit.terms import SealPeriod, SubjectKind
from talentsvc.calendar.actions.replace_year import replace_year
from talentsvc.calendar.models import CalendarYear
from talentsvc.calendar.rules import TableDay
from talentsvc.cards import messages
from talentsvc.cards.models import Evidence
from talentsvc.cards.terms import ApplicationState
from talentsvc.core.clock import now
from talentsvc.demo.papers import paper, store
from talentsvc.employers.actions.ask_for_authorisation import ask_for_authorisation
from talentsvc.employers.actions.authorise_agent import authorise_agent
from talentsvc.employers.actions.confirm_agent import confirm_agent
from talentsvc.employers.actions.end_agent import end_agent
from talentsvc.employers.actions.mend_employer import mend_employer
from talentsvc.employers.actions.refuse_agent import refuse_agent
from talentsvc.employers.actions.refuse_employer import refuse_employer
from talentsvc.employers.actions.register_employer import register_employer
from talentsvc.employers.actions.remind_of_expiry import remind_of_expiry
from talentsvc.employers.actions.verify_employer import verify_employer
from talentsvc.employers.models import Employer, EmployerAgent
from talentsvc.employers.queries import agents_to_remind
from talentsvc.employers.rules import EmployerDetails, check_employer
from talentsvc.extensions.database import db
from talentsvc.extensions.key_proof import seal_proof_again
from talentsvc.files.actions.remove_file import remove_file
from talentsvc.files.actions.reseal_file import reseal_file
from talentsvc.files.actions.store_file import store_file
from talentsvc.files.models import StoredFile
from talentsvc.files.rules.checks import DOCUMENTS, UploadLimits
from talentsvc.files.terms import FilePurpose, ScanState
from talentsvc.notices.actions.post import post
from talentsvc.notices.actions.recover_leases import recover_leases
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import Channel, NoticeState
from talentsvc.people.actions.declare_kin import declare_kin
from talentsvc.people.actions.withdraw_consent import withdraw_consent
from talentsvc.people.models import ConsentRecord, Person
from talentsvc.people.terms import ConsentPurpose, KinRelation
from talentsvc.policy.actions.store_rule_set import store_rule_set
from talentsvc.policy.models import StoredRuleSet
from talentsvc.tasks.actions.open_notice_tasks import open_notice_tasks
from talentsvc.tasks.actions.open_scan_tasks import open_scan_tasks
from talentsvc.tasks.actions.send_notice_again import send_notice_again
from talentsvc.tasks.actions.settle_task import settle_task
from talentsvc.tasks.models import Task
from tests.employers.world import details
from tests.guarantees.ground import Ground
from tests.guarantees.scenarios.accounts import account_of
from tests.guarantees.scenarios.registry import scenario

REASON = "经核实，情况属实，依规办理。"
NEXT_YEAR = date(2027, 5, 1)


def _details_of(employer: Employer) -> EmployerDetails:
    return check_employer(
        credit_code=employer.credit_code,
        name=f"{employer.name}二厂",
        employer_type=employer.employer_type,
        level=employer.level,
        industry=employer.industry,
        park=employer.park,
        is_registered_in_zone=True,
        is_taxed_in_zone=True,
    )


@scenario
def register(ground: Ground) -> None:
    who = ground.people.registrant
    account_id = UUID(who.account_id)
    stored = store(paper("licence"), FilePurpose.LICENCE, account_id=account_id, at=now())
    register_employer(
        details(),
        account=account_of(who),
        licence_file_id=stored.id,
        authorisation_file_id=stored.id,
        until=NEXT_YEAR,
        is_founder=False,
        actor=ground.actor(who),
        at=now(),
    )


@scenario
def verify(ground: Ground) -> None:
    employer_id, clerk = UUID(ground.people.pending_employer), ground.officer(Role.CLERK)
    verify_employer(employer_id, expected_version=None, actor=clerk, at=now())


@scenario
def refuse(ground: Ground) -> None:
    employer_id, clerk = UUID(ground.people.pending_employer), ground.officer(Role.CLERK)
    refuse_employer(employer_id, reason=REASON, expected_version=None, actor=clerk, at=now())


@scenario
def mend(ground: Ground) -> None:
    employer = db.session.get_one(Employer, UUID(ground.people.refused_employer))
    mend_employer(
        employer.id,
        _details_of(employer),
        licence_file_id=None,
        expected_version=employer.version,
        actor=ground.actor(ground.people.registrant),
        at=now(),
    )


@scenario
def ask_to_act(ground: Ground) -> None:
    who = ground.people.registrant
    assert who.person_id is not None
    ask_for_authorisation(
        UUID(ground.people.employers[1]),
        person_id=UUID(who.person_id),
        until=NEXT_YEAR,
        is_founder=False,
        authorisation_file_id=None,
        actor=ground.actor(who),
        at=now(),
    )


@scenario
def confirm_as_another_agent(ground: Ground) -> None:
    employer_id, agent_id = UUID(ground.people.employers[0]), UUID(ground.people.pending_agent)
    confirm_agent(employer_id, agent_id, actor=ground.agent(0), at=now())


@scenario
def refuse_who_asks(ground: Ground) -> None:
    employer_id, agent_id = UUID(ground.people.employers[0]), UUID(ground.people.pending_agent)
    refuse_agent(employer_id, agent_id, reason=REASON, actor=ground.officer(Role.CLERK), at=now())


@scenario
def renew_at_the_desk(ground: Ground) -> None:
    person = db.session.get_one(Person, UUID(ground.people.second_agent.person_id or ""))
    authorise_agent(
        db.session.get_one(Employer, UUID(ground.people.employers[0])),
        person,
        until=NEXT_YEAR,
        is_founder=False,
        actor=ground.officer(Role.CLERK),
        at=now(),
    )


@scenario
def end_an_authorisation(ground: Ground) -> None:
    employer_id = UUID(ground.people.employers[0])
    agent_id = db.session.execute(
        select(EmployerAgent.id).where(
            EmployerAgent.person_id == UUID(ground.people.second_agent.person_id or "")
        )
    ).scalar_one()
    end_agent(employer_id, agent_id, reason=REASON, actor=ground.agent(0), at=now())


@scenario
def remind_of_the_end(_ground: Ground) -> None:
    found = agents_to_remind(now(), 10)
    assert found
    assert all(remind_of_expiry(agent_id, at=now()) for agent_id in found)


@scenario
def declare_a_relative(ground: Ground) -> None:
    officer = ground.staff(Role.CLERK)
    applicant = ground.case(ApplicationState.RECEIVED).applicant
    assert officer.person_id
    assert applicant.person_id
    declare_kin(
        person_id=UUID(officer.person_id),
        kin_id=UUID(applicant.person_id),
        relation=KinRelation.SIBLING,
        actor=ground.officer(Role.CLERK),
        at=now(),
    )


@scenario
def withdraw_a_consent(ground: Ground) -> None:
    given = db.session.execute(
        select(ConsentRecord).where(ConsentRecord.purpose == ConsentPurpose.PUBLIC_NOTICE).limit(1)
    ).scalar_one()
    assert given.account_id is not None
    withdraw_consent(
        account_id=given.account_id,
        purpose=given.purpose,
        subject_id=given.subject_id,
        actor=ground.actor(ground.people.stranger),
        at=now(),
    )


@scenario
def store_the_next_rules(_ground: Ground) -> None:
    current = db.session.execute(select(StoredRuleSet)).scalar_one()
    content = {**current.content, "version": current.version + 1}
    store_rule_set(content, is_active=True, actor=SYSTEM, at=now())


@scenario
def replace_a_year(ground: Ground) -> None:
    stored = db.session.get_one(CalendarYear, 2027)
    replace_year(
        2027,
        (TableDay(date(2027, 1, 1), is_working=False, name_zh="元旦", name_en="New Year"),),
        is_official=True,
        source="示例通知",
        expected_version=stored.version,
        actor=ground.officer(Role.POLICY_EDITOR),
        at=now(),
    )


@scenario
def post_a_message(ground: Ground) -> None:
    who = ground.people.stranger
    recipient = recipient_of_account(UUID(who.account_id))
    assert post(
        messages.WITHDRAWN,
        recipient,
        subject_kind=SubjectKind.ACCOUNT,
        subject_id=UUID(who.account_id),
        params=messages.WITHDRAWN.sample,
        at=now(),
        version="g1",
    )


def _fail(state: NoticeState) -> Notice:
    notice = db.session.execute(
        select(Notice).where(Notice.channel == Channel.EMAIL).limit(1)
    ).scalar_one()
    notice.state = state
    notice.lease_until = now() - timedelta(days=1) if state is NoticeState.LEASED else None
    notice.is_handed_over = state is NoticeState.LEASED
    db.session.flush()
    return notice


@scenario
def recover_what_a_dead_worker_held(_ground: Ground) -> None:
    _fail(NoticeState.LEASED)
    assert recover_leases(at=now()) == 1


@scenario
def give_a_failed_message_to_a_person(ground: Ground) -> None:
    notice = _fail(NoticeState.DEAD)
    assert open_notice_tasks(at=now()) == 1
    send_notice_again(notice.id, actor=ground.officer(Role.CLERK), at=now())


@scenario
def settle_a_failed_message(ground: Ground) -> None:
    _fail(NoticeState.UNSURE)
    assert open_notice_tasks(at=now()) == 1
    db.session.flush()
    task_id = db.session.execute(
        select(Task.id).where(Task.subject_kind == "notice").limit(1)
    ).scalar_one()
    settle_task(task_id, settlement="已电话告知", actor=ground.officer(Role.CLERK), at=now())


@scenario
def give_an_infected_file_to_a_person(_ground: Ground) -> None:
    stored = db.session.execute(select(StoredFile).limit(1)).scalar_one()
    stored.scan_state = ScanState.INFECTED
    db.session.flush()
    assert open_scan_tasks(at=now()) == 1


@scenario
def settle_a_task(ground: Ground) -> None:
    task_id = db.session.execute(select(Task.id).limit(1)).scalar_one()
    settle_task(task_id, settlement="已处理", actor=ground.officer(Role.CLERK), at=now())


@scenario
def upload_a_file(_ground: Ground) -> None:
    store_file(
        purpose=FilePurpose.LICENCE,
        holder_person_id=None,
        name="营业执照.pdf",
        data=paper("licence").data,
        accepts=DOCUMENTS,
        limits=UploadLimits(),
        is_sensitive=False,
        at=now(),
    )


@scenario
def remove_a_file(_ground: Ground) -> None:
    evidence = db.session.execute(select(Evidence).limit(1)).scalar_one()
    remove_file(db.session.get_one(StoredFile, evidence.file_id), at=now())


@scenario
def seal_the_record(_ground: Ground) -> None:
    assert seal_audit(SealPeriod.HOURLY, at=datetime(2026, 6, 10, 3, tzinfo=UTC)) is not None


@contextmanager
def another_key(ground: Ground) -> Iterator[None]:
    """For a while another key seals."""
    ring = ground.app.extensions["talentsvc.keyring"]
    former = ring.current_key_id
    used = ring.rotate()
    try:
        yield
    finally:
        ring.rotate(former)
        ring.retire(used)


@scenario
def seal_the_proof_of_the_keys_again(ground: Ground) -> None:
    with another_key(ground):
        assert seal_proof_again()


@scenario
def seal_a_file_again(ground: Ground) -> None:
    file_id = db.session.execute(select(StoredFile.id).limit(1)).scalar_one()
    with another_key(ground):
        assert reseal_file(file_id)
