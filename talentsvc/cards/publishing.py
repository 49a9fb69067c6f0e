"""Putting a case on public notice: the least that lets others object, frozen with a hash (PIPL 25)."""

from __future__ import annotations

from datetime import datetime

from talentsvc.cards import messages
from talentsvc.cards.casework import Case
from talentsvc.cards.models import PublicNotice
from talentsvc.cards.rules.due_dates import notice_deadline
from talentsvc.cards.telling import tell_applicant
from talentsvc.core.canonical import digest
from talentsvc.core.masking import mask_name
from talentsvc.employers.queries import employer_name
from talentsvc.extensions.database import db
from talentsvc.people.models import Person
from talentsvc.policy.queries import rules_of


def put_on_public_notice(case: Case, *, at: datetime) -> PublicNotice:
    """Freeze what is shown, with its first and last day; call it after the case has moved there."""
    application = case.application
    deadline = notice_deadline(case.events, case.limits, case.calendar)
    person = db.session.get(Person, application.person_id)
    if deadline is None or deadline.due_on is None or deadline.ends_at is None or person is None:
        raise RuntimeError("a case on public notice has a person and a last day")
    category = next(
        category
        for tier in rules_of(application.rule_set_id).tiers
        for category in tier.categories
        if tier.tier == application.tier and category.code == application.category_code
    )
    notice = PublicNotice(
        application_id=application.id,
        reference=application.reference,
        masked_name=mask_name(person.name),
        employer_name=employer_name(application.employer_id) if application.employer_id else "",
        tier=application.tier.value,
        category_zh=category.title_zh,
        category_en=category.title_en,
        unit=case.limits.notice_unit.value,
        length=case.limits.notice_length,
        starts_on=deadline.counted_from,
        ends_on=deadline.due_on,
        ends_at=deadline.ends_at,
        published_at=at,
    )
    notice.sha256 = digest(shown(notice))
    db.session.add(notice)
    db.session.flush()
    tell_applicant(
        case,
        messages.APPROVED,
        at=at,
        version=str(notice.id),
        starts_on=notice.starts_on.isoformat(),
        ends_on=notice.ends_on.isoformat(),
    )
    return notice


def shown(notice: PublicNotice) -> dict[str, object]:
    """Exactly what the public page shows; its hash proves that nobody changed it meanwhile."""
    return {
        "reference": notice.reference,
        "name": notice.masked_name,
        "employer": notice.employer_name,
        "tier": notice.tier,
        "category_zh": notice.category_zh,
        "category_en": notice.category_en,
        "starts_on": notice.starts_on,
        "ends_on": notice.ends_on,
        "unit": notice.unit,
        "length": notice.length,
    }
