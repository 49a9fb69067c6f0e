"""A fair with companies for the tests of registering: an open fair, agents, and the steps in between."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask

from talentsvc.access.actor import SYSTEM, Actor
from talentsvc.accounts.models import Account
from talentsvc.core.clock import now
from talentsvc.events.actions.audit_registration import Finding, audit_registration
from talentsvc.events.actions.save_registration import save_registration
from talentsvc.events.actions.start_registrations import start_registrations
from talentsvc.events.actions.submit_registration import submit_registration
from talentsvc.events.models import FairRegistration
from talentsvc.events.rules.registering import PositionDetails, RegistrationDetails
from talentsvc.events.terms.event import Admission, EventKind
from talentsvc.events.terms.registration import RegistrationStep
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.policy.terms import EducationLevel
from tests.employers.world import company
from tests.events.visits.world import add_event, add_session
from tests.people.world import Someone, actor_of, someone

ENGINEER = PositionDetails("制剂研发工程师", 3, EducationLevel.MASTER, duties="负责制剂处方开发。")


def details(*positions: PositionDetails, **changed: Any) -> RegistrationDetails:
    """A complete registration."""
    values: dict[str, Any] = {
        "about": "从事生物医药研发与生产。",
        "contact_name": "陈经办",
        "contact_phone": "+8613812345678",
        "booth_size_m2": 9,
        "booth_power_w": 500,
        "positions": positions or (ENGINEER,),
        **changed,
    }
    return RegistrationDetails(**values)


def open_fair(
    app: Flask, *, places: int = 2, sessions: int = 1, is_selection: bool = False, **event: Any
) -> list[UUID]:
    """A published fair open for companies, its sessions on days of their own."""
    at = now()
    values = {
        "kind": EventKind.DOUBLE_CHOICE_FAIR,
        "title_zh": "双选会",
        "title_en": "Double-choice fair",
        "admission": Admission.SELECTION if is_selection else Admission.FIRST_COME,
        "registration_opens_at": at - timedelta(days=1),
        "registration_closes_at": at + timedelta(days=10),
        "results_visible_at": at + timedelta(days=11),
        "confirm_due_at": at + timedelta(days=15),
        **event,
    }
    with app.app_context(), unit_of_work():
        fair = add_event(**values)
        return [
            add_session(fair, places=places, starts_at=at + timedelta(days=30 + number)).id
            for number in range(sessions)
        ]


class Exhibitor:
    """A company with one agent."""

    def __init__(self, app: Flask, name: str = "河北示例生物有限公司", **changed: Any) -> None:
        self.app = app
        self.agent: Someone = someone(app, "陈经办")
        self.employer_id = company(app, self.agent, name=name, **changed)

    def actor(self) -> Actor:
        """The agent as an actor; inside an application context."""
        account = db.session.get_one(Account, self.agent.account_id)
        return actor_of(account, "agent")

    def starts(self, *session_ids: UUID, at: datetime | None = None) -> list[UUID]:
        """Begin registrations."""
        with self.app.app_context(), unit_of_work():
            made = start_registrations(
                self.employer_id, session_ids, actor=self.actor(), at=at or now()
            )
            return [one.id for one in made]

    def files(self, registration_id: UUID, *positions: PositionDetails) -> None:
        """Fill in and file."""
        with self.app.app_context(), unit_of_work():
            save_registration(
                registration_id,
                details(*positions),
                expected_version=None,
                actor=self.actor(),
                at=now(),
            )
        with self.app.app_context(), unit_of_work():
            submit_registration(
                registration_id, expected_version=None, actor=self.actor(), at=now()
            )

    def registers(self, session_id: UUID, *positions: PositionDetails) -> UUID:
        """From nothing to filed."""
        (registration_id,) = self.starts(session_id)
        self.files(registration_id, *positions)
        return registration_id


def audit(
    app: Flask,
    registration_id: UUID,
    step: RegistrationStep = RegistrationStep.APPROVE,
    actor: Actor | None = None,
    **finding: Any,
) -> None:
    """The desk's audit with one finding for the first position."""
    with app.app_context(), unit_of_work():
        audit_registration(
            registration_id,
            step,
            findings={1: Finding(**{"passed": True, **finding})},
            reason="" if step is RegistrationStep.APPROVE else "请修改岗位要求。",
            expected_version=None,
            actor=actor or SYSTEM,
            at=now(),
        )


def row(app: Flask, registration_id: UUID) -> FairRegistration:
    """A registration as it stands."""
    with app.app_context():
        found = db.session.get_one(FairRegistration, registration_id)
        db.session.expunge_all()
        return found
