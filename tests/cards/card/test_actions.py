"""Steps with a card: what the table allows, by whom, and what follows from it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from talentsvc.access.actor import Actor
from talentsvc.audit.models import AuditEntry, AuditStream
from talentsvc.cards.actions.cancel_card import cancel_card
from talentsvc.cards.actions.expire_cards import cards_past_their_day, expire_card
from talentsvc.cards.actions.reinstate_card import reinstate_card
from talentsvc.cards.actions.replace_card import replace_card
from talentsvc.cards.actions.report_loss import report_loss
from talentsvc.cards.actions.suspend_card import suspend_card
from talentsvc.cards.models import Card, CardEvent
from talentsvc.cards.numbering import new_card
from talentsvc.cards.queries.cards import replacement_of
from talentsvc.cards.rules.cards import Validity
from talentsvc.cards.rules.transitions import CARD_TRANSITIONS
from talentsvc.cards.terms import (
    ActorClass,
    CancellationReason,
    CardAction,
    CardState,
    SuspensionReason,
)
from talentsvc.core.clock import now
from talentsvc.core.errors import (
    FourEyesViolated,
    InvalidInput,
    NotAllowedNow,
    NotFoundHere,
    StaleVersion,
)
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.models import Notice
from talentsvc.people.actions.declare_kin import declare_kin
from talentsvc.people.terms import KinRelation
from tests.cards.card.holders import (
    REASON,
    MadeCard,
    card_row,
    make_card,
    make_card_in,
    suspend_for,
)
from tests.cards.world import acting, make_officer
from tests.people.world import Someone, officer, someone

Step = Callable[[UUID, Actor], Any]

STEPS: dict[CardAction, Step] = {
    CardAction.REPORT_LOSS: lambda card_id, actor: report_loss(
        card_id, actor=actor, actor_class=ActorClass.CLERK, at=now()
    ),
    CardAction.SUSPEND: lambda card_id, actor: suspend_card(
        card_id, suspension=SuspensionReason.INQUIRY, reason=REASON, actor=actor, at=now()
    ),
    CardAction.REINSTATE: lambda card_id, actor: reinstate_card(
        card_id, reason=REASON, actor=actor, at=now()
    ),
    CardAction.REPLACE: lambda card_id, actor: replace_card(card_id, actor=actor, at=now()),
    CardAction.CANCEL: lambda card_id, actor: cancel_card(
        card_id,
        cancellation=CancellationReason.LEFT_ZONE,
        reason=REASON,
        actor=actor,
        actor_class=ActorClass.CLERK,
        at=now(),
    ),
}
PAIRS = [(state, action) for state in CardState for action in STEPS]


def take(app: Flask, card: MadeCard, action: CardAction, who: Someone | None = None) -> Any:
    """Take a step as a clerk, in one unit of work."""
    clerk = who or make_officer(app)
    with app.app_context(), unit_of_work():
        return STEPS[action](card.card_id, acting(clerk, "clerk")).id


def seen(app: Flask, card: MadeCard) -> tuple[Any, ...]:
    """All that a step could change about a card."""
    with app.app_context():
        row = card_row(card.card_id)
        events = db.session.execute(
            select(CardEvent.action).where(CardEvent.card_id == card.card_id)
        ).all()
        entries = db.session.query(AuditEntry).count()
        return row.state, row.version, row.suspension_reason, len(events), entries


@pytest.mark.parametrize(("state", "action"), PAIRS)
def test_a_step_is_possible_exactly_where_the_table_says(
    app: Flask, state: CardState, action: CardAction
) -> None:
    card = make_card_in(app, state)
    before = seen(app, card)
    if CARD_TRANSITIONS.allows(state, action):
        take(app, card, action)
        with app.app_context():
            target = CARD_TRANSITIONS.target(state, action)
            assert card_row(card.card_id).state is target
    else:
        with pytest.raises(NotAllowedNow):
            take(app, card, action)
        assert seen(app, card)[:4] == before[:4]


def test_every_step_is_in_the_record_and_told_to_the_holder(app: Flask) -> None:
    card = make_card(app)
    for action in (CardAction.SUSPEND, CardAction.REINSTATE, CardAction.SUSPEND):
        take(app, card, action)
    with app.app_context():
        actions = [
            e.action for e in db.session.execute(select(CardEvent).order_by(CardEvent.at)).scalars()
        ]
        entries = (
            db.session.execute(
                select(AuditEntry.action)
                .join(AuditStream, AuditStream.id == AuditEntry.stream_id)
                .where(AuditStream.subject_id == card.card_id)
            )
            .scalars()
            .all()
        )
        kinds = db.session.execute(select(Notice.kind)).scalars().all()
    assert actions == [
        CardAction.ISSUE,
        CardAction.SUSPEND,
        CardAction.REINSTATE,
        CardAction.SUSPEND,
    ]
    assert sorted(entries) == ["issue", "reinstate", "suspend", "suspend"]
    # Inbox and e-mail each time, and a second suspension is told again.
    assert sorted(kinds) == ["card_reinstated"] * 2 + ["card_suspended"] * 4


def test_a_lost_card_is_dead_at_once_and_its_replacement_ends_on_the_same_day(app: Flask) -> None:
    card = make_card(app, ends_in_days=400)
    with app.app_context(), unit_of_work():
        report_loss(
            card.card_id, actor=acting(card.holder), actor_class=ActorClass.APPLICANT, at=now()
        )
    with app.app_context():
        assert card_row(card.card_id).state is CardState.SUSPENDED
    new_id = take(app, card, CardAction.REPLACE)
    with app.app_context():
        old, new = card_row(card.card_id), card_row(new_id)
        assert (old.state, new.state) == (CardState.REPLACED, CardState.ACTIVE)
        assert new.valid_until == old.valid_until == card.valid_until
        assert replacement_of(old.id).id == new.id
        assert len({old.number, new.number}) == len({old.nonce, new.nonce}) == 2
        assert (new.photo_file_id, new.application_id) == (old.photo_file_id, old.application_id)


@pytest.mark.parametrize("why", [SuspensionReason.INQUIRY, SuspensionReason.EMPLOYMENT_ENDED])
def test_a_replacement_is_no_way_around_a_suspension(app: Flask, why: SuspensionReason) -> None:
    card = make_card(app)
    suspend_for(app, card, why)
    with pytest.raises(NotAllowedNow):
        take(app, card, CardAction.REPLACE)
    with app.app_context():
        assert db.session.query(Card).count() == 1


def test_two_cards_in_force_are_impossible(app: Flask) -> None:
    card = make_card(app)
    with app.app_context():
        old = card_row(card.card_id)
        with pytest.raises(IntegrityError, match="uq_card_in_force"):
            new_card(
                tier=old.tier,
                person_id=old.person_id,
                employer_id=None,
                application_id=old.application_id,
                photo_file_id=None,
                validity=Validity(old.valid_from, old.valid_until),
                at=now(),
            )


def test_only_the_holder_reports_a_loss_as_the_holder(app: Flask) -> None:
    card, stranger = make_card(app), someone(app, "单晓曾")
    nobody = someone(app, "周无名", has_person=False)
    for who in (stranger, nobody):
        with pytest.raises(NotFoundHere), app.app_context(), unit_of_work():
            # A wrong version too: a stranger does not even learn that there is such a card.
            report_loss(
                card.card_id,
                actor=acting(who),
                actor_class=ActorClass.APPLICANT,
                at=now(),
                expected_version=99,
            )
    with app.app_context():
        assert card_row(card.card_id).state is CardState.ACTIVE


def test_nobody_at_the_desk_works_on_a_card_of_their_own_or_of_kin(app: Flask) -> None:
    clerk = make_officer(app)
    own = make_card(app, holder=clerk)
    card = make_card(app)
    kin = make_officer(app, name="欧阳窗口")
    with app.app_context(), unit_of_work():
        declare_kin(
            person_id=kin.person_id,
            kin_id=card.holder.person_id,
            relation=KinRelation.SPOUSE,
            actor=acting(kin),
            at=now(),
        )
    without_person = officer(app, has_person=False)
    for made, who in ((own, clerk), (card, kin), (card, without_person)):
        for action in STEPS:
            with pytest.raises(FourEyesViolated):
                take(app, made, action, who)
        with app.app_context():
            assert card_row(made.card_id).state is CardState.ACTIVE


@pytest.mark.parametrize("action", [CardAction.SUSPEND, CardAction.REINSTATE, CardAction.CANCEL])
def test_a_step_against_somebody_says_why(app: Flask, action: CardAction) -> None:
    card = make_card_in(
        app, CardState.SUSPENDED if action is CardAction.REINSTATE else CardState.ACTIVE
    )
    clerk = make_officer(app)
    steps: dict[CardAction, Callable[..., Any]] = {
        CardAction.SUSPEND: lambda **how: suspend_card(
            card.card_id, suspension=SuspensionReason.INQUIRY, **how
        ),
        CardAction.REINSTATE: lambda **how: reinstate_card(card.card_id, **how),
        CardAction.CANCEL: lambda **how: cancel_card(
            card.card_id,
            cancellation=CancellationReason.DEATH,
            actor_class=ActorClass.CLERK,
            **how,
        ),
    }
    with pytest.raises(InvalidInput) as refused, app.app_context(), unit_of_work():
        steps[action](reason=" \u3000", actor=acting(clerk, "clerk"), at=now())
    assert refused.value.field == "reason"


def test_revoking_is_a_decision(app: Flask) -> None:
    card, clerk = make_card(app), make_officer(app)
    how = {"cancellation": CancellationReason.REVOKED, "reason": REASON}
    with pytest.raises(NotAllowedNow), app.app_context(), unit_of_work():
        cancel_card(
            card.card_id,
            actor=acting(clerk, "clerk"),
            actor_class=ActorClass.CLERK,
            at=now(),
            **how,  # type: ignore[arg-type]
        )
    with app.app_context(), unit_of_work():
        cancel_card(
            card.card_id,
            actor=acting(clerk, "decider"),
            actor_class=ActorClass.DECIDER,
            at=now(),
            **how,  # type: ignore[arg-type]
        )
    with app.app_context():
        assert card_row(card.card_id).state is CardState.CANCELLED


def test_the_second_of_two_officers_is_told(app: Flask) -> None:
    card = make_card(app)
    with app.app_context():
        version = card_row(card.card_id).version
    take(app, card, CardAction.SUSPEND)
    clerk = make_officer(app)
    with pytest.raises(StaleVersion), app.app_context(), unit_of_work():
        reinstate_card(
            card.card_id,
            reason=REASON,
            actor=acting(clerk, "clerk"),
            at=now(),
            expected_version=version,
        )


def test_the_sweep_writes_down_what_time_has_done(app: Flask) -> None:
    ended, runs = make_card(app, ends_in_days=-1), make_card(app, "单晓曾", ends_in_days=0)
    with app.app_context():
        assert cards_past_their_day(now(), 10) == [ended.card_id]
        # At 24:00 of its last day, not a moment earlier.
        assert set(cards_past_their_day(now() + timedelta(days=1), 10)) == {
            ended.card_id,
            runs.card_id,
        }
    with app.app_context(), unit_of_work():
        expire_card(ended.card_id, at=now())
    with app.app_context():
        row = card_row(ended.card_id)
        event = db.session.execute(
            select(CardEvent).where(CardEvent.action == CardAction.EXPIRE)
        ).scalar_one()
        assert row.state is CardState.EXPIRED
        # Dated when it was over, by nobody's hand, however late the sweep came.
        assert (event.actor_account_id, event.acting_as) == (None, "clock")
        assert event.at < now()
        assert cards_past_their_day(now(), 10) == []
        assert db.session.execute(select(Notice.kind)).scalars().all() == ["card_expired"] * 2
