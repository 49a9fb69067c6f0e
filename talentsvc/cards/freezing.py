"""Freezing the form: the copy that is endorsed and decided, its hash, and what the rules say of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from talentsvc.cards.casework import Case
from talentsvc.cards.evidencing import files_of
from talentsvc.cards.models import ApplicationCopy, Card, StoredEvaluation
from talentsvc.cards.rules.answers import Answers, EmployerFacts, facts_from
from talentsvc.cards.rules.cards import RUNNING_STATES
from talentsvc.cards.terms import CopyPurpose
from talentsvc.core.canonical import canonical_json, digest
from talentsvc.core.clock import local_date
from talentsvc.employers.models import Employer
from talentsvc.extensions.database import db
from talentsvc.policy.queries import rules_of
from talentsvc.policy.rules.evaluate import evaluate_category
from talentsvc.policy.terms import Tier


def freeze(
    case: Case, answers: dict[str, Any], *, purpose: CopyPurpose, at: datetime
) -> ApplicationCopy:
    """Keep exactly what was filed, evidence by its hash, and store the rules' verdicts on it."""
    application = case.application
    content = {
        "reference": application.reference,
        "tier": application.tier.value,
        "category": application.category_code,
        "rule_set": str(application.rule_set_id),
        "answers": answers,
        "evidence": [
            {
                "item": entry.evidence.item_code,
                "name": entry.file.original_name,
                "sha256": entry.file.sha256.hex(),
            }
            for entry in files_of(application.id)
        ],
    }
    last = db.session.execute(
        select(func.max(ApplicationCopy.number)).where(
            ApplicationCopy.application_id == application.id
        )
    ).scalar_one()
    copy = ApplicationCopy(
        application_id=application.id,
        number=(last or 0) + 1,
        purpose=purpose,
        sha256=digest(content),
        created_at=at,
    )
    copy.content_json = canonical_json(content).decode()
    db.session.add(copy)
    db.session.flush()
    _store_evaluation(case, copy, answers, at)
    return copy


def employer_facts(employer: Employer | None) -> EmployerFacts | None:
    """What the desk has verified of an employer."""
    if employer is None:
        return None
    return EmployerFacts(
        employer_type=employer.employer_type.value,
        employer_level=employer.level.value,
        is_registered_in_zone=employer.is_registered_in_zone,
        is_taxed_in_zone=employer.is_taxed_in_zone,
    )


def holds_higher_card(case: Case) -> bool:
    """Whether the applicant holds an A or B card: then no C card is issued (facts.md 1.1)."""
    found = db.session.execute(
        select(Card.id)
        .where(
            Card.person_id == case.application.person_id,
            Card.tier.in_((Tier.A, Tier.B)),
            Card.state.in_(RUNNING_STATES),
        )
        .limit(1)
    ).scalar_one_or_none()
    return found is not None


def _store_evaluation(case: Case, copy: ApplicationCopy, answers: Answers, at: datetime) -> None:
    application = case.application
    employer = (
        db.session.get(Employer, application.employer_id) if application.employer_id else None
    )
    facts = facts_from(answers, employer_facts(employer), holds_higher_card=holds_higher_card(case))
    filed_on = local_date(application.filed_at or at)
    evaluation = evaluate_category(
        rules_of(application.rule_set_id),
        application.tier,
        application.category_code or "",
        facts,
        filed_on,
    )
    db.session.add(
        StoredEvaluation(
            application_id=application.id,
            copy_id=copy.id,
            rule_set_id=application.rule_set_id,
            content=evaluation.to_json(),
            evaluated_at=at,
        )
    )
