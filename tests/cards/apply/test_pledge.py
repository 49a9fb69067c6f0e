"""A minor paper is pledged in writing: the case goes on, is recalled, and stops only where it must."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from talentsvc.access.roles import Role
from talentsvc.cards.actions.approve_application import approve_application
from talentsvc.cards.actions.recommend import CriterionFinding, recommend
from talentsvc.cards.actions.watch_pledges import (
    note_overdue_pledge,
    pledges_past_their_day,
    pledges_to_remind,
    remind_of_pledge,
)
from talentsvc.cards.models import Pledge
from talentsvc.cards.reviewing import newest_evaluation
from talentsvc.cards.terms import ApplicationState, CorrectionItemKind, FindingOutcome, PledgeState
from talentsvc.core.clock import end_of_day, local_date, now, start_of_day
from talentsvc.core.errors import InvalidInput
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.models import Notice
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskKind, TaskState
from tests.cards import world
from tests.cards.apply.pages import CONSENTS, Browser, hidden, step_path

ITEM = "insurance_proof"
WORDS = "社保部门正在补打参保证明，预计下周取得。"


def pledge_path(case: world.MadeCase, item: str = ITEM) -> str:
    return f"{step_path(case, 'evidence')}/{item}/pledge"


def pledge_of(case: world.MadeCase) -> Pledge:
    statement = select(Pledge).where(Pledge.application_id == case.application_id)
    return db.session.execute(statement.order_by(Pledge.given_at.desc()).limit(1)).scalar_one()


def draft_with_a_gap(app: Flask, at: datetime | None = None) -> world.MadeCase:
    """A form that lacks one minor paper."""
    case = world.make_draft(app, at=at)
    world.fill_in(app, case, at=at)
    with app.app_context():
        codes = tuple(code for code in world.missing_codes(case.application_id) if code != ITEM)
    world.add_papers(app, case, codes, at=at)
    return case


def pledged_case(app: Flask, at: datetime | None = None) -> world.MadeCase:
    """Filed with a pledge and received at the window."""
    case = draft_with_a_gap(app, at)
    Browser(app, case.applicant).post(pledge_path(case), words=WORDS, promise="y")
    world.file_application(app, case, at=at)
    world.endorse(app, case, at=at)
    return case


def told(app: Flask, case: world.MadeCase) -> list[str]:
    with app.app_context():
        statement = select(Notice.kind).where(Notice.subject_id == case.application_id)
        return list(db.session.execute(statement).scalars())


def test_a_pledge_stands_in_place_of_the_paper_from_the_form_to_the_window(app: Flask) -> None:
    case = draft_with_a_gap(app)
    applicant = Browser(app, case.applicant)
    page = applicant.get(step_path(case, "evidence"))
    assert "I do not have it yet" in page
    assert applicant.post(step_path(case, "check"), **CONSENTS).status_code == 422
    assert applicant.post(pledge_path(case), words=WORDS, promise="y").status_code == 303
    assert "You pledged to hand it in later." in applicant.get(step_path(case, "evidence"))
    check = applicant.get(step_path(case, "check"))
    assert "Pledged for later" in check
    sent = applicant.post(step_path(case, "check"), version=hidden(check, "version"), **CONSENTS)
    assert sent.status_code == 303, sent.text
    with app.app_context():
        assert pledge_of(case).due_on is None
        copy = world.newest_copy(case.application_id)
        assert f'"pledged":["{ITEM}"]' in copy.content_json
        assert WORDS.encode() not in pledge_of(case).words_sealed
        endorsement_id = world.endorsement_of(case).id
    agent = Browser(app, case.company.agent)
    assert "Pledged for later:" in agent.get(f"/employers/endorsements/{endorsement_id}")
    world.endorse(app, case)
    with app.app_context():
        received_on = world.application_of(case).received_on
        assert received_on is not None
        assert pledge_of(case).due_on == received_on + timedelta(days=30)
    assert "pledge_begun" in told(app, case)
    own = applicant.get(f"/applications/{case.application_id}")
    assert "Pledged papers" in own
    assert WORDS in Browser(app, world.make_officer(app)).get(f"/desk/cases/{case.application_id}")


@pytest.mark.parametrize("item", ["id_document_front", "portrait", "contract", "diploma"])
def test_main_papers_and_the_identity_document_are_never_pledged(app: Flask, item: str) -> None:
    case = draft_with_a_gap(app)
    applicant = Browser(app, case.applicant)
    answer = applicant.post(pledge_path(case, item), words=WORDS, promise="y")
    assert answer.status_code == 422
    with app.app_context():
        assert db.session.execute(select(Pledge.id)).first() is None


def test_a_pledge_needs_words_and_the_promise_and_keeps_what_was_typed(app: Flask) -> None:
    case = draft_with_a_gap(app)
    applicant = Browser(app, case.applicant)
    unpromised = applicant.post(pledge_path(case), words=WORDS)
    assert unpromised.status_code == 422
    assert "Without your pledge the paper is needed now." in unpromised.text
    assert WORDS in unpromised.text
    assert applicant.post(pledge_path(case), words="  ", promise="y").status_code == 422


def test_it_can_be_taken_back_before_filing_and_the_paper_ends_it_as_well(app: Flask) -> None:
    case = draft_with_a_gap(app)
    applicant = Browser(app, case.applicant)
    applicant.post(pledge_path(case), words=WORDS, promise="y")
    assert applicant.post(f"{pledge_path(case)}/take-back").status_code == 303
    with app.app_context():
        assert pledge_of(case).state is PledgeState.TAKEN_BACK
    applicant.post(pledge_path(case), words=WORDS, promise="y")
    world.add_papers(app, case, (ITEM,))
    with app.app_context():
        assert pledge_of(case).state is PledgeState.TAKEN_BACK
    world.file_application(app, case)
    assert applicant.post(f"{pledge_path(case)}/take-back").status_code == 409


def test_the_window_takes_a_pledge_in_instead_of_asking_and_accepts(app: Flask) -> None:
    case = world.make_received_case(app)
    clerk = Browser(app, world.make_officer(app))
    desk = f"/desk/cases/{case.application_id}"
    assert "Take a pledge in" in clerk.get(desk)
    page = clerk.get(f"{desk}/pledge")
    assert "Employment contract" not in re_options(page)
    form = {"item": ITEM, "words": WORDS, "version": hidden(page, "version")}
    assert clerk.post(f"{desk}/pledge", **{**form, "item": "diploma"}).status_code == 422
    assert clerk.post(f"{desk}/pledge", **form).status_code == 303
    with app.app_context():
        assert pledge_of(case).due_on == local_date(now()) + timedelta(days=30)
    version = hidden(clerk.get(f"{desk}/accept"), "version")
    assert clerk.post(f"{desk}/accept", version=version).status_code == 303
    with app.app_context():
        assert world.application_of(case).state is ApplicationState.ACCEPTED


def re_options(page: str) -> str:
    """The choices of the select on a page."""
    return page.partition("<select")[2].partition("</select>")[0]


def test_a_pledge_answers_an_item_of_a_one_time_notice(app: Flask) -> None:
    case = world.make_case_to_correct(
        app, items=((CorrectionItemKind.EVIDENCE, ITEM, "参保证明已过期，请重新提供"),)
    )
    applicant = Browser(app, case.applicant)
    path = step_path(case, "correction")
    assert applicant.post(path, version=hidden(applicant.get(path), "version")).status_code == 422
    assert applicant.post(pledge_path(case), words=WORDS, promise="y").status_code == 303
    done = applicant.post(path, version=hidden(applicant.get(path), "version"))
    assert done.status_code == 303, done.text
    with app.app_context():
        assert world.application_of(case).state is ApplicationState.RESUBMITTED
        assert pledge_of(case).due_on is not None


def test_the_paper_is_uploaded_and_the_clerk_marks_it(app: Flask) -> None:
    case = pledged_case(app)
    applicant = Browser(app, case.applicant)
    assert "1 pledged paper is still to come" in applicant.get(step_path(case, "evidence"))
    world.add_papers(app, case, (ITEM,))
    clerk = Browser(app, world.make_officer(app))
    desk = f"/desk/cases/{case.application_id}"
    with app.app_context():
        path = f"{desk}/pledges/{pledge_of(case).id}/fulfil"
    page = clerk.get(path)
    blank = clerk.post(path, note="", version=hidden(page, "version"))
    assert blank.status_code == 422
    done = clerk.post(path, note="已收到参保证明，与承诺一致。", version=hidden(page, "version"))
    assert done.status_code == 303
    assert "pledge_fulfilled" in told(app, case)
    assert "已收到参保证明，与承诺一致。" in clerk.get(desk)
    # Nothing else may be changed at this stage, and this paper no longer.
    with pytest.raises(Exception, match="not_allowed"):
        world.add_papers(app, case, (ITEM,))


def recommended(app: Flask, case: world.MadeCase, at: datetime) -> None:
    reviewer = world.make_officer(app, Role.REVIEWER, "李初审")
    with app.app_context(), unit_of_work():
        verdicts = newest_evaluation(case.application_id)["verdicts"]
        recommend(
            case.application_id,
            is_positive=True,
            reason="材料齐全，条件相符",
            findings=[
                CriterionFinding(one["code"], FindingOutcome.MET, "材料与原件相符，已当面核对")
                for one in verdicts
            ],
            actor=world.acting(reviewer, "reviewer"),
            at=at,
        )


def write_down(app: Flask, at: datetime) -> int:
    """What the sweep does with pledges."""
    with app.app_context():
        found = pledges_past_their_day(at, 100)
    for pledge_id in found:
        with app.app_context(), unit_of_work():
            note_overdue_pledge(pledge_id, at=at)
    return len(found)


def test_overdue_it_is_the_windows_task_and_nobody_approves_until_it_is_there(app: Flask) -> None:
    began = now() - timedelta(days=40)
    case = pledged_case(app, began)
    due_on = due_of(app, case)
    recommended(app, case, began + timedelta(days=20))
    assert write_down(app, end_of_day(due_on) - timedelta(seconds=1)) == 0
    assert write_down(app, now()) == 1
    assert write_down(app, now()) == 0
    with app.app_context():
        task = db.session.execute(
            select(Task).where(Task.kind == TaskKind.PLEDGE_OVERDUE)
        ).scalar_one()
        assert task.subject_id == case.application_id
        assert pledge_of(case).overdue_at == end_of_day(due_on)
    assert "pledge_overdue" in told(app, case)
    decider = Browser(app, world.make_officer(app, Role.DECIDER, "王审定"))
    desk = f"/desk/cases/{case.application_id}"
    form = {
        "reason": "符合条件，同意。",
        "version": hidden(decider.get(f"{desk}/approve"), "version"),
    }
    refused = decider.post(f"{desk}/approve", **form)
    assert refused.status_code == 422
    assert "A pledged paper is overdue." in refused.text
    clerk = Browser(app, world.make_officer(app))
    with app.app_context():
        path = f"{desk}/pledges/{pledge_of(case).id}/fulfil"
    note = {"note": "逾期补交，原件已核对。", "version": hidden(clerk.get(path), "version")}
    assert clerk.post(path, **note).status_code == 303
    with app.app_context():
        task = db.session.execute(
            select(Task).where(Task.kind == TaskKind.PLEDGE_OVERDUE)
        ).scalar_one()
        assert task.state is TaskState.SETTLED
    form["version"] = hidden(decider.get(f"{desk}/approve"), "version")
    assert decider.post(f"{desk}/approve", **form).status_code == 303


def due_of(app: Flask, case: world.MadeCase) -> date:
    with app.app_context():
        due_on = pledge_of(case).due_on
        assert due_on is not None
        return due_on


def test_overdue_is_refused_though_no_sweep_has_run(app: Flask) -> None:
    began = now() - timedelta(days=40)
    case = pledged_case(app, began)
    recommended(app, case, began + timedelta(days=20))
    decider = world.make_officer(app, Role.DECIDER, "王审定")
    with app.app_context(), unit_of_work(), pytest.raises(InvalidInput, match="pledge_overdue"):
        approve_application(
            case.application_id, reason="同意。", actor=world.acting(decider, "decider"), at=now()
        )


def remind(app: Flask, at: datetime) -> int:
    with app.app_context():
        found: list[UUID] = pledges_to_remind(at, None, 100)
    for pledge_id in found:
        with app.app_context(), unit_of_work():
            remind_of_pledge(pledge_id, at=at)
    return len(found)


def test_it_is_recalled_twice_and_each_time_once(app: Flask) -> None:
    case = pledged_case(app)
    due_on = due_of(app, case)
    for days, so_far in ((8, 0), (7, 1), (5, 1), (1, 2), (0, 2)):
        for _turn in range(2):
            remind(app, start_of_day(due_on - timedelta(days=days)) + timedelta(hours=8))
        emails = [kind for kind in told(app, case) if kind == "pledge_reminder"]
        channels = len([kind for kind in told(app, case) if kind == "pledge_begun"])
        assert len(emails) == so_far * channels
    assert remind(app, end_of_day(due_on)) == 0


def test_of_a_case_that_ended_nobody_asks_for_the_paper(app: Flask) -> None:
    began = now() - timedelta(days=40)
    case = pledged_case(app, began)
    applicant = Browser(app, case.applicant)
    assert applicant.post(f"/applications/{case.application_id}/withdraw").status_code == 303
    assert write_down(app, now()) == 0
