"""What the employer's agent and the officers do at their desks, in Chinese."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.demo_service import DemoService
from tests.fixtures.browser import DESKTOP, Visitor


def sign_in_as(page: Page, demo: DemoService, role: str, which: int = 0) -> None:
    """Press the button of the invented person who has a role."""
    name = demo.rows("SELECT display_name FROM account WHERE demo_role = %s ORDER BY id", role)[
        which
    ][0]
    page.goto("/demo")
    row = page.locator("li", has=page.get_by_role("button", name=name))
    row.get_by_role("button").click()
    expect(page.locator(".masthead-name")).to_have_text(name)


@dataclass
class Officer:
    """One of the staff in front of a wide screen, or an agent in front of theirs."""

    page: Page
    demo: DemoService

    @classmethod
    def arrives(cls, visitor: Visitor, demo: DemoService, role: str, which: int = 0) -> "Officer":
        """Somebody of a role signs in."""
        page = visitor(demo.url, size=DESKTOP)
        sign_in_as(page, demo, role, which)
        return cls(page, demo)

    def press(self, name: str) -> None:
        """Press a button by its words."""
        self.page.locator("#main").get_by_role("button", name=name, exact=True).first.click()

    def finds(self, reference: str) -> None:
        """Search a case by its number and open it."""
        self.page.goto("/desk/")
        box = self.page.get_by_role("searchbox")
        box.fill(reference)
        box.press("Enter")
        self.page.get_by_role("row", name=reference).get_by_role("link").first.click()
        expect(self.page.locator("#main").get_by_text(reference).first).to_be_visible()

    def takes_step(self, words: str) -> None:
        """Open the page of a step from the page of the case."""
        self.page.locator(".offers").get_by_role("link", name=words, exact=True).click()
        expect(self.page.get_by_role("heading", level=1, name=words)).to_be_visible()

    def reads(self, words: str) -> None:
        """What the page says about the step that was taken."""
        expect(self.page.locator(".flashes").get_by_text(words)).to_be_visible()

    def gives_notice(self, reference: str, items: dict[str, str]) -> None:
        """The one-time notice: every item with what is wrong."""
        self.finds(reference)
        self.takes_step("一次性告知")
        for key, why in items.items():
            self.page.locator(f"[name=item][value='{key}']").check()
            self.page.locator(f"[name='why:{key}']").fill(why)
        self.press("一次性告知")
        self.reads("已告知，时限等待申请人补正。")

    def accepts(self, reference: str) -> None:
        """Take the case in."""
        self.finds(reference)
        self.takes_step("受理")
        self.press("受理")
        self.reads("已受理，办理时限开始计算。")

    def recommends(self, reference: str, *, is_positive: bool, reason: str) -> None:
        """A finding for each criterion, and what is recommended."""
        self.finds(reference)
        self.takes_step("完成初审")
        for finding in self.page.locator("fieldset.finding").all():
            finding.locator("input[value=met]").check()
            # What the rules have settled needs no words, and its field is folded away.
            if finding.locator("textarea").is_visible():
                finding.locator("textarea").fill("经核对原件与在岗情况，符合该项要求。")
        self.page.locator(f"[name=answer][value={'yes' if is_positive else 'no'}]").check()
        self.page.locator("[name=reason]").fill(reason)
        self.press("完成初审")
        self.reads("初审完成，由另一人审定。")

    def approves(self, reference: str) -> None:
        """A positive decision: the public notice begins."""
        self.finds(reference)
        self.takes_step("通过")
        self.page.locator("[name=reason]").fill("同意初审意见。")
        self.press("通过")
        self.reads("已通过，公示开始。")

    def rejects(self, reference: str, *, reason: str, clause: str, remedy: str) -> None:
        """A negative decision with its clause and what can be done against it."""
        self.finds(reference)
        self.takes_step("不予通过")
        self.page.locator("[name=reason]").fill(reason)
        self.page.locator("[name=clause]").fill(clause)
        self.page.locator("[name=remedy]").fill(remedy)
        self.press("不予通过")
        self.reads("不予通过，理由和救济途径已告知申请人。")

    def endorses(self, name: str, reference: str) -> None:
        """As the agent: compare the frozen copy and confirm it."""
        self.page.goto("/employers/endorsements")
        row = self.page.locator("li.panel", has_text=reference)
        row.get_by_role("link", name=name).click()
        expect(self.page.locator("main").get_by_text("研发工程师")).to_be_visible()
        self.page.locator("[name=is_true]").check()
        self.press("确认申请")
        self.reads("已确认。申请已到窗口，并已通知申请人。")

    def replaces_card_of(self, number: str) -> str:
        """At the window: a new number for a lost card. Gives the new number."""
        self.page.goto(f"/desk/cards?q={number}")
        self.page.get_by_role("row", name=number).get_by_role("link").first.click()
        self.takes_step("补换")
        self.press("补换")
        self.reads("已补换。这是新卡，旧卡号已停用。")
        return str(self.page.locator("h1 ~ .num").first.inner_text()).strip()
