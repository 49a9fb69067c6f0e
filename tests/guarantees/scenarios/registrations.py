"""Everything that companies and the desk do with registrations for a fair."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.roles import Role
from talentsvc.core.clock import now
from talentsvc.employers.actions.lift_breach import lift_breach
from talentsvc.employers.models import EmployerBreach
from talentsvc.events.actions.audit_registration import Finding, audit_registration
from talentsvc.events.actions.cancel_registration import cancel_registration
from talentsvc.events.actions.confirm_registration import Attendee, confirm_registration
from talentsvc.events.actions.end_registrations import end_registrations
from talentsvc.events.actions.promote_registrations import promote_registrations
from talentsvc.events.actions.save_registration import save_registration
from talentsvc.events.actions.select_companies import select_companies
from talentsvc.events.actions.start_registrations import start_registrations
from talentsvc.events.actions.submit_registration import submit_registration
from talentsvc.events.actions.sweep_registrations import sweep_registration
from talentsvc.events.models import FairRegistration
from talentsvc.events.terms.event import PlacesRaised, SessionCancelled
from talentsvc.events.terms.registration import RegistrationStep
from talentsvc.extensions.database import db
from tests.events.registering.world import details
from tests.guarantees.ground import Ground
from tests.guarantees.scenarios.registry import scenario
from tests.guarantees.visits_ground import session_of

REASON = "请删除岗位要求中的限制性表述。"


def _id(ground: Ground, name: str) -> UUID:
    return UUID(ground.people.made[name])


@scenario
def begin(ground: Ground) -> None:
    employer_id = UUID(ground.people.employers[0])
    start_registrations(employer_id, [_id(ground, "free session")], actor=ground.agent(0), at=now())


@scenario
def keep(ground: Ground) -> None:
    save_registration(
        _id(ground, "draft"), details(), expected_version=None, actor=ground.agent(0), at=now()
    )


@scenario
def file(ground: Ground) -> None:
    submit_registration(
        _id(ground, "draft"), expected_version=None, actor=ground.agent(0), at=now()
    )


def _audit(ground: Ground, step: RegistrationStep, reason: str) -> None:
    audit_registration(
        _id(ground, "filed"),
        step,
        findings={1: Finding(step is RegistrationStep.APPROVE)},
        reason=reason,
        expected_version=None,
        actor=ground.officer(Role.EVENTS_OFFICER),
        at=now(),
    )


@scenario
def approve(ground: Ground) -> None:
    _audit(ground, RegistrationStep.APPROVE, "")


@scenario
def send_back(ground: Ground) -> None:
    _audit(ground, RegistrationStep.RETURN, REASON)


@scenario
def not_admit_and_let_the_next_move_up(ground: Ground) -> None:
    _audit(ground, RegistrationStep.REJECT, REASON)


@scenario
def confirm(ground: Ground) -> None:
    coming = [Attendee("陈经办", "+8613812345678"), Attendee("李招聘")]
    confirm_registration(
        _id(ground, "approved"), coming, expected_version=None, actor=ground.agent(0), at=now()
    )


@scenario
def withdraw_in_time(ground: Ground) -> None:
    cancel_registration(
        _id(ground, "filed"), expected_version=None, actor=ground.agent(0), at=now()
    )


@scenario
def withdraw_late(ground: Ground) -> None:
    """A breach of the company."""
    registration = db.session.get_one(FairRegistration, _id(ground, "approved"))
    late = session_of(ground.people, "approved session").starts_at - timedelta(hours=2)
    registration.confirm_due_at = late + timedelta(hours=1)
    cancel_registration(registration.id, expected_version=None, actor=ground.agent(0), at=late)


@scenario
def lapse(ground: Ground) -> None:
    registration = db.session.get_one(FairRegistration, _id(ground, "lapsing"))
    assert registration.confirm_due_at is not None
    sweep_registration(registration.id, at=registration.confirm_due_at + timedelta(days=2))


@scenario
def widen(ground: Ground) -> None:
    session = session_of(ground.people, "filed session")
    session.places = 5
    promote_registrations(PlacesRaised(session.id))


@scenario
def end(ground: Ground) -> None:
    end_registrations(SessionCancelled(_id(ground, "filed session")))


@scenario
def choose(ground: Ground) -> None:
    select_companies(
        _id(ground, "choice session"), actor=ground.officer(Role.EVENTS_OFFICER), at=now()
    )


@scenario
def lift(ground: Ground) -> None:
    breach = db.session.execute(select(EmployerBreach)).scalars().first()
    assert breach is not None
    lift_breach(
        breach.employer_id,
        breach.id,
        reason="已提交盖章说明。",
        actor=ground.officer(Role.EVENTS_OFFICER),
        at=now(),
    )
