"""The editor in a real browser: drawn, filled, moved by pointer and keys, saved, and there again."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.events.halls.world import events_officer, make_hall, make_session
from tests.fixtures.browser import DESKTOP, PHONE
from tests.people.world import sign_in

pytestmark = pytest.mark.browser
CELL = 32


@pytest.fixture
def open_hall(app, service, visitor):
    """The hall of a session in a browser of an events officer."""
    session_id = make_session(app)
    who = events_officer(app)

    def opened(*, size=DESKTOP, language="zh", has_scripts=True):
        page = visitor(service.url, size=size, has_scripts=has_scripts)
        client = sign_in(app, app.test_client(), who)
        name = app.config["SESSION_COOKIE_NAME"]
        cookies = [
            {"name": "language", "value": language, "url": service.url},
            {"name": name, "value": client.get_cookie(name).value, "url": service.url},
        ]
        page.context.add_cookies(cookies)
        page.goto(f"/desk/events/sessions/{session_id}/hall")
        return page

    opened.session_id = session_id
    return opened


def place(page, cell) -> tuple[float, float]:
    """The middle of a cell on the screen."""
    box = page.locator("svg.hall-plan").bounding_box()
    width = page.evaluate("document.querySelector('svg.hall-plan').viewBox.baseVal.width")
    scale = box["width"] / width
    return tuple(
        box[side] + ((count + 0.5) * CELL + 1) * scale
        for side, count in zip("xy", cell, strict=True)
    )


def drag(page, start, end) -> None:
    """Drag from the middle of one cell to the middle of another."""
    page.mouse.move(*place(page, start))
    page.mouse.down()
    page.mouse.move(*place(page, end), steps=4)
    page.mouse.up()


def stretch(page, cell) -> None:
    """Drag the corner of the chosen booth into a cell."""
    handle = page.locator(".hall-handle").bounding_box()
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(*place(page, cell), steps=4)
    page.mouse.up()


def drawn(page) -> list[tuple]:
    """Number, column, row, width and height of each booth that the editor holds."""
    return page.evaluate(
        "JSON.parse(document.querySelector('[data-hall-drawing]').value).booths"
        ".map((one) => [one.number, one.column, one.row, one.width, one.height])"
    )


def save(page) -> None:
    page.locator("[data-hall-save] button").click()
    page.locator(".flashes .notice-success").wait_for()


def test_booths_are_filled_in_drawn_moved_and_are_there_again(open_hall):
    page = open_hall()
    page.locator("[data-tool=fill]").click()
    drag(page, (1, 1), (8, 5))
    assert len(drawn(page)) == 8
    assert drawn(page)[4] == ["A05", 1, 3, 2, 2]
    page.locator("[data-tool=draw]").click()
    drag(page, (12, 2), (14, 3))
    assert drawn(page)[8] == ["A09", 12, 2, 3, 2]
    page.locator("[data-tool=choose]").click()
    drag(page, (12, 2), (17, 8))
    assert drawn(page)[8] == ["A09", 17, 8, 3, 2]
    stretch(page, (20, 10))
    assert drawn(page)[8] == ["A09", 17, 8, 4, 3]
    page.locator("#booth-number").fill("Z01")
    page.locator("#booth-near").check()
    page.locator("#booth-power").fill("2000")
    page.locator("#booth-power").press("Enter")
    before = drawn(page)
    save(page)
    assert drawn(page) == before
    assert before[8][0] == "Z01"
    page.reload()
    assert sorted(drawn(page)) == sorted(before)
    page.locator(".hall-booth", has_text="Z01").click()
    assert page.locator("#booth-power").input_value() == "2000"
    assert page.locator("#booth-near").is_checked()


def test_everything_can_be_done_with_the_keyboard(open_hall):
    page = open_hall()
    page.locator("[data-hall-add]").focus()
    page.keyboard.press("Enter")
    assert drawn(page) == [["A01", 0, 0, 2, 2]]
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowUp"):
        page.keyboard.press(key)
    assert drawn(page) == [["A01", 2, 1, 3, 1]]
    page.keyboard.press("Enter")
    page.keyboard.type("K12")
    page.keyboard.press("Enter")
    assert drawn(page) == [["K12", 2, 1, 3, 1]]
    page.keyboard.press("ArrowLeft")
    page.locator("[data-hall-add]").focus()
    page.keyboard.press("Enter")
    assert [one[0] for one in drawn(page)] == ["K12", "K13"]
    page.keyboard.press("Delete")
    assert drawn(page) == [["K12", 1, 1, 3, 1]]
    page.locator("[data-hall-undo]").focus()
    page.keyboard.press("Enter")
    assert len(drawn(page)) == 2
    page.locator("[data-hall-save] button").focus()
    page.keyboard.press("Enter")
    page.locator(".flashes .notice-success").wait_for()
    assert sorted(one[0] for one in drawn(page)) == ["K12", "K13"]


def test_an_overlap_is_shown_at_once_and_refused_with_the_drawing_kept(open_hall):
    page = open_hall(language="en")
    page.locator("[data-tool=draw]").click()
    drag(page, (1, 1), (2, 2))
    drag(page, (2, 2), (4, 4))
    assert "A01 and A02 lie on top of each other" in page.locator("[data-hall-status]").inner_text()
    page.locator("[data-hall-save] button").click()
    page.locator(".error-summary").wait_for()
    assert "A01 and A02" in page.locator(".error-summary").inner_text()
    assert len(drawn(page)) == 2
    assert page.locator("[data-hall-unsaved]").is_visible()


def test_without_scripts_the_plan_stands_still_and_forms_do_the_same(app, open_hall):
    make_hall(app, open_hall.session_id)
    page = open_hall(has_scripts=False)
    assert page.locator(".hall-booth").count() == 8
    assert not page.locator("[data-hall-tools]").is_visible()
    page.locator("details summary").last.click()
    page.locator("td a", has_text="A03").click()
    page.locator("#zone").fill("Q")
    page.locator("main button[type=submit]").click()
    page.locator(".flashes .notice-success").wait_for()
    page.locator("details summary").last.click()
    assert page.locator("tr", has_text="A03").locator("td").nth(1).inner_text() == "Q"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_axe_finds_nothing_in_the_editor(app, open_hall, language, size):
    make_hall(app, open_hall.session_id)
    page = open_hall(size=size, language=language)
    page.evaluate(
        "for (const one of document.querySelectorAll('.hall-more details')) one.open = true"
    )
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
