"""G2 at the window: what a clerk does instead of somebody else is as impossible at the wrong moment."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import select

from deploy.local.postgres import OWNER
from talentsvc.access.roles import Role
from talentsvc.cards.actions.record_pledge import CHECKED_IN
from talentsvc.cards.filing import newest_copy
from talentsvc.cards.models import Application, InPersonCheck
from talentsvc.cards.terms import EDITABLE_STATES, ApplicationState
from talentsvc.extensions.database import db
from tests.guarantees.browsing import browser_of
from tests.guarantees.ground import Ground, MadeCase
from tests.guarantees.scenarios.cards import REASON
from tests.guarantees.scenarios.window import pledge_of
from tests.guarantees.test_g02_no_impossible_step import SEEN, version_of
from tests.guarantees.watching import changed_tables, sabotage, snapshot

_S = ApplicationState


@pytest.fixture(scope="module")
def owner(ground: Ground) -> Iterator[psycopg.Connection]:
    """A connection that sees every table."""
    with ground.servers.cluster.connect(ground.database, OWNER) as connection:
        yield connection


def check_form(ground: Ground, case: MadeCase, **changed: str) -> dict[str, str]:
    """A check in person as the desk's page sends it, for the newest copy and version."""
    with ground.app.app_context():
        copy = newest_copy(case.id)
        sha256 = copy.sha256.hex() if copy else ""
    return {
        "version": str(version_of(ground, case)),
        "copy_sha256": sha256,
        "originals": "identity_document",
        "place": "综合窗口",
        "seen": "本人到场，证照原件与填报一致。",
        "answer": "yes",
        "reason": REASON,
        **changed,
    }


@pytest.mark.parametrize("state", list(ApplicationState))
def test_nobody_is_checked_in_person_where_an_agent_has_to_answer(
    state: ApplicationState, ground: Ground, owner: psycopg.Connection
) -> None:
    """Not in any state of a case whose applicant is no founder, the waiting one included."""
    case = ground.case(state)
    clerk = browser_of(ground, ground.staff(Role.CLERK, 1))
    before = snapshot(owner, but=SEEN)
    answer = clerk.post(f"/desk/cases/{case.id}/check-in-person", **check_form(ground, case))
    assert answer.status_code == (404 if state is _S.DRAFT else 409)
    assert changed_tables(before, snapshot(owner, but=SEEN)) == []


def test_a_founder_is_checked_once_and_by_the_copy_that_was_shown(
    ground: Ground, owner: psycopg.Connection
) -> None:
    case = ground.people.founder_case
    path = f"/desk/cases/{case.id}/check-in-person"
    clerk = browser_of(ground, ground.staff(Role.CLERK, 1))
    before = snapshot(owner, but=SEEN)
    other_copy = clerk.post(path, **check_form(ground, case, copy_sha256="00" * 32))
    assert other_copy.status_code == 409
    unseen = clerk.post(path, **check_form(ground, case, originals="business_licence"))
    assert unseen.status_code == 422
    assert changed_tables(before, snapshot(owner, but=SEEN)) == []
    form = clerk.sent(**check_form(ground, case))
    answers = [clerk.client.post(path, data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert clerk.post(path, **check_form(ground, case)).status_code == 409
    with ground.app.app_context():
        application = db.session.get_one(Application, case.id)
        assert application.state is _S.RECEIVED
        assert str(application.endorser_person_id) == ground.staff(Role.CLERK, 1).person_id
        check = db.session.execute(select(InPersonCheck)).scalar_one()
        copy = newest_copy(case.id)
        assert copy is not None
        assert check.copy_sha256 == copy.sha256


@pytest.mark.parametrize("state", list(ApplicationState))
def test_a_pledge_is_taken_in_only_while_the_window_checks(
    state: ApplicationState, ground: Ground, owner: psycopg.Connection
) -> None:
    case = ground.case(state)
    clerk = browser_of(ground, ground.staff(Role.CLERK, 1))
    before = snapshot(owner, but=SEEN)
    form = {"item": "insurance_proof", "words": REASON, "version": str(version_of(ground, case))}
    with sabotage(ground.app, None) as saboteur:
        answer = clerk.post(f"/desk/cases/{case.id}/pledge", **form)
    assert saboteur.has_struck is (state in CHECKED_IN)
    wanted = 500 if state in CHECKED_IN else 404 if state is _S.DRAFT else 409
    assert answer.status_code == wanted
    assert changed_tables(before, snapshot(owner, but=SEEN)) == []


@pytest.mark.parametrize("state", list(ApplicationState))
def test_the_applicant_pledges_only_what_can_be_changed(
    state: ApplicationState, ground: Ground, owner: psycopg.Connection
) -> None:
    case = ground.case(state)
    applicant = browser_of(ground, case.applicant)
    before = snapshot(owner, but=SEEN)
    path = f"/applications/{case.id}/evidence/insurance_proof/pledge"
    with sabotage(ground.app, None) as saboteur:
        answer = applicant.post(path, words=REASON, promise="y")
    assert saboteur.has_struck is (state in EDITABLE_STATES)
    assert answer.status_code == (500 if state in EDITABLE_STATES else 409)
    # The one-time notice of the ground asks for another paper, so this one is closed as well.
    back = applicant.post(f"{path}/take-back")
    assert back.status_code == (404 if state in EDITABLE_STATES else 409)
    assert changed_tables(before, snapshot(owner, but=SEEN)) == []


def test_a_pledge_is_fulfilled_once(ground: Ground, owner: psycopg.Connection) -> None:
    case = ground.people.pledged_case
    with ground.app.app_context():
        path = f"/desk/cases/{case.id}/pledges/{pledge_of(ground)}/fulfil"
    clerk = browser_of(ground, ground.staff(Role.CLERK, 1))
    form = clerk.sent(note="已收到参保证明原件。", version=str(version_of(ground, case)))
    answers = [clerk.client.post(path, data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    after = snapshot(owner, but=SEEN)
    again = clerk.post(path, note="又一次。", version=str(version_of(ground, case)))
    assert again.status_code == 409
    assert changed_tables(after, snapshot(owner, but=SEEN)) == []
