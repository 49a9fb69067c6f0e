"""A lost or damaged card gets a new number with the same last day; the old number is dead at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.cardwork import check_officer, move_card, note_card_event, open_card
from talentsvc.cards.facing import report_unprintable
from talentsvc.cards.models import Card
from talentsvc.cards.numbering import new_card
from talentsvc.cards.rules.cards import Validity, may_replace, replacement_validity
from talentsvc.cards.telling import tell_holder
from talentsvc.cards.terms import ActorClass, CardAction
from talentsvc.core.clock import local_date
from talentsvc.core.errors import NotAllowedNow
from talentsvc.extensions.database import db


def replace_card(
    card_id: UUID, *, actor: Actor, at: datetime, expected_version: int | None = None
) -> Card:
    """Replace; returns the new card.

    Errors: NotFoundHere, StaleVersion, NotAllowedNow (also for a card suspended for anything but a
    loss), FourEyesViolated.
    """
    old = open_card(card_id, at=at, expected_version=expected_version)
    check_officer(old, actor)
    if not may_replace(old.state, old.suspension_reason):
        raise NotAllowedNow(old.state, CardAction.REPLACE, suspension=old.suspension_reason)
    move_card(old, CardAction.REPLACE, actor=actor, actor_class=ActorClass.CLERK, at=at)
    # The old card must have left its place before the new one takes it (uq_card_in_force).
    db.session.flush()
    card = new_card(
        tier=old.tier,
        person_id=old.person_id,
        employer_id=old.employer_id,
        application_id=old.application_id,
        photo_file_id=old.photo_file_id,
        validity=replacement_validity(Validity(old.valid_from, old.valid_until), local_date(at)),
        at=at,
    )
    card.replaces_id = old.id
    note_card_event(
        card,
        CardAction.ISSUE,
        None,
        actor=actor,
        actor_class=ActorClass.CLERK,
        at=at,
        data={"replaces": old.number},
    )
    report_unprintable(card, at=at)
    tell_holder(old, messages.CARD_REPLACED, at=at, new_number=card.number)
    return card
