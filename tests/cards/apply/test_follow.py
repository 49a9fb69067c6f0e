"""Following a case: where it stands, why, and what can be done against it."""

import re
from datetime import timedelta
from html import unescape

from flask import Flask
from sqlalchemy import text

from talentsvc.access.roles import Role
from talentsvc.cards.actions.approve_application import approve_application
from talentsvc.cards.actions.recommend import CriterionFinding, recommend
from talentsvc.cards.actions.record_objection import record_objection
from talentsvc.cards.actions.reject_application import reject_application
from talentsvc.cards.reviewing import newest_evaluation
from talentsvc.cards.terms import ApplicationState, FindingOutcome
from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.cards import world
from tests.cards.apply.pages import Browser, hidden, step_path
from tests.people.world import statements


def recommended(app: Flask, *, is_positive: bool) -> world.MadeCase:
    case = world.make_accepted_case(app)
    reviewer = world.make_officer(app, Role.REVIEWER, "李初审")
    with app.app_context(), unit_of_work():
        verdicts = newest_evaluation(case.application_id)["verdicts"]
        recommend(
            case.application_id,
            is_positive=is_positive,
            reason="内部初审意见：材料齐全，条件相符",
            findings=[
                CriterionFinding(verdict["code"], FindingOutcome.MET, "材料与原件相符，已当面核对")
                for verdict in verdicts
            ],
            actor=world.acting(reviewer, "reviewer"),
            at=now(),
        )
    return case


def rejected(app: Flask) -> world.MadeCase:
    case = recommended(app, is_positive=False)
    decider = world.make_officer(app, Role.DECIDER, "王审定")
    with app.app_context(), unit_of_work():
        reject_application(
            case.application_id,
            reason="劳动合同单位不在高新区内",
            clause="示例 第4条",
            remedy="可在 15 个工作日内申请复核",
            actor=world.acting(decider, "decider"),
            at=now(),
        )
    return case


def approved(app: Flask) -> world.MadeCase:
    case = recommended(app, is_positive=True)
    decider = world.make_officer(app, Role.DECIDER, "王审定")
    with app.app_context(), unit_of_work():
        approve_application(
            case.application_id,
            reason="符合条件",
            actor=world.acting(decider, "decider"),
            at=now(),
        )
    return case


def page_of(app: Flask, case: world.MadeCase) -> str:
    return Browser(app, case.applicant).get(f"/applications/{case.application_id}")


def test_the_list_shows_state_due_date_and_next_step(app: Flask) -> None:
    case = world.make_case_to_correct(app)
    page = Browser(app, case.applicant).get("/applications")
    assert case.reference in page
    assert "Correction needed" in page
    assert "Correct now" in page


def test_the_list_asks_as_often_for_three_cases_as_for_one(app: Flask) -> None:
    counts = []
    case = world.make_filed_case(app)
    for _ in range(2):
        browser = Browser(app, case.applicant)
        browser.get("/applications")
        with statements(app) as seen:
            browser.get("/applications")
        counts.append(len(seen))
        for _more in range(2):
            world.make_draft(app, case.applicant)
    # Sign-in, employers; applications, their events, the calendar.
    assert counts == [5, 5]


def many_cases(app: Flask, count: int) -> world.MadeCase:
    """Somebody with an open case and so many withdrawn ones before it."""
    case = world.make_filed_case(app)
    with app.app_context(), unit_of_work():
        db.session.execute(
            text(
                "INSERT INTO application (id, reference, kind, tier, rule_set_id, account_id, state,"
                " version, is_due_provisional, board_at, closed_at, created_at, updated_at)"
                " SELECT gen_random_uuid(), 'GXS-OLD-' || n, kind, tier, rule_set_id, account_id,"
                " 'withdrawn', 1, false, board_at, board_at, created_at - n * interval '1 hour',"
                " updated_at FROM application, generate_series(1, :count) n WHERE id = :id"
            ),
            {"count": count, "id": case.application_id},
        )
        db.session.execute(
            text(
                "INSERT INTO case_event (id, application_id, sequence, action, to_state, acting_as,"
                " at, recorded_at, data) SELECT gen_random_uuid(), id, 1, 'withdraw', 'withdrawn',"
                " 'applicant', created_at, created_at, '{}' FROM application"
                " WHERE reference LIKE 'GXS-OLD-%'"
            )
        )
    return case


def test_hundreds_of_cases_are_paged_and_cost_what_one_page_costs(app: Flask) -> None:
    case = many_cases(app, 300)
    browser = Browser(app, case.applicant)
    browser.get("/applications")
    seen, href, pages = [], "/applications", 0
    while href:
        with statements(app) as asked:
            page = browser.get(href)
        # The sign-in with its roles and employers, the page, its steps, the calendar, what is open.
        assert len(asked) == 6, asked
        seen += re.findall(r'class="num">(GXS-[^<]+)<', page)
        assert "Begin another application" not in page
        found = re.search(r'rel="next" href="([^"]+)"', page)
        href, pages = unescape(found[1]) if found else "", pages + 1
    assert pages == 16
    assert seen == [case.reference, *(f"GXS-OLD-{n}" for n in range(1, 301))]


def test_beginning_looks_only_at_what_is_open(app: Flask) -> None:
    case = many_cases(app, 300)
    browser = Browser(app, case.applicant)
    with statements(app) as asked:
        begun = browser.post("/applications/start")
    assert begun.location.endswith(f"/applications/{case.application_id}")
    assert len([one for one in asked if one.startswith("SELECT")]) <= 9


def test_a_rejection_shows_reason_clause_and_remedy_but_no_internal_opinion(app: Flask) -> None:
    case = rejected(app)
    page = page_of(app, case)
    assert "劳动合同单位不在高新区内" in page
    assert "示例 第4条" in page
    assert "可在 15 个工作日内申请复核" in page
    assert "内部初审意见" not in page
    assert "李初审" not in page
    assert "Ask for a review" in page


def test_a_review_is_asked_for_once(app: Flask) -> None:
    case = rejected(app)
    applicant = Browser(app, case.applicant)
    blank = applicant.post(step_path(case, "review"), reason="  ")
    assert blank.status_code == 422
    assert "Write why the decision should be looked at again." in blank.text
    response = applicant.post(step_path(case, "review"), reason="合同单位在区内，见营业执照")
    assert response.status_code == 303
    assert "Your request for a review was received" in applicant.get(response.location)
    with app.app_context():
        assert world.application_of(case).state is ApplicationState.REVIEW_OPEN
    again = applicant.post(step_path(case, "review"), reason="再来一次")
    assert again.status_code == 409
    assert applicant.client.get(step_path(case, "review")).status_code == 409


def test_an_objection_is_told_without_what_was_written_in_it(app: Flask) -> None:
    case = approved(app)
    clerk = world.make_officer(app)
    with app.app_context(), unit_of_work():
        record_objection(
            case.application_id,
            objector="某群众 13900001111",
            grounds="听说学历是假的",
            actor=world.acting(clerk, "clerk"),
            at=now(),
        )
    page = page_of(app, case)
    assert "Objection received" in page
    assert "objection received" not in page
    assert "听说学历是假的" not in page
    assert "13900001111" not in page


def test_a_public_notice_shows_its_days_and_the_masked_name(app: Flask) -> None:
    page = page_of(app, approved(app))
    assert "On public notice" in page
    assert "under the name 欧**" in page


def test_withdrawing_needs_no_reason_and_can_be_repeated_harmlessly(app: Flask) -> None:
    case = world.make_filed_case(app)
    applicant = Browser(app, case.applicant)
    path = step_path(case, "withdraw")
    assert applicant.post(path).status_code == 303
    assert "Withdrawn" in page_of(app, case)
    assert applicant.post(path).status_code == 409
    with app.app_context():
        assert world.endorsement_of(case).outcome.value == "overtaken"


def test_why_this_card_is_the_stored_verdict_and_says_that_the_policy_is_an_example(
    app: Flask,
) -> None:
    page = page_of(app, world.make_filed_case(app))
    assert "What the rules say" in page
    assert "Example policy" in page
    assert "Example, article 7" in page


def test_silence_of_the_window_shows_as_acceptance_before_any_sweep(app: Flask) -> None:
    case = world.make_received_case(app, at=now() - timedelta(days=20))
    page = page_of(app, case)
    assert "Accepted, because the time for a notice was over" in page
    assert "Under review" in page


def test_a_receipt_shows_both_days_of_a_filing_on_a_day_off(app: Flask) -> None:
    # 2026-11-21 is a Saturday, the 23rd the next working day.
    saturday = now().replace(year=2026, month=11, day=21, hour=4)
    case = world.make_received_case(app, at=saturday)
    applicant = Browser(app, case.applicant)
    page = applicant.get(step_path(case, "receipts/3"))
    assert "21 November 2026" in page
    assert "23 November 2026" in page
    assert "30 November 2026" in page
    assert applicant.client.get(step_path(case, "receipts/1")).status_code == 404
    assert applicant.client.get(step_path(case, "receipts/99")).status_code == 404


def test_a_declined_case_says_why_and_goes_on_from_there(app: Flask) -> None:
    case = world.make_filed_case(app)
    agent = Browser(app, case.company.agent)
    with app.app_context():
        endorsement_id = world.endorsement_of(case).id
    agent.post(f"/employers/endorsements/{endorsement_id}/decline", reason="岗位名称不对")
    page = page_of(app, case)
    assert "岗位名称不对" in page
    applicant = Browser(app, case.applicant)
    check = applicant.get(step_path(case, "check"))
    assert hidden(check, "version")
