"""The pages of a card in a real browser: nothing for axe to find, and a loss reported on a phone."""

import io

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from talentsvc.cards.terms import CardState
from tests.cards.card.holders import make_card, make_card_in
from tests.cards.card.test_public_notices import make_notice
from tests.cards.world import make_officer
from tests.fixtures.browser import DESKTOP, PHONE
from tests.people.world import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def open_as(app, service, visitor):
    """A page of the running service for somebody who is signed in, or for anyone."""

    def opened(who=None, *, size=PHONE, language="zh", has_scripts=True):
        page = visitor(service.url, size=size, has_scripts=has_scripts)
        cookies = [{"name": "language", "value": language, "url": service.url}]
        if who is not None:
            client = sign_in(app, app.test_client(), who)
            name = app.config["SESSION_COOKIE_NAME"]
            cookies.append(
                {"name": name, "value": client.get_cookie(name).value, "url": service.url}
            )
        page.context.add_cookies(cookies)
        return page

    return opened


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing(app, open_as, language):
    card, lost = make_card(app), make_card_in(app, CardState.SUSPENDED, "单晓曾")
    notice = make_notice(app, card.application_id)
    desk = f"/desk/cards/{card.card_id}"
    visits = [
        (None, PHONE, [f"/v/{card.nonce}", f"/v/{lost.nonce}", "/v/0", "/verify"]),
        (None, PHONE, ["/public-notices", f"/public-notices/{notice}"]),
        (card.holder, PHONE, ["/cards"]),
        (lost.holder, PHONE, ["/cards"]),
        (make_officer(app), DESKTOP, ["/desk/cards", desk, f"{desk}/cancel", f"{desk}/replace"]),
    ]
    for who, size, paths in visits:
        page = open_as(who, size=size, language=language)
        for path in paths:
            page.goto(path)
            found = Axe().run(page).response["violations"]
            assert [(path, v["id"], v["nodes"][0]["html"]) for v in found] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_loss_is_reported_on_a_phone_and_a_stranger_is_told(app, open_as, has_scripts):
    card = make_card(app)
    page = open_as(card.holder, has_scripts=has_scripts)
    page.goto("/cards")
    code = page.locator(".qr-large img").screenshot()
    scanned = zxingcpp.read_barcodes(Image.open(io.BytesIO(code)))
    assert [found.text.rsplit("/", 1)[-1] for found in scanned] == [card.nonce]
    page.locator("#lost summary").click()
    page.locator("#lost button[type=submit]").click()
    page.locator(".gcard-suspended").wait_for()
    assert page.locator(".flashes .notice-success").count() == 1
    stranger = open_as(language="en")
    stranger.goto(f"/v/{card.nonce}")
    assert stranger.locator("h1").inner_text() == "Suspended"
