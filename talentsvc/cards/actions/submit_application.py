"""Filing: the form is complete, frozen and judged, and the employer is asked (product.md A2)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.accounts.models import Account
from talentsvc.cards import messages
from talentsvc.cards.actions.save_step import own_case
from talentsvc.cards.applicant import record_applicant, tiers_held
from talentsvc.cards.casework import Case, move
from talentsvc.cards.drafting import answers_of, draft_of
from talentsvc.cards.endorsing import cause_to_check
from talentsvc.cards.evidencing import (
    EvidenceFile,
    category_of,
    codes_present,
    files_of,
    pledged_codes,
)
from talentsvc.cards.freezing import employer_facts, freeze
from talentsvc.cards.models import Application, ApplicationCopy, Endorsement
from talentsvc.cards.rules.answer_checks import problems_in
from talentsvc.cards.rules.answer_facts import facts_from
from talentsvc.cards.rules.answers import Answers, Step, to_file
from talentsvc.cards.rules.transitions import next_state
from talentsvc.cards.telling import tell_agents, tell_applicant
from talentsvc.cards.terms import ActorClass, CaseAction, CopyPurpose, EndorsementOutcome
from talentsvc.core.clock import local_date
from talentsvc.core.errors import InvalidInput
from talentsvc.core.locking import lock_in_order
from talentsvc.employers.models import Employer
from talentsvc.employers.terms import EmployerState
from talentsvc.extensions.database import db
from talentsvc.people.actions.give_consents import give_consents
from talentsvc.people.models import Person
from talentsvc.people.terms import ConsentPurpose
from talentsvc.policy.queries import rule_set_in_force
from talentsvc.policy.rules.evidence import missing_items

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

    Errors: NotFoundHere, StaleVersion, NotAllowedNow; InvalidInput naming a step (gaps, wrong values,
    an employer that is not verified, missing evidence, a card already in force, rules that changed
    since the draft was begun), `consents`, or a field of the person. InvalidInput comes before
    anything is written, but for the newer rules: those stay, so that the page can show them.
    """
    case = own_case(application_id, actor=actor, at=at, expected_version=expected_version)
    next_state(case.state, CaseAction.SUBMIT, actor=ActorClass.APPLICANT)
    _follow_rules_in_force(case.application, at)
    answers = to_file(answers_of(draft_of(case.application, lock=True)))
    _check_answers(answers, at)
    employer = _verified_employer(answers[Step.WORK]["employer_id"])
    files = _checked_evidence(case.application, answers, employer)
    if not set(consents) >= NEEDED_CONSENTS:
        raise InvalidInput("consents", "consents_missing")
    _check_no_card(case.application, at)
    person = record_applicant(answers[Step.IDENTITY], actor=actor, at=at)
    give_consents(
        account_id=case.application.account_id,
        person_id=person.id,
        purposes=sorted(consents),
        subject_id=application_id,
        actor=actor,
        at=at,
    )
    # After everything that flushes, so that the case's row is written once, with its new state.
    _write(case.application, answers, person, employer, at)
    copy = freeze(case, answers, files, purpose=CopyPurpose.FILED, at=at)
    _ask_employer(case, copy, employer, actor=actor, at=at)
    return case


def _follow_rules_in_force(application: Application, at: datetime) -> None:
    """An application is judged by the rules of the day it is filed, not of the day it was begun."""
    rules = rule_set_in_force(local_date(at))
    if rules is None or rules.id == application.rule_set_id:
        return
    application.rule_set_id = rules.id
    application.updated_at = at
    raise InvalidInput(Step.CATEGORY.value, "rules_changed")


def _check_answers(answers: Answers, at: datetime) -> None:
    for step, problems in problems_in(answers, local_date(at)).items():
        names = ", ".join(problem.field for problem in problems)
        raise InvalidInput(step.value, "answers_incomplete", fields=names)


def _verified_employer(employer_id: str) -> Employer:
    employer = db.session.get(Employer, UUID(employer_id))
    if employer is None or employer.state is not EmployerState.VERIFIED:
        raise InvalidInput(Step.WORK.value, "employer_not_verified")
    return employer


def _checked_evidence(
    application: Application, answers: Answers, employer: Employer
) -> list[EvidenceFile]:
    category = category_of(application)
    if category is None:
        raise InvalidInput(Step.CATEGORY.value, "category_unknown")
    facts = facts_from(answers, employer_facts(employer), holds_higher_card=None)
    files = files_of(application.id)
    present = codes_present(files) | pledged_codes(application)
    missing = missing_items(category, facts, present)
    if missing:
        codes = ", ".join(item.code for item in missing)
        raise InvalidInput(Step.EVIDENCE.value, "evidence_missing", items=codes)
    return files


def _check_no_card(application: Application, at: datetime) -> None:
    """One card per person and tier: somebody who holds one renews it, nobody gets a second."""
    (account,) = lock_in_order(db.session(), Account, [application.account_id])
    if application.tier in tiers_held(account.person_id, at):
        raise InvalidInput(Step.CATEGORY.value, "card_in_force")


def _write(
    application: Application, answers: Answers, person: Person, employer: Employer, at: datetime
) -> None:
    application.person_id = person.id
    application.employer_id = employer.id
    application.using_unit = answers[Step.WORK].get("using_unit") or None
    application.industry = employer.industry
    application.park = employer.park
    application.filed_at = at


def _ask_employer(
    case: Case, copy: ApplicationCopy, employer: Employer, *, actor: Actor, at: datetime
) -> None:
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
    at_window = "yes" if cause_to_check(case.application) else ""
    tell_applicant(
        case, messages.FILED, at=at, version=str(endorsement.id), at_window=at_window, **told
    )
    tell_agents(case, messages.ENDORSEMENT_ASKED, at=at, version=str(endorsement.id), **told)
