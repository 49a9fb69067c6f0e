"""The notice is over and nothing stands against it: the clock issues the card."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import CLOCK
from talentsvc.cards import messages
from talentsvc.cards.actions.expire_cards import expire_card
from talentsvc.cards.cardwork import note_card_event
from talentsvc.cards.casework import Case, move
from talentsvc.cards.facing import report_unprintable
from talentsvc.cards.models import Card, Evidence
from talentsvc.cards.numbering import new_card
from talentsvc.cards.rules.cards import RUNNING_STATES, validity
from talentsvc.cards.rules.clock import DueStep
from talentsvc.cards.telling import tell_holder
from talentsvc.cards.terms import PORTRAIT_ITEM, ActorClass, CardAction, CardIssued
from talentsvc.core.clock import local_date, now
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import happen
from talentsvc.policy.terms import Tier


def issue_card(case: Case, step: DueStep) -> None:
    """Issue, dated when the notice ended. The card is in force from that day on."""
    application = case.application
    move(
        case,
        step.action,
        actor=CLOCK,
        actor_class=ActorClass.CLOCK,
        at=step.at,
        effective_on=step.effective_on,
        data=step.data,
    )
    if application.person_id is None:
        raise RuntimeError("a case on public notice has a person")
    first_day = step.effective_on or local_date(step.at)
    _end_former_cards(application.person_id, application.tier, step.at)
    card = new_card(
        tier=application.tier,
        person_id=application.person_id,
        employer_id=application.employer_id,
        application_id=application.id,
        photo_file_id=_portrait(application.id),
        validity=validity(first_day, case.limits.card_validity_years),
        at=step.at,
    )
    note_card_event(
        card, CardAction.ISSUE, None, actor=CLOCK, actor_class=ActorClass.CLOCK, at=step.at
    )
    # The work begins when it is seen, however long ago the card fell due.
    report_unprintable(card, at=now())
    happen(CardIssued(card.id, application.id, application.person_id))
    tell_holder(card, messages.CARD_ISSUED, at=step.at)


def _end_former_cards(person_id: UUID, tier: Tier, at: datetime) -> None:
    """Write down the end of cards whose last day is over: the place they hold is free (uq_card_in_force)."""
    former = select(Card.id).where(
        Card.person_id == person_id, Card.tier == tier, Card.state.in_(RUNNING_STATES)
    )
    for card_id in db.session.execute(former).scalars().all():
        expire_card(card_id, at=at)
    db.session.flush()


def _portrait(application_id: UUID) -> UUID | None:
    """The newest portrait of the case."""
    return db.session.execute(
        select(Evidence.file_id)
        .where(
            Evidence.application_id == application_id,
            Evidence.item_code == PORTRAIT_ITEM,
            Evidence.removed_at.is_(None),
        )
        .order_by(Evidence.position.desc())
        .limit(1)
    ).scalar_one_or_none()
