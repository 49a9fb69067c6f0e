"""Invented cards in every state, without the months that lie behind a real one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import Flask

from talentsvc.access.actor import CLOCK
from talentsvc.access.roles import Role
from talentsvc.cards.actions.cancel_card import cancel_card
from talentsvc.cards.actions.replace_card import replace_card
from talentsvc.cards.actions.report_loss import report_loss
from talentsvc.cards.actions.suspend_card import suspend_card
from talentsvc.cards.cardwork import note_card_event
from talentsvc.cards.models import Application, Card
from talentsvc.cards.models.application import application_number
from talentsvc.cards.numbering import new_card
from talentsvc.cards.rules.cards import Validity, validity
from talentsvc.cards.terms import (
    ActorClass,
    ApplicationKind,
    ApplicationState,
    CancellationReason,
    CardAction,
    CardState,
    SuspensionReason,
)
from talentsvc.core.clock import local_date, now
from talentsvc.core.ids import uuid7
from talentsvc.core.references import ReferenceKind, format_reference
from talentsvc.employers.terms import Industry, Park
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.models import StoredFile
from talentsvc.files.terms import FilePurpose, ScanState
from talentsvc.files.vault import put_sealed
from talentsvc.policy.terms import Tier
from tests.cards.world import (
    CATEGORY,
    Company,
    acting,
    load_rules,
    make_officer,
    make_verified_employer,
)
from tests.files.samples import jpeg
from tests.people.world import Someone, someone

REASON = "经核实，情况属实，依规办理"


@dataclass(frozen=True)
class MadeCard:
    """A card and whose it is."""

    card_id: UUID
    number: str
    nonce: str
    valid_until: date
    application_id: UUID
    holder: Someone


def make_card(
    app: Flask,
    name: str = "欧阳䶮",
    *,
    company: Company | None = None,
    holder: Someone | None = None,
    ends_in_days: int | None = None,
    has_portrait: bool = True,
) -> MadeCard:
    """A card in force, issued today, or long ago so that it ends in so many days (negative: ended)."""
    rule_set_id = load_rules(app)
    who = holder or someone(app, name)
    employer = company or make_verified_employer(app)
    with app.app_context(), unit_of_work():
        at, today = now(), local_date(now())
        application = _delivered(rule_set_id, who, employer)
        days = validity(today, 5)
        if ends_in_days is not None:
            end = today + timedelta(days=ends_in_days)
            days = Validity(end - timedelta(days=5 * 365), end)
        card = new_card(
            tier=Tier.C,
            person_id=_person(who),
            employer_id=employer.employer_id,
            application_id=application.id,
            photo_file_id=_portrait(who) if has_portrait else None,
            validity=days,
            at=at,
        )
        note_card_event(
            card, CardAction.ISSUE, None, actor=CLOCK, actor_class=ActorClass.CLOCK, at=at
        )
        return _made(card, who)


def _made(card: Card, who: Someone) -> MadeCard:
    return MadeCard(card.id, card.number, card.nonce, card.valid_until, card.application_id, who)


def _person(who: Someone) -> UUID:
    assert who.person_id is not None
    return who.person_id


def _delivered(rule_set_id: UUID, who: Someone, employer: Company) -> Application:
    at = now()
    number = db.session.execute(application_number.next_value()).scalar_one()
    application = Application(
        reference=format_reference(ReferenceKind.APPLICATION, at.year, number),
        kind=ApplicationKind.NEW,
        tier=Tier.C,
        category_code=CATEGORY,
        rule_set_id=rule_set_id,
        account_id=who.account_id,
        person_id=who.person_id,
        employer_id=employer.employer_id,
        industry=Industry.BIOMEDICINE,
        park=Park.BIOMEDICINE_PARK,
        state=ApplicationState.DELIVERED,
        filed_at=at,
        closed_at=at,
        board_at=at,
        created_at=at,
        updated_at=at,
    )
    db.session.add(application)
    db.session.flush()
    return application


def _portrait(who: Someone, scan_state: ScanState = ScanState.CLEAN) -> UUID:
    data, file_id = jpeg(358, 441), uuid7()
    storage_key, key_id = put_sealed(file_id, data)
    stored = StoredFile(
        id=file_id,
        purpose=FilePurpose.PORTRAIT,
        holder_account_id=who.account_id,
        original_name="portrait.jpg",
        media_type="image/jpeg",
        byte_size=len(data),
        sha256=hashlib.sha256(data).digest(),
        storage_key=storage_key,
        key_id=key_id,
        width=358,
        height=441,
        scan_state=scan_state,
        scan_attempts=1,
        created_at=now(),
    )
    db.session.add(stored)
    db.session.flush()
    return file_id


def make_card_in(app: Flask, state: CardState, name: str = "欧阳䶮") -> MadeCard:
    """A card in a state, brought there by the product's own actions; EXPIRED by the mere date."""
    if state is CardState.EXPIRED:
        return make_card(app, name, ends_in_days=-1)
    card = make_card(app, name)
    clerk = make_officer(app)
    with app.app_context(), unit_of_work():
        how = {"actor": acting(clerk, "clerk"), "at": now()}
        if state is CardState.SUSPENDED:
            report_loss(card.card_id, actor_class=ActorClass.CLERK, **how)
        elif state is CardState.REPLACED:
            replace_card(card.card_id, **how)
        elif state is CardState.CANCELLED:
            cancel_card(
                card.card_id,
                cancellation=CancellationReason.VOLUNTARY,
                reason=REASON,
                actor_class=ActorClass.CLERK,
                **how,
            )
    return card


def suspend_for(app: Flask, card: MadeCard, why: SuspensionReason) -> None:
    """Put a card out of use at the window."""
    clerk = make_officer(app)
    with app.app_context(), unit_of_work():
        suspend_card(
            card.card_id, suspension=why, reason=REASON, actor=acting(clerk, "clerk"), at=now()
        )


def card_row(card_id: UUID) -> Card:
    """The row of a card, read anew; inside an application context."""
    row = db.session.get(Card, card_id, populate_existing=True)
    assert row is not None
    return row


def decider(app: Flask) -> Someone:
    """Somebody who decides."""
    return make_officer(app, Role.DECIDER, "秦审定")
