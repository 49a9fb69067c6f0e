"""Invented companies at the fair that is open: one still filling in, one filed, one to correct, one admitted, one withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from talentsvc.access.roles import Role
from talentsvc.core.clock import now
from talentsvc.demo.world import Company, World
from talentsvc.events.actions.audit_registration import Finding, audit_registration
from talentsvc.events.actions.cancel_registration import cancel_registration
from talentsvc.events.actions.save_registration import save_registration
from talentsvc.events.actions.start_registrations import start_registrations
from talentsvc.events.actions.submit_registration import submit_registration
from talentsvc.events.models import Event
from talentsvc.events.queries.occasions import sessions_of_event
from talentsvc.events.rules.registering import PositionDetails, RegistrationDetails
from talentsvc.events.terms.registration import RegistrationStep
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.policy.terms import EducationLevel

_WELFARE = "五险一金，提供人才公寓。"
_RESEARCHER = PositionDetails(
    "制剂研发工程师",
    3,
    EducationLevel.MASTER,
    majors="药学、药物制剂",
    work_place="石家庄高新区",
    salary_from=9000,
    salary_to=15000,
    duties="负责口服固体制剂的处方与工艺开发。",
    requirements="熟悉制剂常用设备，能独立设计实验。",
    welfare=_WELFARE,
)
_SELLER = PositionDetails(
    "区域销售代表",
    2,
    EducationLevel.BACHELOR,
    work_place="京津冀",
    salary_from=6000,
    salary_to=12000,
    duties="负责区域客户的开发与维护。",
    requirements="限985、211院校毕业，限男性，能适应出差。",
    welfare=_WELFARE,
)
#: What the desk did with each company's registration, in the order of the companies; None: only begun.
_COURSES: tuple[RegistrationStep | None, ...] = (
    RegistrationStep.APPROVE,
    RegistrationStep.SUBMIT,
    RegistrationStep.RETURN,
    None,
    RegistrationStep.CANCEL,
)


def load_fairs(world: World, event: Event) -> None:
    """Let the first companies register for every session of an event that is open."""
    at = now() - timedelta(hours=30)
    session_ids = [session.id for session in sessions_of_event(event.id)]
    for number, (company, course) in enumerate(zip(world.companies, _COURSES, strict=False)):
        # The agent with a button registers for all sessions, the others for the first.
        chosen = session_ids if number == 0 else session_ids[:1]
        _register(world, company, chosen, course, at + timedelta(minutes=number))


def _register(
    world: World,
    company: Company,
    session_ids: list[UUID],
    course: RegistrationStep | None,
    at: datetime,
) -> None:
    positions = (_RESEARCHER, _SELLER) if course is RegistrationStep.RETURN else (_RESEARCHER,)
    with unit_of_work():
        actor = world.actor(company.agent, "agent", at)
        begun = start_registrations(company.employer.id, session_ids, actor=actor, at=at)
        made = [one.id for one in begun]
        for registration_id in made:
            save_registration(
                registration_id,
                _details(company, positions),
                expected_version=None,
                actor=actor,
                at=at,
            )
    if course is not None:
        for registration_id in made:
            _take(world, company, registration_id, course, at)


def _take(
    world: World, company: Company, registration_id: UUID, course: RegistrationStep, at: datetime
) -> None:
    with unit_of_work():
        actor = world.actor(company.agent, "agent", at)
        submit_registration(registration_id, expected_version=None, actor=actor, at=at)
    if course is RegistrationStep.CANCEL:
        with unit_of_work():
            actor = world.actor(company.agent, "agent", at)
            cancel_registration(registration_id, expected_version=None, actor=actor, at=at)
    if course in (RegistrationStep.APPROVE, RegistrationStep.RETURN):
        later = at + timedelta(hours=5)
        with unit_of_work():
            audit_registration(
                registration_id,
                course,
                findings={1: Finding(True)},
                reason=""
                if course is RegistrationStep.APPROVE
                else "岗位 2 的任职要求不得限定院校名单和性别，请删除后重新提交。",
                expected_version=None,
                actor=world.officer(Role.EVENTS_OFFICER, later),
                at=later,
            )


def _details(company: Company, positions: tuple[PositionDetails, ...]) -> RegistrationDetails:
    return RegistrationDetails(
        about=f"{company.employer.name}，高新区重点企业，面向应届毕业生招聘研发与市场人员。",
        contact_name="招聘负责人",
        contact_phone="+8613800000000",
        booth_size_m2=9,
        booth_power_w=500,
        positions=positions,
    )
