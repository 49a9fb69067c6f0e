"""No page of the journey has a fault that axe can see (WCAG 2.2 A and AA, and axe's own good practice), nor a word of the other language."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.demo_service import DemoService
from tests.browser.sights import TOURS, Tour, begin, look_at
from tests.browser.tongues import other_tongue, proper_names
from tests.fixtures.browser import PHONE, Visitor

pytestmark = pytest.mark.browser


def faults(page: Page) -> list[str]:
    """What axe finds on the page: rule, and the first elements that break it."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {[node['html'][:160] for node in fault['nodes'][:3]]}"
        for fault in found
    ]


@pytest.fixture(scope="module")
def names(demo: DemoService) -> list[str]:
    """What stays in its own language on every page."""
    return proper_names(demo)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("tour", TOURS, ids=lambda tour: tour.name)
def test_axe_finds_nothing_and_each_page_speaks_one_language(
    visitor: Visitor, demo: DemoService, tour: Tour, language: str, names: list[str]
) -> None:
    page = visitor(demo.url, size=tour.size)
    begin(page, demo, tour, language)
    found = {}
    for sight in tour.sights:
        path = look_at(page, demo, sight)
        if seen := faults(page) + other_tongue(page, language, names):
            found[path] = seen
    assert found == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_on_a_page_with_errors(
    visitor: Visitor, demo: DemoService, language: str, names: list[str]
) -> None:
    page = visitor(demo.url, size=PHONE)
    found = {}
    for path in ("/register", "/sign-in", "/verify"):
        page.goto(f"/language/{language}?next={path}")
        page.locator("main form.form button[type=submit]").click()
        expect(page.locator("[data-error-summary]")).to_be_focused()
        if seen := faults(page) + other_tongue(page, language, names):
            found[path] = seen
    assert found == {}
