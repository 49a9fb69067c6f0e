"""Filing: the form is complete, frozen and judged, and the employer is asked (product.md A2)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.accounts.models import Account
from talentsvc.cards import messages
from talentsvc.cards.actions.save_step import own_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.drafting import answers_of, draft_of
from talentsvc.cards.evidencing import category_of, missing_for
from talentsvc.cards.freezing import employer_facts, freeze
from talentsvc.cards.models import Card, Endorsement
from talentsvc.cards.rules.answers import Step, facts_from, gaps_in
from talentsvc.cards.rules.cards import RUNNING_STATES, card_state_at
from talentsvc.cards.telling import tell_agents, tell_applicant
from talentsvc.cards.terms import ActorClass, CaseAction, CopyPurpose, EndorsementOutcome
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.core.identity_numbers import DocumentKind, Sex
from talentsvc.employers.models import Employer
from talentsvc.employers.terms import EmployerState
from talentsvc.extensions.database import db
from talentsvc.people.actions.give_consents import give_consents
from talentsvc.people.actions.record_person import record_person
from talentsvc.people.models import Person
from talentsvc.people.terms import ConsentPurpose

#: Without these the zone may not process the application at all (facts.md 6.1).
NEEDED_CONSENTS = frozenset(
    {
        ConsentPurpose.NOTICE_READ,
        ConsentPurpose.SENSITIVE_IMAGES,
        ConsentPurpose.SHARE_WITH_EMPLOYER,
        ConsentPurpose.PUBLIC_NOTICE,
    }
)


def submit_application(
    application_id: UUID,
    *,
    consents: Collection[ConsentPurpose],
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """File one's own application.

    Errors: NotFoundHere, StaleVersion, NotAllowedNow; InvalidInput naming the step for a gap, missing
    evidence, an employer that is not verified, a consent not given, or a card already in force.
    """
    case = own_case(application_id, actor=actor, at=at, expected_version=expected_version)
    application = case.application
    answers = answers_of(draft_of(application, lock=True))
    _check_complete(answers)
    employer = _verified_employer(answers[Step.WORK]["employer_id"])
    facts = facts_from(answers, employer_facts(employer), holds_higher_card=None)
    missing = missing_for(application, facts)
    if missing or category_of(application) is None:
        raise InvalidInput(
            Step.EVIDENCE.value, "evidence_missing", items=", ".join(item.code for item in missing)
        )
    if not set(consents) >= NEEDED_CONSENTS:
        raise InvalidInput("consents", "consents_missing")
    person = _person(answers[Step.IDENTITY], actor, at)
    _check_no_card(person.id, case, at)
    application.person_id = person.id
    application.employer_id = employer.id
    application.using_unit = answers[Step.WORK].get("using_unit") or None
    application.industry = employer.industry
    application.park = employer.park
    application.filed_at = at
    _give_consents(consents, application_id, person, actor, at)
    _ask_employer(case, answers, employer, actor=actor, at=at)
    return case


def _ask_employer(
    case: Case, answers: dict[str, Any], employer: Employer, *, actor: Actor, at: datetime
) -> None:
    copy = freeze(case, answers, purpose=CopyPurpose.FILED, at=at)
    move(
        case,
        CaseAction.SUBMIT,
        actor=actor,
        actor_class=ActorClass.APPLICANT,
        at=at,
        data={"copy_sha256": copy.sha256.hex(), "copy_number": copy.number},
    )
    endorsement = Endorsement(
        application_id=case.application.id,
        copy_id=copy.id,
        employer_id=employer.id,
        outcome=EndorsementOutcome.WAITING,
        asked_at=at,
    )
    db.session.add(endorsement)
    db.session.flush()
    told = {"employer": employer.name, "due_on": str(case.application.due_on)}
    tell_applicant(case, messages.FILED, at=at, version=str(endorsement.id), **told)
    tell_agents(case, messages.ENDORSEMENT_ASKED, at=at, version=str(endorsement.id), **told)


def _check_complete(answers: dict[str, Any]) -> None:
    gaps = gaps_in(answers)
    if gaps:
        raise InvalidInput(
            gaps[0].step.value, "answers_missing", fields=", ".join(gap.field for gap in gaps)
        )


def _verified_employer(employer_id: str) -> Employer:
    employer = db.session.get(Employer, UUID(employer_id))
    if employer is None or employer.state is not EmployerState.VERIFIED:
        raise InvalidInput(Step.WORK.value, "employer_not_verified")
    return employer


def _person(identity: dict[str, Any], actor: Actor, at: datetime) -> Person:
    account = db.session.get(Account, actor.account_id)
    if account is None:
        raise NotFoundHere()
    return record_person(
        account=account,
        name=identity["name"],
        name_latin=identity.get("name_latin") or None,
        nationality=identity["nationality"],
        document_kind=DocumentKind(identity["document_kind"]),
        document_number=identity["document_number"],
        document_valid_until=_date(identity.get("document_valid_until")),
        phone=identity["phone"],
        sex=Sex(identity["sex"]) if identity.get("sex") else None,
        birth_on=_date(identity.get("birth_on")),
        actor=actor,
        at=at,
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _check_no_card(person_id: UUID, case: Case, at: datetime) -> None:
    """One card per person and tier: somebody who holds one renews it, nobody gets a second."""
    cards = db.session.execute(
        select(Card).where(
            Card.person_id == person_id,
            Card.tier == case.application.tier,
            Card.state.in_(RUNNING_STATES),
        )
    ).scalars()
    if any(card_state_at(card.state, card.valid_until, at) in RUNNING_STATES for card in cards):
        raise InvalidInput(Step.CATEGORY.value, "card_in_force")


def _give_consents(
    consents: Collection[ConsentPurpose],
    application_id: UUID,
    person: Person,
    actor: Actor,
    at: datetime,
) -> None:
    give_consents(
        account_id=actor.account_id,
        person_id=person.id,
        purposes=sorted(consents),
        subject_id=application_id,
        actor=actor,
        at=at,
    )
