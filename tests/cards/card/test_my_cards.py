"""The holder's page: the card, its code, what to do when it is lost; nobody else's business."""

import io
import re
from html import unescape

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import select, text

from talentsvc.cards.models import CardEvent
from talentsvc.cards.printing.codes import check_code
from talentsvc.cards.terms import CardAction, CardState, SuspensionReason
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.models import StoredFile
from talentsvc.files.terms import ScanState
from tests.cards.card.holders import card_row, make_card, make_card_in, suspend_for
from tests.cards.world import make_account
from tests.people.world import sent, sign_in, someone, statements


def text_of(answer) -> str:
    return answer.get_data(as_text=True)


def test_without_a_card_the_page_says_what_to_do(app, client):
    sign_in(app, client, make_account(app))
    page = text_of(client.get("/cards"))
    assert "empty-state" in page
    assert "gcard" not in page


def test_the_card_in_force_is_shown_with_its_code(app, client):
    card = make_card(app)
    sign_in(app, client, card.holder)
    page = text_of(client.get("/cards"))
    for shown in ("欧阳䶮", card.number, card.valid_until.isoformat(), check_code(card.nonce)):
        assert shown in page
    assert "gcard-active" in page
    assert f"/cards/{card.card_id}/photo" in page
    assert f"/cards/{card.card_id}/card.pdf" in page
    assert "data:image/svg+xml" in page
    assert "gcard-sample" in page, "a card under example rules says so"


@pytest.mark.parametrize("state", [CardState.SUSPENDED, CardState.CANCELLED, CardState.EXPIRED])
def test_a_card_out_of_use_shows_no_code_and_no_download(app, client, state):
    card = make_card_in(app, state)
    sign_in(app, client, card.holder)
    page = text_of(client.get("/cards"))
    assert f"gcard-{state.value}" in page
    assert "data:image/svg+xml" not in page
    assert "card.pdf" not in page
    assert "/loss" not in page
    assert client.get(f"/cards/{card.card_id}/card.pdf").status_code == 409


def test_a_replaced_card_stands_below_the_one_in_force(app, client):
    card = make_card_in(app, CardState.REPLACED)
    sign_in(app, client, card.holder)
    page = text_of(client.get("/cards"))
    assert page.index("gcard-active") < page.index('id="earlier"') < page.index(card.number)
    assert check_code(card.nonce) not in page


def test_the_holder_reports_a_loss_and_the_code_is_dead_at_once(app, client):
    card = make_card(app)
    sign_in(app, client, card.holder)
    page = text_of(client.get("/cards"))
    version = re.search(r'name="version" type="hidden" value="(\d+)"', page).group(1)
    answer = client.post(f"/cards/{card.card_id}/loss", data=sent(version=version))
    assert (answer.status_code, answer.location) == (303, "/cards")
    assert "gcard-suspended" in text_of(client.get("/cards"))
    assert "check-suspended" in text_of(client.get(f"/v/{card.nonce}"))
    with app.app_context():
        event = db.session.execute(
            select(CardEvent).where(CardEvent.action == CardAction.REPORT_LOSS)
        ).scalar_one()
        assert event.actor_account_id == card.holder.account_id
        assert event.acting_as == "applicant"
        assert card_row(card.card_id).suspension_reason is SuspensionReason.LOSS


def test_a_second_click_and_a_second_report_change_nothing(app, client):
    card = make_card(app)
    sign_in(app, client, card.holder)
    form = sent(version="1")
    first = client.post(f"/cards/{card.card_id}/loss", data=form)
    again = client.post(f"/cards/{card.card_id}/loss", data=form)
    assert (first.status_code, again.status_code) == (303, 303)
    assert client.post(f"/cards/{card.card_id}/loss", data=sent()).status_code == 409
    with app.app_context():
        actions = db.session.execute(select(CardEvent.action)).scalars().all()
        assert sorted(actions) == [CardAction.ISSUE, CardAction.REPORT_LOSS]


def test_a_stale_page_is_told(app, client):
    card = make_card(app)
    sign_in(app, client, card.holder)
    suspend_for(app, card, SuspensionReason.INQUIRY)
    answer = client.post(f"/cards/{card.card_id}/loss", data=sent(version="1"))
    assert answer.status_code == 409
    with app.app_context():
        assert card_row(card.card_id).suspension_reason is SuspensionReason.INQUIRY


@pytest.mark.parametrize("who", ["stranger", "nobody"])
def test_another_persons_card_does_not_exist(app, client, who):
    card = make_card(app)
    other = someone(app, "单晓曾", has_person=who == "stranger")
    sign_in(app, client, other)
    base = f"/cards/{card.card_id}"
    assert client.get(f"{base}/card.pdf").status_code == 404
    assert client.get(f"{base}/photo").status_code == 404
    assert client.post(f"{base}/loss", data=sent(version="1")).status_code == 404
    assert card.number not in text_of(client.get("/cards"))
    with app.app_context():
        assert card_row(card.card_id).state is CardState.ACTIVE


def test_a_visitor_is_asked_to_sign_in(app, client):
    card = make_card(app)
    for path in ("/cards", f"/cards/{card.card_id}/card.pdf", f"/cards/{card.card_id}/photo"):
        answer = client.get(path)
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in")
    assert client.post(f"/cards/{card.card_id}/loss", data=sent()).status_code == 303
    with app.app_context():
        assert card_row(card.card_id).state is CardState.ACTIVE


def test_the_printed_card_scans_to_the_page_that_says_valid(app, client):
    card = make_card(app, "欧阳䶮𠮷")
    sign_in(app, client, card.holder)
    answer = client.get(f"/cards/{card.card_id}/card.pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={card.number}.pdf"
    pages = pypdfium2.PdfDocument(io.BytesIO(answer.data))
    assert "欧阳䶮𠮷" in pages[0].get_textpage().get_text_range()
    scanned = zxingcpp.read_barcodes(pages[0].render(scale=300 / 72).to_pil())
    assert [code.text for code in scanned] == [f"http://localhost/v/{card.nonce}"]
    checked = client.get(scanned[0].text.removeprefix("http://localhost"))
    assert "check-active" in text_of(checked)


def test_a_name_no_font_has_is_refused_in_words(app, client):
    # U+30000, the first ideograph of plane 3, for which hardly a font has a glyph.
    card = make_card(app, "欧阳\U00030000")
    sign_in(app, client, card.holder)
    answer = client.get(f"/cards/{card.card_id}/card.pdf")
    assert answer.status_code == 409
    assert "U+30000" in text_of(answer)
    assert answer.mimetype == "text/html"
    # The card itself is as good as any other.
    assert "check-active" in text_of(client.get(f"/v/{card.nonce}"))


def test_a_photo_that_is_not_checked_is_not_shown_and_not_printed(app, client):
    card = make_card(app)
    with app.app_context():
        stored = db.session.get(StoredFile, card_row(card.card_id).photo_file_id)
        stored.scan_state = ScanState.WAITING
        db.session.commit()
    sign_in(app, client, card.holder)
    assert "/photo" not in text_of(client.get("/cards"))
    assert client.get(f"/cards/{card.card_id}/photo").status_code == 409
    assert client.get(f"/cards/{card.card_id}/card.pdf").status_code == 409


def test_a_card_without_photo_is_printed_without(app, client):
    card = make_card(app, has_portrait=False)
    sign_in(app, client, card.holder)
    assert client.get(f"/cards/{card.card_id}/photo").status_code == 404
    assert client.get(f"/cards/{card.card_id}/card.pdf").status_code == 200


def test_the_photo_is_a_picture_we_drew(app, client):
    card = make_card(app)
    sign_in(app, client, card.holder)
    answer = client.get(f"/cards/{card.card_id}/photo")
    assert answer.mimetype == "image/png"
    assert answer.data.startswith(b"\x89PNG")


def test_the_page_costs_the_same_for_one_card_or_three(app, client):
    one = make_card(app)
    sign_in(app, client, one.holder)
    with statements(app) as few:
        client.get("/cards")
    other = make_card_in(app, CardState.REPLACED, "单晓曾")
    sign_in(app, client, other.holder)
    with statements(app) as many:
        client.get("/cards")
    # The sign-in, its roles and employers, the cards, their events, the photo.
    assert len(_selects(many)) == len(_selects(few)) <= 7


def test_hundreds_of_cards_are_paged_and_cost_what_one_costs(app, client):
    card = make_card(app)
    with app.app_context(), unit_of_work():
        db.session.execute(
            text(
                "INSERT INTO card (id, number, tier, person_id, application_id, state,"
                " cancellation_reason, valid_from, valid_until, nonce, key_id, status_index,"
                " issued_at, version) SELECT gen_random_uuid(), 'GXC-OLD-' || n, tier, person_id,"
                " application_id, 'cancelled', 'voluntary', valid_from, valid_until, 'old-' || n,"
                " key_id, 1000000 + n, issued_at - n * interval '1 hour', 1"
                " FROM card, generate_series(1, 120) n WHERE id = :id"
            ),
            {"id": card.card_id},
        )
    sign_in(app, client, card.holder)
    client.get("/cards")
    seen, href, pages = [], "/cards", 0
    while href:
        with statements(app) as asked:
            page = text_of(client.get(href))
        # The sign-in with its roles and employers, the card, its photo, a page of others, all events.
        assert len(_selects(asked)) == 6, asked
        assert card.number in page
        seen += re.findall(r"GXC-OLD-\d+", page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        href, pages = (unescape(found[1]) if found else ""), pages + 1
    assert pages == 12
    assert list(dict.fromkeys(seen)) == [f"GXC-OLD-{n}" for n in range(1, 121)]


def _selects(seen: list[str]) -> list[str]:
    return [statement for statement in seen if statement.startswith("SELECT")]


def test_in_english_nothing_chinese_is_left_but_names(app, client):
    card = make_card(app, "Amara Okafor")
    sign_in(app, client, card.holder)
    client.set_cookie("language", "en")
    page = text_of(client.get("/cards"))
    main = page[page.index("<main") : page.index("</main>")].replace("河北示例生物科技有限公司", "")
    assert re.findall(r"[\u4e00-\u9fff]+", main) == []
