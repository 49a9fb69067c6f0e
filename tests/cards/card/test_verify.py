"""A stranger scans a card: its state now, and the least that answers the question."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from talentsvc import create_app
from talentsvc.cards.models import Card, CardEvent
from talentsvc.cards.printing.codes import check_code
from talentsvc.cards.terms import CardState
from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.extensions.guards import limiter
from talentsvc.settings import Environment
from tests.cards.card.holders import card_row, make_card, make_card_in
from tests.people.world import sent, statements

HEADLINES = {
    CardState.ACTIVE: "check-active",
    CardState.SUSPENDED: "check-suspended",
    CardState.REPLACED: "check-replaced",
    CardState.CANCELLED: "check-cancelled",
    CardState.EXPIRED: "check-expired",
}


@pytest.mark.parametrize("state", list(CardState))
def test_the_page_says_the_state_as_of_now(
    app: Flask, client: FlaskClient, state: CardState
) -> None:
    card = make_card_in(app, state)
    answer = client.get(f"/v/{card.nonce}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert f'class="check {HEADLINES[state]}"' in page
    assert [other for other in HEADLINES.values() if f"check {other}" in page] == [HEADLINES[state]]
    assert card.number in page
    assert card.valid_until.isoformat() in page
    assert f'datetime="{now().date().isoformat()[:8]}' in page


def test_a_stranger_sees_the_least(app: Flask, client: FlaskClient) -> None:
    card = make_card(app, "欧阳䶮")
    page = client.get(f"/v/{card.nonce}").get_data(as_text=True)
    assert "欧**" in page
    for hidden in ("欧阳", "䶮", "示例生物", "photo", str(card.card_id), str(card.application_id)):
        assert hidden not in page


def test_an_ended_card_is_expired_though_no_job_has_written_it_down(
    app: Flask, client: FlaskClient
) -> None:
    card = make_card(app, ends_in_days=-1)
    assert "check-expired" in client.get(f"/v/{card.nonce}").get_data(as_text=True)
    with app.app_context():
        assert card_row(card.card_id).state is CardState.ACTIVE


def test_the_last_day_itself_is_in_force(app: Flask, client: FlaskClient) -> None:
    card = make_card(app, ends_in_days=0)
    assert "check-active" in client.get(f"/v/{card.nonce}").get_data(as_text=True)


def test_an_unknown_code_is_not_a_card_of_ours(app: Flask, client: FlaskClient) -> None:
    card = make_card(app)
    for wrong in ("0" * 20, card.nonce[:-1], card.number, "%00", "x" * 3000):
        answer = client.get(f"/v/{wrong}")
        assert answer.status_code == 404
        assert "check-unknown" in answer.get_data(as_text=True)


def test_a_code_copied_by_hand_still_opens(app: Flask, client: FlaskClient) -> None:
    card = make_card(app)
    typed = check_code(card.nonce).lower().replace("1", "l").replace("0", "o")
    assert client.get(f"/v/{typed}").status_code == 200


def test_checking_reads_one_row_and_writes_nothing(app: Flask, client: FlaskClient) -> None:
    card = make_card(app)
    with statements(app) as seen:
        client.get(f"/v/{card.nonce}")
    assert len([s for s in seen if s.startswith("SELECT")]) == 1
    assert not [s for s in seen if s.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_the_typed_code_leads_to_the_same_page(app: Flask, client: FlaskClient) -> None:
    card = make_card(app)
    for number in ("", card.number, card.number.lower().replace("-", " ")):
        answer = client.post("/verify", data=sent(code=check_code(card.nonce), number=number))
        assert (answer.status_code, answer.location) == (303, f"/v/{card.nonce}")


@pytest.mark.parametrize("code", ["", "0000-0000-0000-0000-0000"])
def test_a_number_alone_opens_nothing(app: Flask, client: FlaskClient, code: str) -> None:
    card = make_card(app)
    answer = client.post("/verify", data=sent(code=code, number=card.number))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'value="{card.number}"' in page
    assert "欧" not in page.split("<main", 1)[1]


def test_another_cards_number_is_as_wrong_as_no_code(app: Flask, client: FlaskClient) -> None:
    card, other = make_card(app), make_card(app, "单晓曾")
    for number in (other.number, "GXS-2026-00318-2", "???"):
        answer = client.post("/verify", data=sent(code=card.nonce, number=number))
        assert answer.status_code == 422


def test_scanning_in_bulk_is_slowed_down(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests run without limits; this one builds the application as it is served.
    card = make_card(app)
    monkeypatch.setattr(limiter, "enabled", True)
    served = create_app(replace(app.config["SETTINGS"], environment=Environment.DEMO))
    visitor = served.test_client()
    answers = [visitor.get(f"/v/{card.nonce}").status_code for _ in range(125)]
    assert answers == [200] * 120 + [429] * 5


def test_search_engines_are_asked_to_stay_away(app: Flask, client: FlaskClient) -> None:
    card = make_card(app)
    answer = client.get(f"/v/{card.nonce}")
    assert '<meta name="robots" content="noindex">' in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_example_card_says_so_everywhere(app: Flask, client: FlaskClient) -> None:
    card = make_card(app)
    client.set_cookie("language", "en")
    page = client.get(f"/v/{card.nonce}").get_data(as_text=True)
    assert "Example policy" in page


def test_the_events_of_a_card_stay_as_they_were(app: Flask, client: FlaskClient) -> None:
    card = make_card(app)
    client.get(f"/v/{card.nonce}")
    with app.app_context():
        assert db.session.query(CardEvent).filter_by(card_id=card.card_id).count() == 1
        assert db.session.query(Card).count() == 1
