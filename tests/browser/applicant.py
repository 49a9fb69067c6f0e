"""What an applicant does on a phone, page by page, in Chinese."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import date
from itertools import count, pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from talentsvc.core.identity_numbers import resident_number
from tests.browser.demo_service import DemoService
from tests.fixtures.browser import PHONE, Visitor

CONSENTS = ("notice_read", "sensitive_images", "share_with_employer", "public_notice")
_numbers = count(secrets.randbelow(400))


def answers(employer: str) -> dict[str, dict[str, Any]]:
    """What is filled in, by step and name of the field; a graduate who meets every criterion."""
    return {
        "category": {"category_code": "full_time_bachelor"},
        "identity": {
            "name": "诸葛䶮",
            "nationality": "CN",
            "document_kind": "resident_id",
            "document_number": resident_number("139903", date(1994, 5, 2), next(_numbers)),
            "phone": "13812345678",
        },
        "education": {
            "education_level": "master",
            "graduation_country": "CN",
            "school_name": "示例大学",
            "study_mode": "full_time",
            "degree_status": "graduated",
            "graduated_on": "2019-06-30",
        },
        "work": {
            "employer_query": employer,
            "job_title": "研发工程师",
            "employment_start_on": "2024-03-01",
            "is_founder": "no",
            "contract_start_on": "2024-03-01",
            "contract_end_on": "2030-02-28",
            "is_dispatched": "no",
            "is_insured_in_zone": "yes",
        },
    }


@dataclass
class Applicant:
    """Somebody with a phone and an e-mail address."""

    page: Page
    demo: DemoService
    email: str = field(default_factory=lambda: f"zhuge-{secrets.token_hex(4)}@example.cn")
    password: str = "高铁进站前十分钟 ☂"
    path: str = ""
    reference: str = ""

    @classmethod
    def arrives(cls, visitor: Visitor, demo: DemoService, **given: Any) -> "Applicant":
        """Somebody new opens the site on a phone."""
        return cls(visitor(demo.url, size=PHONE, **given), demo)

    def press(self, name: str) -> None:
        """Press a button or follow a link by its words."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()

    def registers(self) -> None:
        """Register with an e-mail address and type the code from the message."""
        self.asks_for_a_code()
        self.types_the_code()

    def asks_for_a_code(self) -> None:
        """Fill in the form that registers; a message with a code is on its way."""
        self.page.goto("/register")
        self.page.locator("[name=display_name]").fill("诸葛䶮")
        self.page.locator("[name=identifier]").fill(self.email)
        self.page.locator("[name=password]").fill(self.password)
        self.press("注册")
        expect(self.page.get_by_role("heading", name="填写验证码")).to_be_visible()

    def types_the_code(self) -> None:
        """Read the code in the message and type it."""
        self.page.locator("[name=code]").fill(self.demo.post.code_for(self.email))
        self.press("继续")
        expect(self.page.get_by_role("heading", name="我的申请")).to_be_visible()

    def begins(self) -> None:
        """Press the button that begins an application."""
        self.page.goto("/applications")
        self.press("开始申请")
        self.page.wait_for_url("**/category")
        self.path = self.page.url.removeprefix(self.demo.url).removesuffix("/category")

    def fills_in(self, values: dict[str, Any]) -> None:
        """Type and choose on the page of one step, without sending it."""
        for name, value in values.items():
            self.fill(name, value)

    def fill(self, name: str, value: str) -> None:
        """Answer one question, whatever its kind."""
        inputs = self.page.locator(f"#main [name={name}]")
        kind = inputs.first.evaluate("field => field.type")
        if kind == "radio":
            self.page.locator(f"#main [name={name}][value={value}]").check()
        elif kind == "select-one":
            inputs.select_option(value)
        else:
            inputs.fill(value)
        if name == "employer_query":
            self.press("搜索")
            self.page.get_by_label(value).check()

    def goes_through_the_form(self, given: dict[str, dict[str, Any]]) -> None:
        """Each step in turn; saving one opens the next."""
        steps = [*given, "evidence"]
        for step, following in pairwise(steps):
            self.fills_in(given[step])
            self.press("保存并继续")
            self.page.wait_for_url(re.compile(rf"/{following}(#\w+)?$"))

    def brings(self, papers: dict[str, Path]) -> None:
        """Choose a file under each item and wait until each is received."""
        for item, path in papers.items():
            self.uploads(item, path)
        self.page.reload()
        expect(self.page.get_by_text("必需的材料已齐全。")).to_be_visible()

    def uploads(self, item: str, path: Path) -> None:
        """Choose one file for an item; with scripts it is sent at once, without by its button."""
        section = self.page.locator(f"#item-{item}")
        section.locator("input[type=file]").set_input_files(path)
        button = section.get_by_role("button", name="上传", exact=True)
        if button.is_visible():
            button.click()
        expect(section.locator("a", has_text=path.name).first).to_be_visible()

    def agrees(self) -> None:
        """Look at everything once more, and tick the consents."""
        self.page.goto(f"{self.path}/check")
        for name in CONSENTS:
            self.page.locator(f"[name={name}]").check()

    def sees_the_receipt(self, title: str) -> None:
        """The receipt with the case's number."""
        expect(self.page.get_by_role("heading", name=title)).to_be_visible()
        found = re.search(r"GXS-\d{4}-\d+-\w", self.page.locator("main").inner_text())
        assert found is not None
        self.reference = found[0]

    def applies(self, employer: str, papers: dict[str, Path]) -> None:
        """The whole form, from the first step to the receipt."""
        self.begins()
        self.goes_through_the_form(answers(employer))
        self.brings(papers)
        self.agrees()
        self.press("提交申请")
        self.sees_the_receipt("申请已提交")

    @property
    def case_id(self) -> str:
        """The id of the case, as its pages' addresses hold it."""
        return self.path.rpartition("/")[2]
