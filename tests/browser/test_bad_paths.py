"""When something goes wrong on the way: told clearly, nothing lost, nothing done twice."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from deploy.local.processes import wait_until
from tests.browser.applicant import Applicant, answers
from tests.browser.companies import employer_of_agent
from tests.browser.demo_service import DemoService
from tests.browser.officers import Officer, sign_in_as
from tests.browser.papers import write_papers
from tests.browser.post_office import GREETING, MESSAGE
from tests.browser.sights import DRAFT_OF_BUTTON
from tests.fixtures.browser import PHONE, Visitor

pytestmark = pytest.mark.browser
RECOVERY_SECONDS = 60.0
NOTICE = (
    "SELECT state, attempts FROM notice WHERE channel = 'email' ORDER BY queued_at DESC LIMIT 1"
)


def draft_page(visitor: Visitor, demo: DemoService, step: str, **given: object) -> Page:
    """A step of the draft that the demonstration's applicant has begun, on one more device."""
    page = visitor(demo.url, size=PHONE, **given)
    sign_in_as(page, demo, "applicant")
    page.goto(f"/applications/{demo.rows(DRAFT_OF_BUTTON)[0][0]}/{step}")
    return page


def test_without_scripts_the_form_works_and_a_double_click_files_one_case(
    visitor: Visitor, demo: DemoService, tmp_path: Path
) -> None:
    applicant = Applicant.arrives(visitor, demo, has_scripts=False)
    applicant.registers()
    applicant.begins()
    applicant.goes_through_the_form(answers(employer_of_agent(demo)))
    applicant.brings(write_papers(tmp_path))
    applicant.agrees()
    applicant.page.get_by_role("button", name="提交申请").dblclick()
    applicant.sees_the_receipt("申请已提交")

    assert demo.rows(
        "SELECT count(*) FROM application WHERE account_id ="
        " (SELECT account_id FROM application WHERE id = %s)",
        applicant.case_id,
    ) == [(1,)]
    assert demo.rows(
        "SELECT action FROM case_event WHERE application_id = %s ORDER BY sequence",
        applicant.case_id,
    ) == [("start",), ("submit",)]
    assert demo.rows(
        "SELECT count(*) FROM endorsement WHERE application_id = %s", applicant.case_id
    ) == [(1,)]


def test_two_devices_at_one_step_both_keep_what_was_typed(
    visitor: Visitor, demo: DemoService
) -> None:
    phone = draft_page(visitor, demo, "education", has_scripts=False)
    tablet = draft_page(visitor, demo, "education", has_scripts=False)
    phone.locator("[name=school_name]").fill("示例理工大学")
    phone.get_by_role("button", name="保存并继续").click()
    tablet.locator("[name=school_name]").fill("虚构师范大学")
    tablet.get_by_role("button", name="保存并继续").click()

    expect(tablet.get_by_text("这一步已在其他设备上修改")).to_be_visible()
    expect(tablet.locator("table.conflict")).to_contain_text("示例理工大学")
    expect(tablet.locator("[name=school_name]")).to_have_value("虚构师范大学")
    tablet.get_by_role("button", name="保存并继续").click()
    phone.goto(phone.url)
    expect(phone.locator("[name=school_name]")).to_have_value("虚构师范大学")


def test_a_stale_page_at_the_desk_is_told_and_changes_nothing(
    visitor: Visitor, demo: DemoService
) -> None:
    first = Officer.arrives(visitor, demo, "clerk")
    reference = demo.rows(
        "SELECT reference FROM application WHERE state = 'received' ORDER BY reference DESC LIMIT 1"
    )[0][0]
    first.finds(reference)
    first.takes_step("受理")
    second = Officer(first.page.context.new_page(), demo)
    second.accepts(reference)
    first.press("受理")
    expect(first.page.get_by_role("heading", level=1)).to_contain_text("变")
    assert demo.rows(
        "SELECT count(*) FROM case_event JOIN application ON application.id = application_id"
        " WHERE reference = %s AND action = 'accept'",
        reference,
    ) == [(1,)]


def test_a_lost_network_loses_neither_files_nor_words(
    visitor: Visitor, demo: DemoService, tmp_path: Path
) -> None:
    page = draft_page(visitor, demo, "evidence")
    section = page.locator("#item-diploma")
    page.context.set_offline(True)
    section.locator("input[type=file]").set_input_files(write_papers(tmp_path)["diploma"])
    expect(section.get_by_text("网络已断开，恢复后会自动继续上传。")).to_be_visible()
    page.context.set_offline(False)
    expect(section.locator("a", has_text="diploma.pdf")).to_be_visible()
    page.reload()
    expect(section.locator("a", has_text="diploma.pdf")).to_have_count(1)

    page.goto(page.url.replace("/evidence", "/work"))
    page.context.set_offline(True)
    page.locator("[name=job_title]").fill("量子点合成工程师")
    status = page.locator("[data-autosave-status]")
    expect(status).to_have_text("尚未保存：网络已断开，恢复后会自动保存。")
    page.context.set_offline(False)
    expect(status).to_contain_text("保存", timeout=15_000)
    expect(status).not_to_contain_text("尚未保存", timeout=15_000)
    other = draft_page(visitor, demo, "work")
    expect(other.locator("[name=job_title]")).to_have_value("量子点合成工程师")


def test_without_redis_pages_work_and_the_sweep_sends_the_message(
    visitor: Visitor, demo: DemoService
) -> None:
    applicant = Applicant.arrives(visitor, demo)
    with demo.without("valkey"):
        applicant.asks_for_a_code()
        assert demo.rows(NOTICE) == [("queued", 0)]
    applicant.types_the_code()


def test_without_a_mail_server_pages_work_and_the_message_comes_later(
    visitor: Visitor, demo: DemoService
) -> None:
    applicant = Applicant.arrives(visitor, demo)
    with demo.post.closed():
        applicant.asks_for_a_code()
        tried = wait_until(lambda: demo.rows(NOTICE) == [("queued", 1)], RECOVERY_SECONDS)
        assert tried, demo.rows(NOTICE)
    let_time_pass(demo, "next_attempt_at")
    applicant.types_the_code()


def test_a_worker_killed_before_it_hands_over_is_followed_by_another(
    visitor: Visitor, demo: DemoService
) -> None:
    applicant = Applicant.arrives(visitor, demo)
    with demo.post.holding(GREETING):
        applicant.asks_for_a_code()
        demo.post.wait_for_somebody()
        demo.kill("worker")
    let_time_pass(demo, "lease_until")
    demo.start("worker")
    applicant.types_the_code()
    assert len(demo.post.mailbox.to(applicant.email)) == 1


def test_a_worker_killed_while_it_hands_over_leaves_a_task_and_no_second_message(
    visitor: Visitor, demo: DemoService
) -> None:
    applicant = Applicant.arrives(visitor, demo)
    with demo.post.holding(MESSAGE):
        applicant.asks_for_a_code()
        demo.post.wait_for_somebody()
        demo.kill("worker")
    let_time_pass(demo, "lease_until")
    demo.start("worker")
    unsure = wait_until(lambda: demo.rows(NOTICE)[0][0] == "unsure", RECOVERY_SECONDS)
    assert unsure, demo.rows(NOTICE)
    # Whether the dead worker's message got through is the mail server's affair; a second is ours.
    assert len(demo.post.mailbox.to(applicant.email)) <= 1


def let_time_pass(demo: DemoService, column: str) -> None:
    """Let the moment in a column of the latest e-mail lie in the past: nothing else is changed."""
    with demo.at_the_database() as connection:
        connection.execute(
            f"UPDATE notice SET {column} = now() - interval '10 minutes' WHERE id ="
            " (SELECT id FROM notice WHERE channel = 'email' ORDER BY queued_at DESC LIMIT 1)"
        )
