"""G3 at the window: a clerk who checks in person is clerk and endorser at once, and bound by both."""

from collections.abc import Callable

import pytest

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.cards.actions.accept_application import accept_application
from talentsvc.cards.actions.approve_application import approve_application
from talentsvc.cards.actions.check_in_person import check_in_person
from talentsvc.cards.actions.recommend import recommend
from talentsvc.cards.terms import CaseRole
from talentsvc.core.clock import now
from talentsvc.core.errors import FourEyesViolated
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.guarantees.ground import Ground, MadeCase
from tests.guarantees.scenarios.cards import REASON, findings
from tests.guarantees.scenarios.window import checked
from tests.guarantees.test_g03_four_eyes import FORBIDDEN, PARTS, give_part
from tests.guarantees.watching import Fault, sabotage

_R = CaseRole
Take = Callable[[MadeCase, Actor], object]

WAYS: dict[str, Take] = {
    "confirm": lambda case, actor: check_in_person(
        case.id, checked=checked(case), actor=actor, at=now()
    ),
    "decline": lambda case, actor: check_in_person(
        case.id, checked=checked(case, is_confirmed=False), actor=actor, at=now()
    ),
}


@pytest.fixture(scope="module")
def somebody(ground: Ground) -> Actor:
    """An officer who has no part in any case yet."""
    with ground.app.app_context():
        return ground.officer(Role.DECIDER, 2)


@pytest.mark.parametrize("held", PARTS, ids=str)
@pytest.mark.parametrize("name", sorted(WAYS))
def test_whoever_may_not_be_clerk_or_endorser_checks_nobody(
    name: str, held: object, ground: Ground, somebody: Actor
) -> None:
    """Refused wherever either rule says so; possible, up to the commit, wherever neither does."""
    case = ground.people.founder_case
    with sabotage(ground.app, None), ground.app.app_context():
        refused: type[Exception] = Fault
        try:
            with unit_of_work():
                WAYS[name](case, give_part(case, somebody, held, _R.CLERK))
        except (FourEyesViolated, Fault) as error:
            refused = type(error)
    forbidden = FORBIDDEN[_R.CLERK] | FORBIDDEN[_R.ENDORSER]
    assert refused is (FourEyesViolated if held in forbidden else Fault)


@pytest.mark.parametrize("name", sorted(WAYS))
def test_an_officer_without_a_person_checks_nobody(
    name: str, ground: Ground, somebody: Actor
) -> None:
    with pytest.raises(FourEyesViolated), ground.app.app_context(), unit_of_work():
        WAYS[name](ground.people.founder_case, Actor(**{**somebody.__dict__, "person_id": None}))


def _recommend(case: MadeCase, actor: Actor) -> object:
    return recommend(
        case.id,
        is_positive=True,
        reason=REASON,
        findings=findings(case),
        actor=actor,
        at=now(),
    )


def test_whoever_checked_may_take_in_but_neither_recommends_nor_decides(ground: Ground) -> None:
    """The check counts as the endorsement of that person."""
    case = ground.people.founder_case
    with ground.app.app_context(), unit_of_work():
        clerk = ground.officer(Role.CLERK)
        WAYS["confirm"](case, clerk)
        accept_application(case.id, actor=clerk, at=now())
        with pytest.raises(FourEyesViolated):
            _recommend(case, clerk)
    with ground.app.app_context(), unit_of_work():
        _recommend(case, ground.officer(Role.REVIEWER))
        with pytest.raises(FourEyesViolated):
            approve_application(case.id, reason=REASON, actor=clerk, at=now())
