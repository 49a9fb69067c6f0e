"""The fairs' companies on the ground: a registration of the first company in every state that matters."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from talentsvc.access.actor import SYSTEM, Actor
from talentsvc.accounts.models import Account
from talentsvc.accounts.queries import actor_for
from talentsvc.core.clock import now
from talentsvc.employers.actions.record_breach import record_breach
from talentsvc.employers.terms import BreachKind
from talentsvc.events.actions.audit_registration import Finding, audit_registration
from talentsvc.events.actions.save_registration import save_registration
from talentsvc.events.actions.start_registrations import start_registrations
from talentsvc.events.actions.submit_registration import submit_registration
from talentsvc.events.models import Event
from talentsvc.events.terms.event import Admission, EventKind
from talentsvc.events.terms.registration import RegistrationStep
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.events.registering.world import details
from tests.events.visits.world import add_event, add_session
from tests.guarantees.confirmed_ground import settle_confirmed
from tests.guarantees.visits_ground import People

#: What each session of the fair is for: the first company's registration stands there.
STAGES = ("draft", "filed", "approved", "lapsing")


class Companies(People):
    """What of the ground's people this needs beside the visitors."""

    agents: list
    employers: list[str]


def agent(people: Companies, company: int) -> Actor:
    """The agent of a company as a request would make the actor."""
    account = db.session.get_one(Account, UUID(people.agents[company].account_id))
    actor = actor_for(account, None, now())
    return Actor(**{**actor.__dict__, "acting_as": "agent"})


def settle_registrations(people: Companies) -> None:
    """Two companies register for a fair with one place a session; a second fair chooses by ranking."""
    at = now()
    with unit_of_work():
        fair = add_event(
            kind=EventKind.DOUBLE_CHOICE_FAIR,
            title_zh="双选会",
            registration_opens_at=at - timedelta(days=2),
            registration_closes_at=at + timedelta(days=10),
            results_visible_at=at + timedelta(days=11),
            confirm_due_at=at + timedelta(days=15),
        )
        people.made["fair"] = str(fair.id)
        for number, stage in enumerate(STAGES):
            session = add_session(fair, places=1, starts_at=at + timedelta(days=40 + number))
            people.made[f"{stage} session"] = str(session.id)
        free = add_session(fair, places=1, starts_at=at + timedelta(days=60))
        people.made["free session"] = str(free.id)
    for stage in STAGES:
        for company, name in ((0, stage), (1, f"other {stage}")):
            _register(people, company, stage, name)
    settle_confirmed(people, fair.id)
    _settle_choice(people)
    with unit_of_work():
        record_breach(
            BreachKind.NO_SHOW,
            employer_id=UUID(people.employers[2]),
            legal_employer_id=UUID(people.employers[2]),
            subject_id=UUID(people.made["fair"]),
            about="双选会",
            actor=SYSTEM,
            at=at,
        )


def _register(people: Companies, company: int, stage: str, name: str) -> None:
    session_id = UUID(people.made[f"{stage} session"])
    with unit_of_work():
        actor = agent(people, company)
        (one,) = start_registrations(
            UUID(people.employers[company]), [session_id], actor=actor, at=now()
        )
        save_registration(one.id, details(), expected_version=None, actor=actor, at=now())
    people.made[name] = str(one.id)
    if stage == "draft":
        return
    with unit_of_work():
        submit_registration(one.id, expected_version=None, actor=agent(people, company), at=now())
    if stage in ("approved", "lapsing"):
        approve(one.id)


def approve(registration_id: UUID) -> None:
    """The desk has found nothing wrong."""
    with unit_of_work():
        audit_registration(
            registration_id,
            RegistrationStep.APPROVE,
            findings={1: Finding(True)},
            reason="",
            expected_version=None,
            actor=SYSTEM,
            at=now(),
        )


def _settle_choice(people: Companies) -> None:
    at = now()
    with unit_of_work():
        fair = add_event(
            kind=EventKind.DOUBLE_CHOICE_FAIR,
            title_zh="遴选双选会",
            admission=Admission.SELECTION,
            registration_opens_at=at - timedelta(days=2),
            registration_closes_at=at + timedelta(days=1),
            results_visible_at=at + timedelta(days=2),
            confirm_due_at=at + timedelta(days=5),
        )
        session = add_session(fair, places=1, starts_at=at + timedelta(days=70))
        people.made["choice session"] = str(session.id)
    for company, name in ((0, "chosen"), (1, "other chosen")):
        _register(people, company, "choice", name)
        approve(UUID(people.made[name]))
    with unit_of_work():
        # Registration has closed in the meantime.
        db.session.get_one(Event, fair.id).registration_closes_at = at - timedelta(hours=1)
