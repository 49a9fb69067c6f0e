"""Many registrations at once, templates that are copied, and attendees that are proved."""

from uuid import UUID

from sqlalchemy import select

from talentsvc.access.roles import Role
from talentsvc.core.clock import now
from talentsvc.events.actions import audit_many as many
from talentsvc.events.actions import select_companies as selecting
from talentsvc.events.actions.add_staff_proof import add_staff_proof
from talentsvc.events.actions.copy_templates import copy_templates
from talentsvc.events.actions.judge_staff_proof import judge_staff_proof
from talentsvc.events.actions.tell_selection import tell_selection_result
from talentsvc.events.models import FairRegistration
from talentsvc.events.terms.registration import RegistrationStep
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.jobs.actions.start_job import start_job
from talentsvc.jobs.terms import JobState
from tests.guarantees.ground import Ground
from tests.guarantees.scenarios.registry import scenario


def _id(ground: Ground, name: str) -> UUID:
    return UUID(ground.people.made[name])


def _ask(ground: Ground, step: RegistrationStep, reason: str) -> None:
    registration = db.session.get_one(FairRegistration, _id(ground, "filed"))
    job = many.audit_many(
        registration.session_id,
        [registration.id],
        step,
        reason=reason,
        actor=ground.officer(Role.EVENTS_OFFICER),
        at=now(),
    )
    job.state = JobState.RUNNING
    db.session.flush()
    many.audit_one_of_many(registration.id)


@scenario
def approve_many(ground: Ground) -> None:
    _ask(ground, RegistrationStep.APPROVE, "")


@scenario
def reject_many(ground: Ground) -> None:
    _ask(ground, RegistrationStep.REJECT, "岗位与企业经营范围不符。")


@scenario
def place_one_of_a_selection(ground: Ground) -> None:
    one = _id(ground, "chosen")
    why = {"registration": str(one), "rank": 1, "of": 2, "values": []}
    params = {"session": str(_id(ground, "choice session")), "ranking": {str(one): why}}
    job = start_job(selecting.JOB_KIND, params, [one], asked_by=None, at=now())
    job.state = JobState.RUNNING
    db.session.flush()
    selecting.place_selected(one)


@scenario
def put_the_result_of_a_selection_off(ground: Ground) -> None:
    tell_selection_result(_id(ground, "chosen"))


@scenario
def copy_what_the_company_keeps(ground: Ground) -> None:
    copy_templates(
        _id(ground, "draft"),
        notice_id=_id(ground, "notice template"),
        position_ids=[_id(ground, "position template")],
        expected_version=None,
        actor=ground.agent(0),
        at=now(),
    )


@scenario
def upload_a_proof_of_staff(ground: Ground) -> None:
    paper = db.session.execute(select(StoredFile.id).limit(1)).scalar_one()
    add_staff_proof(_id(ground, "confirmed"), 1, file_id=paper, actor=ground.agent(0), at=now())


@scenario
def find_a_proof_good(ground: Ground) -> None:
    _judge(ground, is_proved=True)


@scenario
def find_a_proof_wanting(ground: Ground) -> None:
    _judge(ground, is_proved=False)


def _judge(ground: Ground, *, is_proved: bool) -> None:
    judge_staff_proof(
        _id(ground, "confirmed"),
        1,
        is_proved=is_proved,
        actor=ground.officer(Role.EVENTS_OFFICER),
        at=now(),
    )
