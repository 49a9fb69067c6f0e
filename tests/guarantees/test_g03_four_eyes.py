"""G3: four eyes - nobody acts twice in one case, nor in a case of their own; no exception for anyone.

Every writer of a decision is found in the source, so that a new one fails here until it is listed,
and is tried by the same person in every other part. Behind the product stand constraints.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

import talentsvc
from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.accounts.models import RoleGrant
from talentsvc.cards.actions.accept_application import accept_application
from talentsvc.cards.actions.approve_application import approve_application
from talentsvc.cards.actions.decide_objection import decide_objection
from talentsvc.cards.actions.decide_review import decide_review
from talentsvc.cards.actions.decline_endorsement import decline_endorsement
from talentsvc.cards.actions.endorse_application import endorse_application
from talentsvc.cards.actions.recommend import recommend
from talentsvc.cards.actions.record_recognition import record_recognition
from talentsvc.cards.actions.reject_application import reject_application
from talentsvc.cards.filing import newest_copy
from talentsvc.cards.models import Application, CaseEvent, Decision, Endorsement
from talentsvc.cards.models.application import FOUR_EYES
from talentsvc.cards.terms import (
    ActorClass,
    ApplicationState,
    CaseAction,
    CaseRole,
    DecisionKind,
    DecisionOutcome,
    EndorsementOutcome,
)
from talentsvc.core.clock import now
from talentsvc.core.errors import FourEyesViolated
from talentsvc.employers.models import EmployerAgent
from talentsvc.employers.terms import AgentState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.people.models import Kinship
from talentsvc.people.terms import KinRelation
from tests.guarantees.browsing import browser_of
from tests.guarantees.ground import Ground, MadeCase
from tests.guarantees.scenarios.cards import (
    REASON,
    REMEDY,
    finding_fields,
    findings,
)
from tests.guarantees.watching import Fault, sabotage

ROOMS = Path(talentsvc.__path__[0])
_S = ApplicationState
_R = CaseRole
KIN, AGENT = "kin of the applicant", "agent of the employer"

# -- who is found to write a decision -------------------------------------------------------------

#: Modules that write who decided, endorsed or answered, and what is tried here of each.
DECIDING_MODULES = {
    "cards/deciding.py": "the one place; every caller of it is a writer below",
    "cards/actions/recommend.py": "recommend",
    "cards/actions/record_recognition.py": "record_recognition",
    "cards/actions/approve_application.py": "approve",
    "cards/actions/reject_application.py": "reject",
    "cards/actions/decide_objection.py": "uphold, dismiss",
    "cards/actions/decide_review.py": "confirm, overturn",
    "cards/endorsing.py": "endorse, decline, check_in_person, decline_in_person",
    "cards/actions/submit_application.py": "the applicant's own person, while filing",
    "cards/actions/submit_correction.py": "the applicant's own person, while correcting",
    "cards/actions/return_to_reviewer.py": "empties the recommender, for another review",
    "employers/agency.py": "confirm_agent, refuse_agent; an end needs no other eyes",
    "employers/changing.py": "accept_change, refuse_change",
    "employers/actions/authorise_agent.py": "authorise_agent",
}
_PERSON_COLUMNS = {*FOUR_EYES, "agent_person_id", "decided_by_person_id"} - {"person_id"}


def test_every_writer_of_a_decision_is_listed() -> None:
    found = {
        str(path.relative_to(ROOMS))
        for path in ROOMS.rglob("*.py")
        if "/models" not in str(path) and "demo/" not in str(path) and writes_decisions(path)
    }
    assert found - DECIDING_MODULES.keys() == set(), "a new writer: try it below, then list it"
    assert DECIDING_MODULES.keys() - found == set(), "no writer any more"


def writes_decisions(path: Path) -> bool:
    """Whether a module makes a decision, sets who decided, or asks the one place to."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            by_keyword = {keyword.arg for keyword in node.keywords} & _PERSON_COLUMNS
            if name in ("Decision", "write_decision"):
                return True
            if by_keyword and name in ("EmployerAgent", "Endorsement", "Application", "values"):
                return True
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            if isinstance(target, ast.Attribute) and _is_person_column(target):
                return True
    return False


def _is_person_column(target: ast.Attribute) -> bool:
    is_of_case = ast.unparse(target.value).endswith("application")
    return target.attr in _PERSON_COLUMNS or (target.attr == "person_id" and is_of_case)


# -- every writer by the same person --------------------------------------------------------------


@dataclass(frozen=True)
class Writer:
    """A step with a part: the state it starts from, the part it takes, and how it is called."""

    state: ApplicationState
    part: CaseRole
    take: Callable[[MadeCase, Actor], object]


def _endorse(case: MadeCase, actor: Actor) -> object:
    copy = newest_copy(case.id)
    assert copy is not None
    return endorse_application(case.id, copy_sha256=copy.sha256, actor=actor, at=now())


def _recommend(case: MadeCase, actor: Actor) -> object:
    found = findings(case)
    return recommend(
        case.id, is_positive=True, reason=REASON, findings=found, actor=actor, at=now()
    )


def _reject(case: MadeCase, actor: Actor) -> object:
    return reject_application(
        case.id, reason=REASON, clause="示例 第四条", remedy=REMEDY, actor=actor, at=now()
    )


def _objection(is_upheld: bool) -> Callable[[MadeCase, Actor], object]:
    return lambda case, actor: decide_objection(
        case.id, is_upheld=is_upheld, reason=REASON, actor=actor, at=now()
    )


def _review(is_overturned: bool) -> Callable[[MadeCase, Actor], object]:
    return lambda case, actor: decide_review(
        case.id, is_overturned=is_overturned, reason=REASON, actor=actor, at=now()
    )


WRITERS = {
    "endorse": Writer(_S.AWAITING_ENDORSEMENT, _R.ENDORSER, _endorse),
    "decline": Writer(
        _S.AWAITING_ENDORSEMENT,
        _R.ENDORSER,
        lambda case, actor: decline_endorsement(case.id, reason=REASON, actor=actor, at=now()),
    ),
    "accept": Writer(
        _S.RECEIVED,
        _R.CLERK,
        lambda case, actor: accept_application(case.id, actor=actor, at=now()),
    ),
    "recommend": Writer(_S.ACCEPTED, _R.RECOMMENDER, _recommend),
    "record_recognition": Writer(
        _S.SPECIAL_RECOGNITION,
        _R.RECOGNISER,
        lambda case, actor: record_recognition(
            case.id, is_recognised=True, reason=REASON, actor=actor, at=now()
        ),
    ),
    "approve": Writer(
        _S.RECOMMENDED,
        _R.DECIDER,
        lambda case, actor: approve_application(case.id, reason=REASON, actor=actor, at=now()),
    ),
    "reject": Writer(_S.RECOMMENDED, _R.DECIDER, _reject),
    "uphold": Writer(_S.OBJECTION_OPEN, _R.OBJECTION_DECIDER, _objection(True)),
    "dismiss": Writer(_S.OBJECTION_OPEN, _R.OBJECTION_DECIDER, _objection(False)),
    "confirm": Writer(_S.REVIEW_OPEN, _R.REVIEW_DECIDER, _review(False)),
    "overturn": Writer(_S.REVIEW_OPEN, _R.REVIEW_DECIDER, _review(True)),
}

_DECIDING = {_R.DECIDER, _R.OBJECTION_DECIDER, _R.REVIEW_DECIDER}
#: Which parts forbid another one, by decisions.md ("Who may do what"), written out anew.
FORBIDDEN: dict[CaseRole, set[object]] = {
    _R.ENDORSER: {_R.APPLICANT, _R.RECOMMENDER, *_DECIDING},
    _R.CLERK: {_R.APPLICANT, *_DECIDING, KIN, AGENT},
    _R.RECOGNISER: {_R.APPLICANT, _R.OBJECTION_DECIDER, _R.REVIEW_DECIDER, KIN, AGENT},
    _R.RECOMMENDER: {_R.APPLICANT, _R.ENDORSER, *_DECIDING, KIN, AGENT},
    _R.DECIDER: {_R.APPLICANT, _R.ENDORSER, _R.CLERK, _R.RECOMMENDER, *_DECIDING, KIN, AGENT},
    _R.OBJECTION_DECIDER: {
        _R.APPLICANT,
        _R.ENDORSER,
        _R.CLERK,
        _R.RECOGNISER,
        _R.RECOMMENDER,
        _R.DECIDER,
        _R.REVIEW_DECIDER,
        KIN,
        AGENT,
    },
    _R.REVIEW_DECIDER: {*_R, KIN, AGENT},
}
PARTS: tuple[object, ...] = (*_R, KIN, AGENT)


@pytest.fixture(scope="module")
def somebody(ground: Ground) -> Actor:
    """An officer who has no part in any case yet."""
    with ground.app.app_context():
        return ground.officer(Role.DECIDER, 2)


@pytest.mark.parametrize("held", PARTS, ids=str)
@pytest.mark.parametrize("name", sorted(WRITERS))
def test_the_same_person_in_another_part(
    name: str, held: object, ground: Ground, somebody: Actor
) -> None:
    """Refused wherever the rule says so; possible, up to the commit, wherever it does not."""
    writer = WRITERS[name]
    with sabotage(ground.app, None), ground.app.app_context():
        refused: type[Exception] = Fault
        try:
            with unit_of_work():
                case = ground.case(writer.state)
                actor = give_part(case, somebody, held, writer.part)
                writer.take(case, actor)
        except (FourEyesViolated, Fault) as error:
            refused = type(error)
    expected = FourEyesViolated if held in FORBIDDEN[writer.part] else Fault
    assert refused is expected


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_an_officer_without_a_person_takes_no_part(
    name: str, ground: Ground, somebody: Actor
) -> None:
    """Without a person nobody can tell one pair of eyes from another."""
    writer = WRITERS[name]
    with pytest.raises(FourEyesViolated), ground.app.app_context(), unit_of_work():
        case = ground.case(writer.state)
        nobody = give_part(case, somebody, None, writer.part)
        writer.take(case, Actor(**{**nobody.__dict__, "person_id": None}))


def give_part(case: MadeCase, somebody: Actor, held: object, wanted: CaseRole) -> Actor:
    """Let somebody have had a part in a case; returns them as who takes the wanted one."""
    application = db.session.get_one(Application, case.id)
    assert somebody.person_id is not None
    assert application.employer_id is not None
    if held is KIN:
        db.session.add(
            Kinship(
                person_id=somebody.person_id,
                kin_id=application.person_id,
                relation=KinRelation.SPOUSE,
                declared_at=now(),
            )
        )
    elif isinstance(held, CaseRole):
        _give_role(application, held, somebody)
    employers = frozenset[UUID]()
    if held is AGENT or wanted is _R.ENDORSER:
        employers = frozenset({application.employer_id})
        _make_agent(application.employer_id, somebody.person_id)
    db.session.flush()
    return Actor(**{**somebody.__dict__, "employer_ids": employers})


def _make_agent(employer_id: UUID, person_id: UUID) -> None:
    db.session.add(
        EmployerAgent(
            employer_id=employer_id,
            person_id=person_id,
            is_founder=False,
            authorised_until=now().date().replace(year=2030),
            state=AgentState.ACTIVE,
            decided_at=now(),
            created_at=now(),
        )
    )


_KIND_OF = {
    _R.RECOGNISER: DecisionKind.RECOGNITION,
    _R.RECOMMENDER: DecisionKind.RECOMMENDATION,
    _R.DECIDER: DecisionKind.DECISION,
    _R.OBJECTION_DECIDER: DecisionKind.OBJECTION,
    _R.REVIEW_DECIDER: DecisionKind.REVIEW,
}


def _give_role(application: Application, held: CaseRole, somebody: Actor) -> None:
    """Write the history that says so: of this round or of an earlier one, which is all the same."""
    if held is _R.APPLICANT:
        application.person_id = somebody.person_id
    elif held is _R.ENDORSER:
        _let_endorse(application, somebody)
    elif held is _R.CLERK:
        _let_clerk(application, somebody)
    else:
        db.session.add(
            Decision(
                application_id=application.id,
                kind=_KIND_OF[held],
                outcome=DecisionOutcome.POSITIVE,
                person_id=somebody.person_id,
                account_id=somebody.account_id,
                reason=REASON,
                decided_at=now().replace(year=2025),
            )
        )


def _let_endorse(application: Application, somebody: Actor) -> None:
    copy = newest_copy(application.id)
    assert copy is not None
    db.session.add(
        Endorsement(
            application_id=application.id,
            copy_id=copy.id,
            employer_id=application.employer_id,
            outcome=EndorsementOutcome.ENDORSED,
            agent_person_id=somebody.person_id,
            asked_at=now().replace(year=2025),
            answered_at=now().replace(year=2025),
        )
    )


def _let_clerk(application: Application, somebody: Actor) -> None:
    """An event that moves nothing: the same state before and after."""
    db.session.add(
        CaseEvent(
            application_id=application.id,
            sequence=0,
            action=CaseAction.START,
            from_state=None,
            to_state=ApplicationState.DRAFT,
            actor_account_id=somebody.account_id,
            actor_person_id=somebody.person_id,
            acting_as=ActorClass.CLERK.value,
            at=now().replace(year=2025),
            recorded_at=now(),
            data={},
        )
    )


# -- one account with many roles, at the desk -----------------------------------------------------


def test_one_officer_with_every_role_does_not_get_through_alone(ground: Ground) -> None:
    """Roles are not parts: whoever holds all of them still needs another person."""
    who, case = ground.staff(Role.CLERK), ground.case(_S.RECEIVED)
    with ground.app.app_context(), unit_of_work():
        for role in (Role.REVIEWER, Role.DECIDER, Role.RECOGNISER):
            db.session.add(
                RoleGrant(
                    account_id=UUID(who.account_id), role=role, starts_at=now(), created_at=now()
                )
            )
    browser, desk = browser_of(ground, who), f"/desk/cases/{case.id}"
    assert browser.post(f"{desk}/accept").status_code == 303
    found = finding_fields(ground, case)
    recommended = browser.post(f"{desk}/recommendation", answer="yes", reason=REASON, **found)
    assert recommended.status_code == 303
    for step in ("approve", "reject", "return-to-reviewer", "extend"):
        form = {"reason": REASON, "clause": "示例 第四条", "remedy": REMEDY}
        assert browser.post(f"{desk}/{step}", **form).status_code == 403, step
    other = browser_of(ground, ground.staff(Role.DECIDER))
    assert other.post(f"{desk}/approve", reason=REASON).status_code == 303
