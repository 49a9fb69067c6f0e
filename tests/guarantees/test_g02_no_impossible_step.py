"""G2: no impossible step - whatever the table does not list is refused, by direct POST too.

Every pair of a state and an action is sent to the very route, with the right role, a valid token, a
fresh form id and the newest version: so only the table can refuse it. Nothing may be written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import select

from deploy.local.postgres import OWNER
from talentsvc.access.actor import CLOCK
from talentsvc.access.roles import Role
from talentsvc.cards.actions.endorse_application import endorse_application
from talentsvc.cards.casework import lock_case, move
from talentsvc.cards.filing import newest_copy
from talentsvc.cards.models import Application, Card, CaseEvent, Endorsement
from talentsvc.cards.rules.transitions import APPLICATION_TRANSITIONS, CARD_TRANSITIONS, CASE_ACTORS
from talentsvc.cards.terms import ActorClass, ApplicationState, CardAction, CardState, CaseAction
from talentsvc.core.clock import now
from talentsvc.core.errors import DomainError, NotAllowedNow
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.guarantees.browsing import Browser, browser_of
from tests.guarantees.ground import Ground, MadeCase
from tests.guarantees.scenarios.cards import REASON, REMEDY, card_of, finding_fields
from tests.guarantees.watching import changed_tables, sabotage, snapshot

_A = CaseAction
#: Written by every request on a connection of its own, at most once a minute.
SEEN = frozenset({"sign_in"})


@dataclass(frozen=True)
class Way:
    """How a step is asked for: who asks, where, and what is typed."""

    role: Role | None
    path: str
    form: dict[str, str]


DESK = "/desk/cases/{case}"
OWN = "/applications/{case}"
BECAUSE = {"reason": REASON}
YES, NO = {"answer": "yes", **BECAUSE}, {"answer": "no", **BECAUSE}
CONSENTS = dict.fromkeys(
    ("notice_read", "sensitive_images", "share_with_employer", "public_notice"), "y"
)

WAYS: dict[CaseAction, Way] = {
    _A.SUBMIT: Way(None, f"{OWN}/check", CONSENTS),
    _A.SUBMIT_CORRECTION: Way(None, f"{OWN}/correction", {}),
    _A.WITHDRAW: Way(None, f"{OWN}/withdraw", {}),
    _A.REQUEST_REVIEW: Way(None, f"{OWN}/review", BECAUSE),
    _A.ACCEPT: Way(Role.CLERK, f"{DESK}/accept", {}),
    _A.REFUSE_OUT_OF_SCOPE: Way(
        Role.CLERK, f"{DESK}/refuse-out-of-scope", {**BECAUSE, "right_office": "示例窗口"}
    ),
    _A.REQUEST_CORRECTION: Way(
        Role.CLERK,
        f"{DESK}/correction",
        {"item": "evidence:diploma", "why:evidence:diploma": REASON},
    ),
    _A.RECORD_OBJECTION: Way(
        Role.CLERK, f"{DESK}/objection", {"objector": "示例来信人", "grounds": REASON}
    ),
    _A.HAND_OVER: Way(Role.CLERK, f"{DESK}/hand-over", {}),
    _A.SEND_FOR_RECOGNITION: Way(Role.REVIEWER, f"{DESK}/send-for-recognition", BECAUSE),
    _A.RECOMMEND: Way(Role.REVIEWER, f"{DESK}/recommendation", YES),
    _A.RECORD_RECOGNITION: Way(Role.RECOGNISER, f"{DESK}/recognition", YES),
    _A.RETURN_TO_REVIEWER: Way(Role.DECIDER, f"{DESK}/return-to-reviewer", BECAUSE),
    _A.EXTEND_DECISION: Way(Role.DECIDER, f"{DESK}/extend", BECAUSE),
    _A.APPROVE: Way(Role.DECIDER, f"{DESK}/approve", BECAUSE),
    _A.REJECT: Way(
        Role.DECIDER, f"{DESK}/reject", {**BECAUSE, "clause": "示例 第四条", "remedy": REMEDY}
    ),
    _A.UPHOLD_OBJECTION: Way(Role.DECIDER, f"{DESK}/objection/decision", YES),
    _A.DISMISS_OBJECTION: Way(Role.DECIDER, f"{DESK}/objection/decision", NO),
    _A.CONFIRM_REJECTION: Way(Role.DECIDER, f"{DESK}/review", NO),
    _A.OVERTURN_REJECTION: Way(Role.DECIDER, f"{DESK}/review", YES),
}
#: The agent's two steps have an address of their own: the question, not the case.
AGENTS = {
    _A.ENDORSE: ("confirm", {"is_true": "y"}),
    _A.DECLINE_ENDORSEMENT: ("decline", BECAUSE),
}
#: Nobody can ask for these: they have no address at all.
CLOCKS = frozenset(action for action, who in CASE_ACTORS.items() if who == {ActorClass.CLOCK})
#: Makes a case, so that no case can be in the wrong state for it.
MAKES = frozenset({_A.START})


@pytest.fixture(scope="module")
def owner(ground: Ground) -> Iterator[psycopg.Connection]:
    """A connection that sees every table."""
    with ground.servers.cluster.connect(ground.database, OWNER) as connection:
        yield connection


@pytest.fixture(scope="module")
def officers(ground: Ground) -> dict[Role, Browser]:
    """One officer of each role; deciders and reviewers that had no part in any case yet."""
    last = {Role.DECIDER: 2, Role.REVIEWER: 1, Role.CLERK: 1}
    roles = {way.role for way in WAYS.values() if way.role is not None}
    return {role: browser_of(ground, ground.staff(role, last.get(role, 0))) for role in roles}


def test_every_action_has_a_way_or_belongs_to_the_clock() -> None:
    assert WAYS.keys() | AGENTS.keys() | CLOCKS | MAKES == set(CaseAction)


def forbidden(state: ApplicationState) -> list[CaseAction]:
    """Every action that the table does not list for a state."""
    return [action for action in CaseAction if not APPLICATION_TRANSITIONS.allows(state, action)]


@pytest.mark.parametrize("state", list(ApplicationState))
def test_what_the_table_does_not_list_is_refused_by_direct_post(
    state: ApplicationState,
    ground: Ground,
    owner: psycopg.Connection,
    officers: dict[Role, Browser],
) -> None:
    case = ground.case(state)
    before = snapshot(owner, but=SEEN)
    answers: dict[CaseAction, int] = {}
    applicant = browser_of(ground, case.applicant)
    for action in forbidden(state):
        if action in WAYS:
            way = WAYS[action]
            browser = applicant if way.role is None else officers[way.role]
            answers[action] = ask(ground, browser, case, way)
    # What was only begun is nobody's but the applicant's: at the desk there is no such case.
    is_hidden = state is ApplicationState.DRAFT
    wrong = {
        action: status
        for action, status in answers.items()
        if status != (404 if is_hidden and WAYS[action].role is not None else 409)
    }
    assert wrong == {}
    assert len(answers) >= 14
    assert changed_tables(before, snapshot(owner, but=SEEN)) == []


@pytest.mark.parametrize("state", list(ApplicationState))
def test_what_the_table_lists_comes_as_far_as_the_commit(
    state: ApplicationState,
    ground: Ground,
    owner: psycopg.Connection,
    officers: dict[Role, Browser],
) -> None:
    """The control: the same forms are not refused for another reason. The commit fails, so nothing stays."""
    case = ground.case(state)
    before = snapshot(owner, but=SEEN)
    applicant = browser_of(ground, case.applicant)
    for action in set(CaseAction) - set(forbidden(state)):
        if action in WAYS:
            way = WAYS[action]
            browser = applicant if way.role is None else officers[way.role]
            with sabotage(ground.app, None) as saboteur:
                assert ask(ground, browser, case, way) == 500, action
            assert saboteur.has_struck
    assert changed_tables(before, snapshot(owner, but=SEEN)) == []


def ask(ground: Ground, browser: Browser, case: MadeCase, way: Way) -> int:
    """Send a step's form and give the answer's status."""
    form = {**way.form, "version": str(version_of(ground, case))}
    if "recommendation" in way.path:
        form |= finding_fields(ground, case)
    return browser.post(way.path.format(case=case.id), **form).status_code


def version_of(ground: Ground, case: MadeCase) -> int:
    """The newest version of a case."""
    with ground.app.app_context():
        return db.session.get_one(Application, case.id).version


@pytest.mark.parametrize("action", sorted(AGENTS))
def test_the_agent_cannot_answer_a_question_that_is_not_open(
    action: CaseAction, ground: Ground, owner: psycopg.Connection
) -> None:
    before = snapshot(owner, but=SEEN)
    states = [s for s in ApplicationState if not APPLICATION_TRANSITIONS.allows(s, action)]
    answers = {state: answer(ground, state, action) for state in states}
    # Nobody was ever asked about a draft, so there is no address to send to.
    assert answers.pop(ApplicationState.DRAFT) == 404
    assert {state: status for state, status in answers.items() if status != 409} == {}
    assert len(answers) == len(ApplicationState) - 2
    assert changed_tables(before, snapshot(owner, but=SEEN)) == []


def question(ground: Ground, case: MadeCase, action: CaseAction) -> tuple[str, dict[str, str]]:
    """Where an agent answers the newest question about a case, and with which form."""
    with ground.app.app_context():
        endorsement_id = db.session.execute(
            select(Endorsement.id)
            .where(Endorsement.application_id == case.id)
            .order_by(Endorsement.asked_at.desc())
            .limit(1)
        ).scalar_one_or_none()
        copy = newest_copy(case.id)
    path, form = AGENTS[action]
    sha256 = copy.sha256.hex() if copy else ""
    return f"/employers/endorsements/{endorsement_id or uuid4()}/{path}", {
        **form,
        "copy_sha256": sha256,
    }


def answer(ground: Ground, state: ApplicationState, action: CaseAction) -> int:
    """Send the agent's form to the newest question about a case."""
    case = ground.case(state)
    path, form = question(ground, case, action)
    browser = browser_of(ground, ground.people.agents[case.company])
    return browser.post(path, **form).status_code


def test_the_clock_too_cannot_take_a_step_outside_the_table(
    ground: Ground, owner: psycopg.Connection
) -> None:
    before = snapshot(owner)
    refused = 0
    for state in ApplicationState:
        for action in CLOCKS & set(forbidden(state)):
            with (
                pytest.raises(NotAllowedNow),
                ground.app.app_context(),
                unit_of_work(),
            ):
                case = lock_case(ground.case(state).id)
                move(case, action, actor=CLOCK, actor_class=ActorClass.CLOCK, at=now())
            refused += 1
    allowed = sum(1 for _state, action in APPLICATION_TRANSITIONS.pairs() if action in CLOCKS)
    assert refused == len(CLOCKS) * len(ApplicationState) - allowed
    assert changed_tables(before, snapshot(owner)) == []


# -- cards ----------------------------------------------------------------------------------------

CARD_WAYS: dict[CardAction, Way] = {
    CardAction.REPORT_LOSS: Way(Role.CLERK, "report-loss", {}),
    CardAction.SUSPEND: Way(Role.CLERK, "suspend", {**BECAUSE, "suspension": "inquiry"}),
    CardAction.REINSTATE: Way(Role.CLERK, "reinstate", BECAUSE),
    CardAction.REPLACE: Way(Role.CLERK, "replace", {}),
    CardAction.CANCEL: Way(Role.CLERK, "cancel", {**BECAUSE, "cancellation": "left_zone"}),
}


def test_every_card_action_has_a_way_or_belongs_to_the_clock() -> None:
    assert CARD_WAYS.keys() | {CardAction.ISSUE, CardAction.EXPIRE} == set(CardAction)


@pytest.mark.parametrize("state", list(CardState))
def test_no_impossible_step_with_a_card(
    state: CardState, ground: Ground, owner: psycopg.Connection, officers: dict[Role, Browser]
) -> None:
    with ground.app.app_context():
        card_id = card_of(ground.case(ApplicationState.DELIVERED))
        version = db.session.get_one(Card, card_id).version
    put_card_in(owner, card_id, state)
    before = snapshot(owner, but=SEEN)
    statuses = {
        action: officers[Role.CLERK]
        .post(f"/desk/cards/{card_id}/{way.path}", version=str(version), **way.form)
        .status_code
        for action, way in CARD_WAYS.items()
        if not CARD_TRANSITIONS.allows(state, action)
    }
    assert set(statuses.values()) <= {409}
    assert bool(statuses)
    assert changed_tables(before, snapshot(owner, but=SEEN)) == []


def put_card_in(owner: psycopg.Connection, card_id: object, state: CardState) -> None:
    """Put the card in a state, whatever its history says."""
    owner.execute(
        "UPDATE card SET state = %(state)s::text,"
        " suspension_reason = CASE WHEN %(state)s::text = 'suspended' THEN 'inquiry' END,"
        " cancellation_reason = CASE WHEN %(state)s::text = 'cancelled' THEN 'voluntary' END"
        " WHERE id = %(card)s",
        {"state": state.value, "card": card_id},
    )


# -- two people on one case -----------------------------------------------------------------------

#: A step that is possible, with a second officer who had the same page open.
RACES: dict[str, tuple[ApplicationState, CaseAction]] = {
    "accept": (ApplicationState.RECEIVED, _A.ACCEPT),
    "refuse": (ApplicationState.RESUBMITTED, _A.REFUSE_OUT_OF_SCOPE),
    "recommend": (ApplicationState.ACCEPTED, _A.RECOMMEND),
    "approve": (ApplicationState.RECOMMENDED, _A.APPROVE),
    "hand over": (ApplicationState.ISSUED, _A.HAND_OVER),
}


@pytest.mark.parametrize("name", sorted(RACES))
def test_the_second_of_two_officers_is_told_and_overwrites_nothing(
    name: str, ground: Ground, owner: psycopg.Connection
) -> None:
    state, action = RACES[name]
    case, way = ground.case(state), WAYS[action]
    assert way.role is not None
    first = browser_of(ground, ground.staff(way.role))
    second = browser_of(ground, ground.staff(way.role, 1))
    form = {**way.form, "version": str(version_of(ground, case))}
    if action is _A.RECOMMEND:
        form |= finding_fields(ground, case)
    path = way.path.format(case=case.id)
    assert first.post(path, **form).status_code == 303
    after_first = snapshot(owner, but=SEEN)
    late = second.post(path, **form)
    assert late.status_code == 409
    assert changed_tables(after_first, snapshot(owner, but=SEEN)) == []
    with ground.app.app_context():
        newest = db.session.execute(
            select(CaseEvent)
            .where(CaseEvent.application_id == case.id)
            .order_by(CaseEvent.sequence.desc())
            .limit(1)
        ).scalar_one()
        assert newest.action is action
        assert str(newest.actor_account_id) == ground.staff(way.role).account_id


def test_a_stale_page_of_another_step_is_told_too(
    ground: Ground, owner: psycopg.Connection
) -> None:
    """Not only the same step twice: whatever changed in between makes the page stale."""
    case = ground.people.others[ApplicationState.ACCEPTED.value]
    version = version_of(ground, case)
    clerk = browser_of(ground, ground.staff(Role.CLERK))
    reviewer = ground.staff(Role.REVIEWER)
    assigned = clerk.post(
        f"/desk/cases/{case.id}/assignment",
        to_account_id=reviewer.account_id,
        version=str(version),
    )
    assert assigned.status_code == 303
    before = snapshot(owner, but=SEEN)
    late = browser_of(ground, reviewer).post(
        f"/desk/cases/{case.id}/send-for-recognition", reason=REASON, version=str(version)
    )
    assert late.status_code == 409
    assert changed_tables(before, snapshot(owner, but=SEEN)) == []


def test_an_agent_cannot_confirm_another_copy_than_the_one_asked_about(ground: Ground) -> None:
    case = ground.case(ApplicationState.AWAITING_ENDORSEMENT)
    with pytest.raises(DomainError, match="stale"), ground.app.app_context(), unit_of_work():
        agent = ground.agent(case.company)
        endorse_application(case.id, copy_sha256=bytes(32), actor=agent, at=now())
    with ground.app.app_context():
        assert (
            db.session.get_one(Application, case.id).state is ApplicationState.AWAITING_ENDORSEMENT
        )
