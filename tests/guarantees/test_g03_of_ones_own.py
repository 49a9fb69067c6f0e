"""G3, beyond the case: nobody acts on a card, a company or a role of their own; raw SQL is refused."""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any
from uuid import UUID

import psycopg
import psycopg.sql
import pytest
from sqlalchemy import select, update

from deploy.local.postgres import APP
from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.accounts.actions.end_role_grant import end_role_grant
from talentsvc.accounts.actions.grant_role import grant_role
from talentsvc.accounts.actions.reset_second_factor import reset_second_factor
from talentsvc.accounts.models import Account, RoleGrant
from talentsvc.cards.actions.cancel_card import cancel_card
from talentsvc.cards.actions.reinstate_card import reinstate_card
from talentsvc.cards.actions.replace_card import replace_card
from talentsvc.cards.actions.report_loss import report_loss
from talentsvc.cards.actions.suspend_card import suspend_card
from talentsvc.cards.models import Card
from talentsvc.cards.models.application import FOUR_EYES
from talentsvc.cards.terms import (
    ActorClass,
    ApplicationState,
    CancellationReason,
    SuspensionReason,
)
from talentsvc.core.clock import now
from talentsvc.core.errors import FourEyesViolated
from talentsvc.employers.actions.accept_change import accept_change
from talentsvc.employers.actions.authorise_agent import authorise_agent
from talentsvc.employers.actions.confirm_agent import confirm_agent
from talentsvc.employers.actions.refuse_agent import refuse_agent
from talentsvc.employers.actions.refuse_change import refuse_change
from talentsvc.employers.actions.refuse_employer import refuse_employer
from talentsvc.employers.actions.verify_employer import verify_employer
from talentsvc.employers.models import Employer, EmployerAgent, EmployerChange
from talentsvc.employers.terms import AgentState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.people.models import Kinship, Person
from talentsvc.people.terms import KinRelation
from tests.guarantees.ground import Ground
from tests.guarantees.scenarios.cards import (
    REASON,
    card_of,
)
from tests.guarantees.scenarios.companies import change_of

_S = ApplicationState


@pytest.fixture(scope="module")
def somebody(ground: Ground) -> Actor:
    """An officer who has no part in any case yet."""
    with ground.app.app_context():
        return ground.officer(Role.DECIDER, 2)


# -- cards, employers, roles ----------------------------------------------------------------------

CARD_STEPS: dict[str, Callable[[UUID, Actor], object]] = {
    "report_loss": lambda card, actor: report_loss(
        card, actor=actor, actor_class=ActorClass.CLERK, at=now()
    ),
    "suspend": lambda card, actor: suspend_card(
        card, suspension=SuspensionReason.INQUIRY, reason=REASON, actor=actor, at=now()
    ),
    "reinstate": lambda card, actor: reinstate_card(card, reason=REASON, actor=actor, at=now()),
    "replace": lambda card, actor: replace_card(card, actor=actor, at=now()),
    "cancel": lambda card, actor: cancel_card(
        card,
        cancellation=CancellationReason.REVOKED,
        reason=REASON,
        actor=actor,
        actor_class=ActorClass.DECIDER,
        at=now(),
    ),
}


@pytest.mark.parametrize("tie", ["own", "kin"])
@pytest.mark.parametrize("name", sorted(CARD_STEPS))
def test_nobody_at_the_desk_works_on_a_card_of_their_own_or_their_kins(
    name: str, tie: str, ground: Ground, somebody: Actor
) -> None:
    with pytest.raises(FourEyesViolated), ground.app.app_context(), unit_of_work():
        card_id = card_of(ground.case(_S.DELIVERED))
        if tie == "own":
            statement = update(Card).where(Card.id == card_id)
            db.session.execute(statement.values(person_id=somebody.person_id))
        else:
            holder_id = db.session.get_one(Card, card_id).person_id
            db.session.add(
                Kinship(
                    person_id=somebody.person_id,
                    kin_id=holder_id,
                    relation=KinRelation.CHILD,
                    declared_at=now(),
                )
            )
            db.session.flush()
        CARD_STEPS[name](card_id, somebody)


def _agent_of_his_own(ground: Ground) -> tuple[UUID, UUID, Actor]:
    """The employer, the open question, and the person who asked it, as an officer and agent at once."""
    employer_id, agent_id = UUID(ground.people.employers[0]), UUID(ground.people.pending_agent)
    person_id = db.session.get_one(EmployerAgent, agent_id).person_id
    account = db.session.execute(select(Account).where(Account.person_id == person_id)).scalar_one()
    actor = Actor(
        account_id=account.id,
        person_id=person_id,
        employer_ids=frozenset({employer_id}),
        acting_as="agent",
    )
    return employer_id, agent_id, actor


def _confirm_own(ground: Ground) -> None:
    employer_id, agent_id, actor = _agent_of_his_own(ground)
    confirm_agent(employer_id, agent_id, actor=actor, at=now())


def _refuse_own(ground: Ground) -> None:
    employer_id, agent_id, actor = _agent_of_his_own(ground)
    refuse_agent(employer_id, agent_id, reason=REASON, actor=actor, at=now())


def _authorise_oneself(ground: Ground) -> None:
    clerk = ground.officer(Role.CLERK)
    authorise_agent(
        db.session.get_one(Employer, UUID(ground.people.employers[0])),
        db.session.get_one(Person, clerk.person_id),
        until=now().date().replace(year=2027),
        is_founder=False,
        actor=clerk,
        at=now(),
    )


def _verify_own_registration(ground: Ground) -> None:
    registrant = ground.actor(ground.people.registrant, "clerk")
    employer_id = UUID(ground.people.pending_employer)
    verify_employer(employer_id, expected_version=None, actor=registrant, at=now())


def _refuse_own_registration(ground: Ground) -> None:
    registrant = ground.actor(ground.people.registrant, "clerk")
    employer_id = UUID(ground.people.pending_employer)
    refuse_employer(employer_id, reason=REASON, expected_version=None, actor=registrant, at=now())


def _agent_as_clerk(ground: Ground) -> Actor:
    """The agent who asked for the correction, as an officer whose authorisation has ended since."""
    employer_id, change_id = change_of(ground)
    change = db.session.get_one(EmployerChange, change_id)
    for agent in db.session.execute(
        select(EmployerAgent).where(EmployerAgent.employer_id == employer_id)
    ).scalars():
        agent.state, agent.ended_at = AgentState.ENDED, now()
    employer = db.session.get_one(Employer, employer_id)
    employer.registered_by_account_id = None
    db.session.flush()
    return Actor(
        account_id=change.asked_by_account_id,
        person_id=change.asked_by_person_id,
        roles=frozenset({Role.CLERK}),
        acting_as="clerk",
    )


def _accept_own_change(ground: Ground) -> None:
    employer_id, change_id = change_of(ground)
    actor = _agent_as_clerk(ground)
    accept_change(employer_id, change_id, expected_version=None, actor=actor, at=now())


def _refuse_own_change(ground: Ground) -> None:
    employer_id, change_id = change_of(ground)
    actor = _agent_as_clerk(ground)
    refuse_change(
        employer_id, change_id, reason=REASON, expected_version=None, actor=actor, at=now()
    )


def _accept_as_another_agent(ground: Ground) -> None:
    employer_id, change_id = change_of(ground)
    clerk = ground.officer(Role.CLERK)
    authorise_agent(
        db.session.get_one(Employer, employer_id),
        db.session.get_one(Person, clerk.person_id),
        until=now().date().replace(year=2027),
        is_founder=False,
        actor=ground.officer(Role.CLERK, 1),
        at=now(),
    )
    accept_change(employer_id, change_id, expected_version=None, actor=clerk, at=now())


def _admin(ground: Ground) -> tuple[Account, Actor]:
    who = ground.staff(Role.SECURITY_ADMIN)
    account = db.session.get_one(Account, UUID(who.account_id))
    return account, ground.officer(Role.SECURITY_ADMIN)


def _grant_oneself(ground: Ground) -> None:
    account, actor = _admin(ground)
    grant_role(account, Role.SECURITY_ADMIN, actor=actor, at=now())


def _end_own_role(ground: Ground) -> None:
    account, actor = _admin(ground)
    grant = db.session.execute(
        select(RoleGrant).where(RoleGrant.account_id == account.id)
    ).scalar_one()
    end_role_grant(grant, actor=actor, at=now())


def _reset_own_factor(ground: Ground) -> None:
    account, actor = _admin(ground)
    reset_second_factor(account, actor=actor, at=now())


@pytest.mark.parametrize(
    "step",
    [
        _confirm_own,
        _refuse_own,
        _authorise_oneself,
        _verify_own_registration,
        _refuse_own_registration,
        _accept_own_change,
        _refuse_own_change,
        _accept_as_another_agent,
        _grant_oneself,
        _end_own_role,
        _reset_own_factor,
    ],
)
def test_nobody_decides_about_oneself(step: Callable[[Ground], None], ground: Ground) -> None:
    with pytest.raises(FourEyesViolated), ground.app.app_context(), unit_of_work():
        step(ground)


# -- the constraints behind it --------------------------------------------------------------------


@pytest.fixture
def raw(ground: Ground) -> Iterator[psycopg.Connection]:
    """The application's own role with plain SQL; nothing is kept."""
    with ground.servers.cluster.connect(ground.database, APP) as connection:
        connection.autocommit = False
        yield connection
        connection.rollback()


@pytest.mark.parametrize(("one", "other"), list(combinations(FOUR_EYES, 2)))
def test_raw_sql_cannot_give_two_parts_to_one_person(
    one: str, other: str, raw: psycopg.Connection, ground: Ground
) -> None:
    case = ground.case(_S.DELIVERED)
    person = ground.staff(Role.SYSTEM_ADMIN).person_id
    with pytest.raises(psycopg.errors.CheckViolation) as refusal:
        raw.execute(
            psycopg.sql.SQL(
                "UPDATE application SET {} = %(who)s, {} = %(who)s WHERE id = %(id)s"
            ).format(psycopg.sql.Identifier(one), psycopg.sql.Identifier(other)),
            {"who": person, "id": case.id},
        )
    short = [name.removesuffix("_person_id") for name in (one, other)]
    assert refusal.value.diag.constraint_name == "ck_application_{}_is_not_{}".format(*short)


def test_raw_sql_cannot_let_one_person_decide_a_case_twice(
    raw: psycopg.Connection, ground: Ground
) -> None:
    case: Any = ground.case(_S.DELIVERED).id
    with pytest.raises(psycopg.errors.UniqueViolation):
        raw.execute(
            "INSERT INTO decision (id, application_id, kind, outcome, person_id, account_id, reason,"
            " decided_at) SELECT gen_random_uuid(), application_id, kind, outcome, person_id,"
            " account_id, reason, now() FROM decision WHERE application_id = %s AND kind = 'decision'",
            [case],
        )


def test_raw_sql_cannot_let_whoever_asked_check_a_correction(
    raw: psycopg.Connection, ground: Ground
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        raw.execute(
            "UPDATE employer_change SET state = 'accepted', decided_at = now(),"
            " decided_by_person_id = asked_by_person_id WHERE id = %s",
            [ground.people.pending_change],
        )
