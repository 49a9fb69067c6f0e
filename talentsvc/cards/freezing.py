"""Freezing the form: the copy that is endorsed and decided, its hash, and what the rules say of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from talentsvc.cards.applicant import holds_higher_card
from talentsvc.cards.casework import Case
from talentsvc.cards.evidencing import EvidenceFile, category_of, pledged_codes
from talentsvc.cards.models import Application, ApplicationCopy, StoredEvaluation
from talentsvc.cards.rules.answer_facts import EmployerFacts, facts_from
from talentsvc.cards.rules.answers import Answers
from talentsvc.cards.terms import CopyPurpose
from talentsvc.core.canonical import canonical_json, digest
from talentsvc.core.clock import local_date
from talentsvc.employers.models import Employer
from talentsvc.extensions.database import db
from talentsvc.policy.queries import rules_of
from talentsvc.policy.rules.evaluate import evaluate_category


def freeze(
    case: Case,
    answers: Answers,
    files: Sequence[EvidenceFile],
    *,
    purpose: CopyPurpose,
    at: datetime,
) -> ApplicationCopy:
    """Keep exactly what was filed, evidence by its hash, and store the rules' verdicts on it.

    `answers` are those `to_file` gives, complete and checked, `files` the papers of the case as they
    were checked under its lock; the case has its person, employer and category by now.
    """
    application = case.application
    content = _content(application, answers, files)
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
    # Written by itself: what refers to it needs it now, and the case's row is not finished yet.
    db.session.bulk_save_objects([copy])
    _store_evaluation(application, copy, answers, at)
    return copy


def _content(
    application: Application, answers: Answers, files: Sequence[EvidenceFile]
) -> dict[str, Any]:
    employer = db.session.get(Employer, application.employer_id)
    return {
        "reference": application.reference,
        "tier": application.tier.value,
        "category": application.category_code,
        "rule_set": str(application.rule_set_id),
        "employer": {"name": employer.name, "credit_code": employer.credit_code}
        if employer
        else None,
        "answers": answers,
        "evidence": _evidence(application, files),
        "pledged": sorted(pledged_codes(application)),
    }


def _evidence(application: Application, files: Sequence[EvidenceFile]) -> list[dict[str, str]]:
    """Files under items of the category; what was left over from another category is not filed."""
    category = category_of(application)
    asked = {item.code for item in category.evidence} if category else set()
    return [
        {
            "item": entry.evidence.item_code,
            "name": entry.file.original_name,
            "sha256": entry.file.sha256.hex(),
        }
        for entry in files
        if entry.evidence.item_code in asked
    ]


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


def _store_evaluation(
    application: Application, copy: ApplicationCopy, answers: Answers, at: datetime
) -> None:
    employer = db.session.get(Employer, application.employer_id)
    facts = facts_from(
        answers,
        employer_facts(employer),
        holds_higher_card=holds_higher_card(application.person_id, at),
    )
    evaluation = evaluate_category(
        rules_of(application.rule_set_id),
        application.tier,
        application.category_code or "",
        facts,
        # Age is measured on the day of filing, and a correction does not move that day (facts.md 8b, 5).
        local_date(application.filed_at or at),
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
