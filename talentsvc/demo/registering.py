"""Invented companies at the trips: one journey open with registrations in every state, one today with confirmed places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.core.clock import now
from talentsvc.demo.world import Company, World
from talentsvc.events.actions.audit_registration import Finding, audit_registration
from talentsvc.events.actions.cancel_registration import cancel_registration
from talentsvc.events.actions.confirm_registration import Attendee, confirm_registration
from talentsvc.events.actions.save_registration import save_registration
from talentsvc.events.actions.select_companies import select_companies
from talentsvc.events.actions.start_registrations import start_registrations
from talentsvc.events.actions.submit_registration import submit_registration
from talentsvc.events.eventwork import sessions_of
from talentsvc.events.models import Event
from talentsvc.events.rules.registering import PositionDetails, RegistrationDetails
from talentsvc.events.terms.registration import RegistrationStep
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.policy.terms import EducationLevel

_ENGINEER = PositionDetails(
    "制剂研发工程师",
    3,
    EducationLevel.MASTER,
    majors="药学、化学",
    work_place="石家庄高新区",
    salary_from=9000,
    salary_to=14000,
    duties="负责制剂处方与工艺开发。",
    requirements="熟悉制剂工艺，有团队精神。",
    welfare="五险一金，人才公寓。",
)
_SELLER = PositionDetails(
    "区域销售", 5, EducationLevel.BACHELOR, requirements="限985高校，男性优先，能适应出差。"
)
#: What became of each company's registration for the open journey; the first is still a draft.
_OPEN = ("draft", "filed", "flagged", "returned", "approved", "rejected", "withdrawn")
#: Companies of today's journey, and how many of them confirmed.
_TODAY, _CONFIRMED = 6, 5


def load_registrations(world: World, trip_today: Event, trip_open: Event) -> None:
    """Let companies register by the product's own actions, dated back from today."""
    for company, course in zip(world.companies, _OPEN, strict=False):
        _take_course(world, company, course, trip_open, now() - timedelta(hours=5))
    _fill_today(world, trip_today)


def _take_course(world: World, company: Company, course: str, event: Event, at: datetime) -> None:
    ids = _begin(world, company, event, at, is_flagged=course == "flagged")
    if course == "draft":
        return
    for one in ids:
        _file(world, company, one, at)
    step = {
        "returned": (RegistrationStep.RETURN, "请补充岗位的薪酬待遇。"),
        "approved": (RegistrationStep.APPROVE, ""),
        "rejected": (RegistrationStep.REJECT, "岗位与企业经营范围不符。"),
    }.get(course)
    if step is not None:
        _audit(world, ids[0], *step, at + timedelta(hours=1))
    elif course == "withdrawn":
        with unit_of_work():
            cancel_registration(
                ids[0], expected_version=None, actor=_agent(world, company, at), at=at
            )


def _fill_today(world: World, event: Event) -> None:
    """The journey of today: registered, approved, chosen, and all but one confirmed."""
    opens, closes = event.registration_opens_at, event.registration_closes_at
    visible = event.results_visible_at
    if opens is None or closes is None or visible is None:
        return
    at = opens + timedelta(days=1)
    filed = []
    for company in world.companies[:_TODAY]:
        ids = _begin(world, company, event, at, is_flagged=False)
        for one in ids:
            _file(world, company, one, at)
            _audit(world, one, RegistrationStep.APPROVE, "", at + timedelta(days=1))
        filed.append((company, ids))
    chosen_at = closes + timedelta(hours=1)
    for session in sessions_of(event.id):
        with unit_of_work():
            select_companies(
                session.id, actor=world.officer(Role.EVENTS_OFFICER, chosen_at), at=chosen_at
            )
    for company, ids in filed[:_CONFIRMED]:
        for one in ids:
            _confirm(world, company, one, visible + timedelta(hours=2))


def _begin(
    world: World, company: Company, event: Event, at: datetime, *, is_flagged: bool
) -> Sequence[UUID]:
    """Drafts for every campus, filled in."""
    with unit_of_work():
        actor = _agent(world, company, at)
        wanted = [session.id for session in sessions_of(event.id)]
        ids = [
            one.id for one in start_registrations(company.employer.id, wanted, actor=actor, at=at)
        ]
    details = RegistrationDetails(
        about=f"{company.employer.name}位于石家庄高新区，面向应届毕业生招聘。",
        contact_name=company.agent.display_name,
        contact_phone="+8613812345678",
        booth_size_m2=9,
        booth_power_w=500,
        positions=(_ENGINEER, _SELLER) if is_flagged else (_ENGINEER,),
    )
    for one in ids:
        with unit_of_work():
            save_registration(
                one, details, expected_version=None, actor=_agent(world, company, at), at=at
            )
    return ids


def _file(world: World, company: Company, registration_id: UUID, at: datetime) -> None:
    with unit_of_work():
        submit_registration(
            registration_id, expected_version=None, actor=_agent(world, company, at), at=at
        )


def _audit(
    world: World, registration_id: UUID, step: RegistrationStep, reason: str, at: datetime
) -> None:
    with unit_of_work():
        audit_registration(
            registration_id,
            step,
            findings={1: Finding(passed=True)},
            reason=reason,
            expected_version=None,
            actor=world.officer(Role.EVENTS_OFFICER, at),
            at=at,
        )


def _confirm(world: World, company: Company, registration_id: UUID, at: datetime) -> None:
    with unit_of_work():
        confirm_registration(
            registration_id,
            [Attendee(company.agent.display_name, "+8613812345678")],
            expected_version=None,
            actor=_agent(world, company, at),
            at=at,
        )


def _agent(world: World, company: Company, at: datetime) -> Actor:
    return world.actor(company.agent, "agent", at)
