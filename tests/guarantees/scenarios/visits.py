"""Everything that persons do at events."""

from uuid import UUID

from talentsvc.access.actor import SYSTEM
from talentsvc.access.roles import Role
from talentsvc.cards.terms import ApplicationState
from talentsvc.core.clock import now
from talentsvc.events.actions.answer_invitation import answer_invitation
from talentsvc.events.actions.cancel_visit import cancel_visit
from talentsvc.events.actions.end_visits import end_visits
from talentsvc.events.actions.give_feedback import give_feedback
from talentsvc.events.actions.invite_guests import Guest, invite_guests
from talentsvc.events.actions.promote_visits import promote_visits
from talentsvc.events.actions.register_visit import register_visit
from talentsvc.events.actions.tell_of_move import tell_visitors_of_move
from talentsvc.events.terms.event import PlacesRaised, SessionCancelled, SessionMoved
from tests.guarantees.ground import Ground
from tests.guarantees.scenarios.registry import scenario
from tests.guarantees.visits_ground import OPEN_TOKEN, session_of


def _id(ground: Ground, name: str) -> UUID:
    return UUID(ground.people.made[name])


@scenario
def register_for_a_session(ground: Ground) -> None:
    actor = ground.actor(ground.people.second_agent)
    register_visit(_id(ground, "full"), actor=actor, at=now())


@scenario
def cancel_and_let_the_next_move_up(ground: Ground) -> None:
    actor = ground.actor(ground.case(ApplicationState.DELIVERED).applicant)
    cancel_visit(_id(ground, "visit"), actor=actor, at=now())


@scenario
def raise_the_places(ground: Ground) -> None:
    session = session_of(ground.people)
    session.visitor_places = 5
    promote_visits(PlacesRaised(session.id))


@scenario
def end_with_the_session(ground: Ground) -> None:
    end_visits(SessionCancelled(_id(ground, "full")))


@scenario
def tell_of_another_hour(ground: Ground) -> None:
    tell_visitors_of_move(SessionMoved(_id(ground, "full")))


@scenario
def say_how_it_was(ground: Ground) -> None:
    actor = ground.actor(ground.case(ApplicationState.DELIVERED).applicant)
    give_feedback(_id(ground, "was there"), grade=4, words="很好", actor=actor, at=now())


@scenario
def invite_somebody(ground: Ground) -> None:
    guests = [Guest("新来的人", "somebody-new@example.cn")]
    invite_guests(_id(ground, "event"), guests, actor=ground.officer(Role.EVENTS_OFFICER), at=now())


@scenario
def accept_an_invitation(ground: Ground) -> None:
    actor = ground.actor(ground.people.second_agent)
    answer_invitation(OPEN_TOKEN, accepts=True, actor=actor, at=now())


@scenario
def decline_an_invitation(ground: Ground) -> None:
    answer_invitation(OPEN_TOKEN, accepts=False, actor=SYSTEM, at=now())
