"""Two companies on the ground with a confirmed place, somebody named and papers; templates; a job that is done."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import select

from talentsvc.accounts.models import Account
from talentsvc.accounts.queries import actor_for
from talentsvc.core.clock import now
from talentsvc.events.actions.audit_many import JOB_KIND
from talentsvc.events.models import (
    Event,
    FairRegistration,
    NoticeTemplate,
    PositionTemplate,
    RegistrationAttendee,
)
from talentsvc.events.terms.registration import AttendeeProof, PlaceState, RegistrationState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.models import StoredFile
from talentsvc.jobs.models import Job, JobItem
from talentsvc.jobs.terms import ItemState, JobState
from talentsvc.policy.terms import EducationLevel
from tests.events.visits.world import add_session


class _Someone(Protocol):
    @property
    def account_id(self) -> str: ...


class People(Protocol):
    """What of the ground's people this needs."""

    agents: list[_Someone]
    employers: list[str]
    made: dict[str, str]


def settle_confirmed(people: People, fair_id: UUID) -> None:
    """A session with two places that are confirmed, each with one person and a paper that is clean."""
    at = now()
    with unit_of_work():
        session = add_session(
            db.session.get_one(Event, fair_id), places=2, starts_at=at + timedelta(days=50)
        )
        session.places_taken = 2
        people.made["confirmed session"] = str(session.id)
        paper = db.session.execute(
            select(StoredFile.id).where(StoredFile.media_type == "application/pdf").limit(1)
        ).scalar_one()
        for company, name in ((0, "confirmed"), (1, "other confirmed")):
            agent = db.session.get_one(Account, UUID(people.agents[company].account_id))
            assert actor_for(agent, None, at).is_agent
            people.made[name] = str(_confirmed(session.id, people, company, agent, paper))
        _templates(people, at)


def _confirmed(session_id, people, company, agent, paper) -> UUID:
    at, employer_id = now(), UUID(people.employers[company])
    registration = FairRegistration(
        reference=f"GXH-2026-9000{company}-X",
        session_id=session_id,
        employer_id=employer_id,
        legal_employer_id=employer_id,
        held_on=(at + timedelta(days=50)).date(),
        state=RegistrationState.CONFIRMED,
        place=PlaceState.HELD,
        filed_by_account_id=agent.id,
        wishes={},
        company_verdict="passed",
        submitted_at=at,
        first_submitted_at=at,
        created_at=at,
        updated_at=at,
    )
    db.session.add(registration)
    db.session.flush()
    attendee = RegistrationAttendee(
        registration_id=registration.id,
        number=1,
        name="陈经办",
        proof=AttendeeProof.WAITING,
        proof_file_id=paper,
    )
    attendee.phone = "+8613812345678"
    db.session.add(attendee)
    db.session.flush()
    return registration.id


def add_finished_work(people: People) -> None:
    """A bulk decision that is done and left one company for a person; inside a unit of work."""
    at = now()
    session_id = people.made["confirmed session"]
    job = Job(
        kind=JOB_KIND,
        params={"session": session_id, "step": "approve_registration", "reason": ""},
        state=JobState.DONE,
        total=1,
        created_at=at,
        next_run_at=at,
        finished_at=at,
    )
    db.session.add(job)
    db.session.flush()
    item = JobItem(
        job_id=job.id, subject_id=UUID(people.made["confirmed"]), state=ItemState.REFUSED
    )
    item.result = "not_allowed_now"
    db.session.add(item)
    people.made["work"] = str(job.id)


def _templates(people: People, at) -> None:
    notice = NoticeTemplate(
        employer_id=UUID(people.employers[0]), name="秋季简章", about="企业介绍", updated_at=at
    )
    position = PositionTemplate(
        employer_id=UUID(people.employers[0]),
        title="工程师",
        headcount=2,
        education_level=EducationLevel.BACHELOR,
        updated_at=at,
    )
    db.session.add_all([notice, position])
    db.session.flush()
    people.made |= {"notice template": str(notice.id), "position template": str(position.id)}
