"""Who has had which part in a case, and whether somebody may take another one (guarantees.md G3).

The one place that asks the four-eyes rule; constraints of the database stand behind it.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import or_, select, union

from talentsvc.access.actor import Actor
from talentsvc.cards import models
from talentsvc.cards.casework import Case
from talentsvc.cards.rules.four_eyes import Roles, Ties, check_four_eyes, four_eyes_problem
from talentsvc.cards.terms import (
    ActorClass,
    CaseRole,
    DecisionKind,
    EndorsementOutcome,
    FourEyesRule,
)
from talentsvc.core.errors import FourEyesViolated
from talentsvc.employers.queries import agent_person_ids
from talentsvc.extensions.database import db
from talentsvc.people.models import Kinship


def check_part(case: Case, role: CaseRole, actor: Actor) -> UUID:
    """Make sure this actor may take a part in the case; returns the actor's person.

    Errors: FourEyesViolated, also for an officer whose account has no person behind it: without a
    person nobody can tell one pair of eyes from another.
    """
    if actor.person_id is None:
        raise FourEyesViolated("no_person", role=role.value)
    check_four_eyes(
        parts_of(case.application),
        role,
        actor.person_id,
        ties_of(case.application),
        may_clerk_recommend=case.limits.clerk_and_recommender_may_coincide,
    )
    return actor.person_id


def part_problem(case: Case, role: CaseRole, person_id: UUID) -> FourEyesRule | None:
    """Why a person may not take a part, for pages that hide a button and say why."""
    return four_eyes_problem(
        parts_of(case.application),
        role,
        person_id,
        ties_of(case.application),
        may_clerk_recommend=case.limits.clerk_and_recommender_may_coincide,
    )


def parts_of(application: models.Application) -> Roles:
    """Every part that anybody has had in all rounds of a case."""
    if application.person_id is None:
        raise FourEyesViolated("no_person", role=CaseRole.APPLICANT.value)
    decided = _deciders(application.id)
    return Roles(
        applicant=application.person_id,
        endorsers=_endorsers(application.id),
        clerks=_clerks(application.id),
        recognisers=decided.get(DecisionKind.RECOGNITION, frozenset()),
        recommenders=decided.get(DecisionKind.RECOMMENDATION, frozenset()),
        deciders=decided.get(DecisionKind.DECISION, frozenset()),
        objection_deciders=decided.get(DecisionKind.OBJECTION, frozenset()),
        review_deciders=decided.get(DecisionKind.REVIEW, frozenset()),
    )


def ties_of(application: models.Application) -> Ties:
    """Declared kin of the applicant and everybody who acts for the endorsing employer."""
    person_id = application.person_id
    pairs = db.session.execute(
        select(Kinship.person_id, Kinship.kin_id).where(
            or_(Kinship.person_id == person_id, Kinship.kin_id == person_id)
        )
    )
    kin = frozenset(other for pair in pairs for other in pair if other != person_id)
    agents = agent_person_ids(application.employer_id) if application.employer_id else frozenset()
    return Ties(kin=kin, agents=agents)


def _deciders(application_id: UUID) -> dict[DecisionKind, frozenset[UUID]]:
    rows = db.session.execute(
        select(models.Decision.kind, models.Decision.person_id).where(
            models.Decision.application_id == application_id
        )
    )
    found: dict[DecisionKind, frozenset[UUID]] = {}
    for kind, person_id in rows:
        found[kind] = found.get(kind, frozenset()) | {person_id}
    return found


def _endorsers(application_id: UUID) -> frozenset[UUID]:
    statement = select(models.Endorsement.agent_person_id).where(
        models.Endorsement.application_id == application_id,
        models.Endorsement.outcome == EndorsementOutcome.ENDORSED,
    )
    return frozenset(
        person_id for person_id in db.session.execute(statement).scalars() if person_id
    )


def _clerks(application_id: UUID) -> frozenset[UUID]:
    statement = select(models.CaseEvent.actor_person_id).where(
        models.CaseEvent.application_id == application_id,
        models.CaseEvent.acting_as == ActorClass.CLERK.value,
    )
    # Taking a pledge in, or the paper it promised, is a clerk's part as well.
    pledges = [
        select(column).where(models.Pledge.application_id == application_id)
        for column in (models.Pledge.taken_in_by_person_id, models.Pledge.fulfilled_by_person_id)
    ]
    everybody = db.session.execute(union(statement, *pledges)).scalars()
    return frozenset(person_id for person_id in everybody if person_id)
