"""Everything that can be done with a card, from the ground's card in the right state."""

from datetime import timedelta
from uuid import UUID

from talentsvc.access.roles import Role
from talentsvc.cards.actions.cancel_card import cancel_card
from talentsvc.cards.actions.expire_cards import cards_past_their_day, expire_card
from talentsvc.cards.actions.reinstate_card import reinstate_card
from talentsvc.cards.actions.replace_card import replace_card
from talentsvc.cards.actions.report_loss import report_loss
from talentsvc.cards.actions.suspend_card import suspend_card
from talentsvc.cards.terms import ActorClass, ApplicationState, CancellationReason, SuspensionReason
from talentsvc.core.clock import now
from tests.guarantees.ground import Ground
from tests.guarantees.scenarios.cards import REASON, card_of
from tests.guarantees.scenarios.registry import scenario

_S = ApplicationState


@scenario
def report_a_loss(ground: Ground) -> None:
    report_loss(
        card_of(ground.case(_S.DELIVERED)),
        actor=ground.actor(ground.case(_S.DELIVERED).applicant),
        actor_class=ActorClass.APPLICANT,
        at=now(),
    )


@scenario
def suspend(ground: Ground) -> None:
    suspend_card(
        card_of(ground.case(_S.DELIVERED)),
        suspension=SuspensionReason.INQUIRY,
        reason=REASON,
        actor=ground.officer(Role.CLERK),
        at=now(),
    )


@scenario
def reinstate(ground: Ground) -> None:
    clerk = ground.officer(Role.CLERK)
    reinstate_card(UUID(ground.people.lost_card), reason=REASON, actor=clerk, at=now())


@scenario
def replace(ground: Ground) -> None:
    replace_card(UUID(ground.people.lost_card), actor=ground.officer(Role.CLERK), at=now())


@scenario
def cancel(ground: Ground) -> None:
    cancel_card(
        card_of(ground.case(_S.DELIVERED)),
        cancellation=CancellationReason.LEFT_ZONE,
        reason=REASON,
        actor=ground.officer(Role.CLERK),
        actor_class=ActorClass.CLERK,
        at=now(),
    )


@scenario
def expire(_ground: Ground) -> None:
    later = now() + timedelta(days=366 * 10)
    for card_id in cards_past_their_day(later, 1):
        expire_card(card_id, at=later)
