"""The one-time notice: everything that is missing or wrong, told at once (facts.md 6.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, check_possible, move
from talentsvc.cards.correcting import items_of, last_notice
from talentsvc.cards.models import CorrectionItem, CorrectionNotice
from talentsvc.cards.parts import check_part
from talentsvc.cards.rules.corrections import NoticeItem, check_further_notice, normalise_items
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, CaseAction, CaseRole
from talentsvc.core.errors import FourEyesViolated
from talentsvc.extensions.database import db


def request_correction(
    application_id: UUID,
    *,
    items: Iterable[NoticeItem],
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Give a one-time notice. A second one may only repeat what is still unmet.

    Errors: NotFoundHere, StaleVersion, NotAllowedNow (too late: accepted by silence), FourEyesViolated,
    InvalidInput(items).
    """
    case = open_case(application_id, at=at, expected_version=expected_version)
    check_possible(case, CaseAction.REQUEST_CORRECTION)
    check_part(case, CaseRole.CLERK, actor)
    if actor.account_id is None:
        raise FourEyesViolated("no_person")
    wanted = normalise_items(items)
    previous = last_notice(application_id)
    check_further_notice(items_of(previous) if previous else (), wanted)
    number = previous.number + 1 if previous else 1
    move(
        case,
        CaseAction.REQUEST_CORRECTION,
        actor=actor,
        actor_class=ActorClass.CLERK,
        at=at,
        data={"number": number, "items": len(wanted)},
    )
    _write_notice(case, wanted, number, clerk_account_id=actor.account_id, at=at)
    return case


def _write_notice(
    case: Case, wanted: Sequence[NoticeItem], number: int, *, clerk_account_id: UUID, at: datetime
) -> None:
    """Keep the notice with its items and tell the applicant all of it."""
    limit_on = case.application.due_on
    if limit_on is None:
        raise RuntimeError("a one-time notice always has a limit")
    notice = CorrectionNotice(
        application_id=case.application.id,
        number=number,
        clerk_account_id=clerk_account_id,
        limit_on=limit_on,
        created_at=at,
    )
    db.session.add(notice)
    db.session.flush()
    db.session.add_all(
        CorrectionItem(
            notice_id=notice.id,
            kind=item.kind,
            code=item.code,
            explanation=item.explanation,
            position=position,
        )
        for position, item in enumerate(wanted, start=1)
    )
    tell_applicant(
        case,
        messages.CORRECTION_REQUESTED,
        at=at,
        version=str(number),
        items="\n".join(f"{n}. {item.explanation}" for n, item in enumerate(wanted, start=1)),
        due_on=limit_on.isoformat(),
    )
