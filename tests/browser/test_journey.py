"""From the first form to a card that verifies, as five people in Chinese, through the browser alone."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from deploy.local.processes import wait_until
from tests.browser.applicant import Applicant
from tests.browser.companies import employer_of_agent
from tests.browser.demo_service import DemoService
from tests.browser.officers import Officer
from tests.browser.papers import write_papers
from tests.browser.sights import sign_in_as_applicant
from tests.fixtures.browser import PHONE, Visitor

pytestmark = pytest.mark.browser
SHANGHAI = ZoneInfo("Asia/Shanghai")
SWEEP_SECONDS = 60.0
BLURRED = "学位证书照片看不清，请重新拍摄，四角完整。"


def end_the_notice(demo: DemoService, case_id: str) -> None:
    """Set the calendar of one case so far back that its notice ended yesterday; then wait for the card.

    Only dates are moved. That the notice is over, and that a card is to be issued, the sweep of the
    worker has to find out by itself.
    """
    today = datetime.now(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    yesterday = (today - timedelta(days=1)).date()
    with demo.at_the_database() as connection:
        connection.execute(
            "UPDATE case_event SET at = at - interval '9 days',"
            " data = jsonb_set(data, '{notice_ends_on}', to_jsonb(%s::text))"
            " WHERE application_id = %s AND action = 'approve'",
            [yesterday.isoformat(), case_id],
        )
        connection.execute(
            "UPDATE public_notice SET ends_on = %s, ends_at = %s WHERE application_id = %s",
            [yesterday, today, case_id],
        )
        connection.execute(
            "UPDATE application SET clock_at = %s, due_on = %s, due_at = %s WHERE id = %s",
            [today, yesterday, today, case_id],
        )
    demo.ask_worker("upkeep.sweep_cases", "upkeep")
    state = "SELECT state FROM application WHERE id = %s"
    assert wait_until(lambda: demo.rows(state, case_id) == [("issued",)], SWEEP_SECONDS)


def download_card(page: Page, folder: Path) -> Path:
    """The card as PDF, from the holder's page."""
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载绿卡（PDF）").click()
    target = folder / coming.value.suggested_filename
    coming.value.save_as(target)
    return target


def code_in(pdf: Path) -> str:
    """The address in the QR code of a card, read by a library that did not write it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            found = zxingcpp.read_barcodes(page.render(scale=4).to_pil())
            if found:
                return found[0].text
    finally:
        document.close()
    raise AssertionError("no code on any page")


def scanned(visitor: Visitor, demo: DemoService, address: str) -> Page:
    """A stranger's phone opens the address of a code."""
    assert address.startswith(f"{demo.url}/")
    page = visitor(demo.url, size=PHONE)
    page.goto(address)
    return page


def test_from_the_first_form_to_a_card_that_verifies(
    visitor: Visitor, demo: DemoService, tmp_path: Path
) -> None:
    papers = write_papers(tmp_path / "papers")
    applicant = Applicant.arrives(visitor, demo)
    applicant.registers()
    applicant.applies(employer_of_agent(demo), papers)
    reference = applicant.reference

    Officer.arrives(visitor, demo, "agent").endorses("诸葛䶮", reference)
    demo.post.wait_for(applicant.email, reference)

    clerk = Officer.arrives(visitor, demo, "clerk")
    clerk.gives_notice(reference, {"evidence:diploma": BLURRED})
    demo.post.wait_for(applicant.email, BLURRED)
    correct(applicant, papers["diploma"])
    clerk.accepts(reference)

    reviewer = Officer.arrives(visitor, demo, "reviewer")
    reviewer.recommends(reference, is_positive=True, reason="材料齐全，建议通过。")
    Officer.arrives(visitor, demo, "decider").approves(reference)
    read_public_notice(visitor, demo, reference)

    end_the_notice(demo, applicant.case_id)
    demo.post.wait_for(applicant.email, "绿卡")
    show_lose_and_replace(visitor, demo, applicant, clerk, tmp_path)


def correct(applicant: Applicant, better: Path) -> None:
    """Answer the notice's only item with another file."""
    page = applicant.page
    page.goto(applicant.path)
    expect(page.get_by_text(BLURRED)).to_be_visible()
    page.get_by_role("link", name="现在补正").click()
    page.get_by_role("link", name="去补正").click()
    section = page.locator("#item-diploma")
    section.get_by_role("button", name="移除").click()
    applicant.uploads("diploma", better)
    page.goto(f"{applicant.path}/correction")
    applicant.press("提交补正")
    applicant.sees_the_receipt("补正已收到")


def read_public_notice(visitor: Visitor, demo: DemoService, reference: str) -> None:
    """A stranger sees who is to get a card, masked."""
    page = visitor(demo.url, size=PHONE)
    page.goto("/public-notices")
    row = page.get_by_role("row", name=reference)
    expect(row).to_contain_text("诸**")
    expect(page.locator("main")).not_to_contain_text("诸葛䶮")
    row.get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("诸**")


def show_lose_and_replace(
    visitor: Visitor, demo: DemoService, applicant: Applicant, clerk: Officer, folder: Path
) -> None:
    """The card on the phone and on paper; lost; replaced."""
    page = applicant.page
    page.goto("/cards")
    number = re.search(r"GXC-\d{4}-\d+-\w", page.locator("main").inner_text())
    assert number is not None
    old = code_in(download_card(page, folder))
    stranger = scanned(visitor, demo, old)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("有效")
    expect(stranger.locator("main")).to_contain_text(number[0])

    page.locator("#lost summary").click()
    applicant.press("确认挂失")
    expect(page.locator("main")).to_contain_text("已暂停")
    stranger.reload()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("已暂停")

    new_number = clerk.replaces_card_of(number[0])
    assert new_number != number[0]
    page.goto("/cards")
    new = code_in(download_card(page, folder))
    expect(scanned(visitor, demo, new).get_by_role("heading", level=1)).to_have_text("有效")
    stranger.reload()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("已补换")


def test_a_rejection_says_why_and_what_can_be_done(visitor: Visitor, demo: DemoService) -> None:
    phone = visitor(demo.url, size=PHONE)
    case_id = sign_in_as_applicant(phone, demo, "recommended")
    reference = demo.rows("SELECT reference FROM application WHERE id = %s", case_id)[0][0]
    decider = Officer.arrives(visitor, demo, "decider")
    words = {
        "reason": "实际用工地点不在本区，不符合申领范围。",
        "clause": "示例 第四条",
        "remedy": "可在收到本决定之日起 15 个工作日内申请复核。",
    }
    decider.rejects(reference, **words)

    phone.goto(f"/applications/{case_id}")
    for text in words.values():
        expect(phone.locator("main").get_by_text(text).first).to_be_visible()
    phone.get_by_role("link", name="申请复核").click()
    phone.locator("[name=reason]").fill("已补充在岗证明与区内社保缴纳记录，请求复核。")
    phone.get_by_role("button", name="提交复核申请").click()
    expect(phone.locator("main")).to_contain_text(reference)

    decider.finds(reference)
    expect(decider.page.locator(".offers")).to_contain_text("须由未参与本件办理的人员办理。")
    expect(decider.page.locator(".offers a")).to_have_count(0)
    another = Officer.arrives(visitor, demo, "decider", which=1)
    another.finds(reference)
    expect(another.page.locator(".offers a", has_text="作出复核决定")).to_have_count(1)
