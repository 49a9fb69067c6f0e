"""Cards at the desk: found, opened on the record, and moved step by step with a reason."""

import re

import pytest
from sqlalchemy import select

from talentsvc.access.roles import Role
from talentsvc.audit.models import AccessLog
from talentsvc.audit.terms import LookKind, SubjectKind
from talentsvc.cards.models import Card, CardEvent
from talentsvc.cards.rules.transitions import CARD_TRANSITIONS
from talentsvc.cards.terms import (
    CancellationReason,
    CardAction,
    CardState,
    SuspensionReason,
)
from talentsvc.extensions.database import db
from tests.cards.card.holders import (
    REASON,
    card_row,
    decider,
    make_card,
    make_card_in,
    suspend_for,
)
from tests.cards.world import free_number, make_officer, make_verified_employer
from tests.people.world import sent, sign_in, someone, statements

PAGES = {
    CardAction.REPORT_LOSS: "report-loss",
    CardAction.SUSPEND: "suspend",
    CardAction.REINSTATE: "reinstate",
    CardAction.REPLACE: "replace",
    CardAction.CANCEL: "cancel",
}
FILLED = {
    CardAction.SUSPEND: {"suspension": "inquiry", "reason": REASON},
    CardAction.REINSTATE: {"reason": REASON},
    CardAction.CANCEL: {"cancellation": "left_zone", "reason": REASON},
}
PAIRS = [(state, action) for state in CardState for action in PAGES]


@pytest.fixture
def clerk(app, client):
    who = make_officer(app)
    sign_in(app, client, who)
    return who


def text_of(answer) -> str:
    return answer.get_data(as_text=True)


def step_path(card, action) -> str:
    return f"/desk/cards/{card.card_id}/{PAGES[action]}"


def version_of(app, card) -> int:
    with app.app_context():
        return card_row(card.card_id).version


def post_step(app, client, card, action, **changed):
    values = {"version": version_of(app, card), **FILLED.get(action, {}), **changed}
    return client.post(step_path(card, action), data=sent(**values))


def names_in(page: str) -> list[str]:
    return re.findall(r"<tr data-row>\s*<td[^>]*><a [^>]*><b>([^<]+)</b>", page)


# ---- the list -------------------------------------------------------------------------------------


def test_the_list_shows_cards_by_their_state_of_today(app, client, clerk):
    company = make_verified_employer(app)
    make_card(app, "欧阳䶮", company=company)
    make_card(app, "单晓曾", company=company, ends_in_days=-1)
    make_card(app, "查理", company=company, ends_in_days=30)
    found = {
        state: names_in(text_of(client.get(f"/desk/cards?state={state}")))
        for state in ("active", "expired", "expiring", "cancelled", "nonsense")
    }
    assert found["active"] == ["查理", "欧阳䶮"], "the nearest end first"
    assert found["expired"] == ["单晓曾"], "though no sweep has written it down"
    assert found["expiring"] == ["查理"]
    assert found["cancelled"] == []
    assert sorted(found["nonsense"]) == sorted(["欧阳䶮", "单晓曾", "查理"])


def test_a_card_is_found_by_what_people_have_in_hand(app, client, clerk):
    number = free_number()
    company = make_verified_employer(app)
    card = make_card(app, company=company, holder=someone(app, "欧阳䶮", document_number=number))
    make_card(app, "单晓曾", company=company)
    with app.app_context():
        reference = db.session.get(Card, card.card_id).application_id
    assert reference == card.application_id
    for asked in ("欧阳", "ouyang", "oy", card.number, card.number.lower(), number):
        page = text_of(client.get("/desk/cards", query_string={"q": asked}))
        assert names_in(page) == ["欧阳䶮"], asked
    for asked in (
        "\0",
        "%",
        "' OR 1=1",
        "无此人",
        "GXC-2026-999999-0",
        "GXH-2026-00001-9",
        "130102199003071234",
    ):
        assert names_in(text_of(client.get("/desk/cards", query_string={"q": asked}))) == []


def test_paging_visits_every_card_once(app, client, clerk, monkeypatch):
    monkeypatch.setattr("talentsvc.cards.queries.cards.PAGE_SIZE", 2)
    company = make_verified_employer(app)
    names = ["欧阳一", "欧阳二", "欧阳三", "欧阳四", "欧阳五"]
    for name in names:
        make_card(app, name, company=company)
    seen, path = [], "/desk/cards?state=active"
    while path:
        page = text_of(client.get(path))
        seen += names_in(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following.group(1).replace("&amp;", "&") if following else None
    assert sorted(seen) == sorted(names)


def test_a_forged_cursor_is_refused(client, clerk):
    assert client.get("/desk/cards?cursor=nonsense").status_code == 422


def test_the_list_costs_two_queries_however_long_it_is(app, client, clerk):
    company = make_verified_employer(app)
    costs = []
    for count in (1, 3):
        for _ in range(count):
            make_card(app, company=company)
        for path in ("/desk/cards", "/desk/cards?q=欧阳"):
            with statements(app) as seen:
                client.get(path)
            about = [s for s in seen if s.startswith("SELECT") and "sign_in" not in s]
            costs.append(len([s for s in about if "FROM role_grant" not in s]))
    # One for the list, one more for a search; the employers somebody acts for are asked by the frame.
    assert costs == [2, 3, 2, 3]


# ---- the page --------------------------------------------------------------------------------------


def test_opening_a_card_its_photo_and_its_paper_is_written_down(app, client, clerk):
    card = make_card(app)
    base = f"/desk/cards/{card.card_id}"
    assert "欧阳䶮" in text_of(client.get(base))
    assert client.get(f"{base}/photo").mimetype == "image/png"
    assert client.get(f"{base}/card.pdf").mimetype == "application/pdf"
    with app.app_context():
        looks = db.session.execute(select(AccessLog).order_by(AccessLog.at)).scalars().all()
        assert [(look.kind, look.detail) for look in looks] == [
            (LookKind.RECORD, "card"),
            (LookKind.FILE, "photo"),
            (LookKind.FILE, "pdf"),
        ]
        assert {(look.subject_kind, look.subject_id, look.acting_as) for look in looks} == {
            (SubjectKind.CARD, card.card_id, "clerk")
        }


def test_the_page_shows_no_document_number(app, client, clerk):
    number = free_number()
    card = make_card(app, holder=someone(app, "欧阳䶮", document_number=number))
    page = text_of(client.get(f"/desk/cards/{card.card_id}"))
    assert number not in page
    assert number[:3] + "*" * 13 + number[-2:] in page


def test_the_page_names_the_characters_that_no_font_has(app, client, clerk):
    card = make_card(app, "欧阳\U00030000")
    page = text_of(client.get(f"/desk/cards/{card.card_id}"))
    assert "U+30000" in page
    assert "card.pdf" not in page
    assert client.get(f"/desk/cards/{card.card_id}/card.pdf").status_code == 409


@pytest.mark.parametrize("state", list(CardState))
def test_only_possible_steps_are_offered(app, client, clerk, state):
    card = make_card_in(app, state)
    page = text_of(client.get(f"/desk/cards/{card.card_id}"))
    offered = {action for action, path in PAGES.items() if f"{card.card_id}/{path}" in page}
    assert offered == {a for a in CARD_TRANSITIONS.actions_from(state) if a in PAGES}


def test_a_replaced_card_and_its_new_one_lead_to_each_other(app, client, clerk):
    card = make_card(app)
    answer = post_step(app, client, card, CardAction.REPLACE)
    new_path = answer.location
    assert new_path != f"/desk/cards/{card.card_id}"
    assert f'href="/desk/cards/{card.card_id}"' in text_of(client.get(new_path))
    assert f'href="{new_path}"' in text_of(client.get(f"/desk/cards/{card.card_id}"))


# ---- the steps -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "action"), PAIRS)
def test_a_direct_post_takes_exactly_the_steps_of_the_table(app, client, clerk, state, action):
    card = make_card_in(app, state)
    before = version_of(app, card)
    answer = post_step(app, client, card, action)
    with app.app_context():
        row = card_row(card.card_id)
        if CARD_TRANSITIONS.allows(state, action):
            assert answer.status_code == 303
            assert row.state is CARD_TRANSITIONS.target(state, action)
        else:
            assert answer.status_code == 409
            assert row.version == before


def test_the_old_code_is_dead_the_moment_a_card_is_replaced(app, client, clerk):
    card = make_card(app)
    post_step(app, client, card, CardAction.REPORT_LOSS)
    assert "check-suspended" in text_of(client.get(f"/v/{card.nonce}"))
    post_step(app, client, card, CardAction.REPLACE)
    assert "check-replaced" in text_of(client.get(f"/v/{card.nonce}"))
    with app.app_context():
        new = db.session.execute(select(Card).where(Card.replaces_id == card.card_id)).scalar_one()
        nonce, last_day = new.nonce, new.valid_until
    assert last_day == card.valid_until
    assert "check-active" in text_of(client.get(f"/v/{nonce}"))


@pytest.mark.parametrize("action", list(PAGES))
def test_a_stale_page_is_told_and_overwrites_nothing(app, client, clerk, action):
    card = make_card(app)
    version = version_of(app, card)
    suspend_for(app, card, SuspensionReason.LOSS)
    answer = post_step(app, client, card, action, version=version)
    assert answer.status_code == 409
    with app.app_context():
        assert card_row(card.card_id).state is CardState.SUSPENDED


@pytest.mark.parametrize("action", [CardAction.SUSPEND, CardAction.REINSTATE, CardAction.CANCEL])
def test_without_a_reason_the_form_comes_back_with_what_was_typed(app, client, clerk, action):
    state = CardState.SUSPENDED if action is CardAction.REINSTATE else CardState.ACTIVE
    card = make_card_in(app, state)
    answer = post_step(app, client, card, action, reason="")
    page = text_of(answer)
    assert answer.status_code == 422
    assert "error-summary" in page
    if action is CardAction.CANCEL:
        assert 'selected value="left_zone"' in page
    with app.app_context():
        assert card_row(card.card_id).state is state


def test_a_double_click_replaces_once(app, client, clerk):
    card = make_card(app)
    form = sent(version=version_of(app, card))
    first = client.post(step_path(card, CardAction.REPLACE), data=form)
    again = client.post(step_path(card, CardAction.REPLACE), data=form)
    assert first.location == again.location
    with app.app_context():
        assert db.session.query(Card).count() == 2


def test_a_get_changes_nothing(app, client, clerk):
    card = make_card(app)
    for action in PAGES:
        assert client.get(step_path(card, action)).status_code == 200
    with app.app_context():
        assert db.session.query(CardEvent).count() == 1
        assert card_row(card.card_id).version == 1


# ---- who may ---------------------------------------------------------------------------------------


def test_a_clerk_cannot_revoke_and_a_decider_can(app, client, clerk):
    card = make_card(app)
    refused = post_step(
        app, client, card, CardAction.CANCEL, cancellation=CancellationReason.REVOKED.value
    )
    assert refused.status_code == 422
    assert 'value="revoked"' not in text_of(client.get(step_path(card, CardAction.CANCEL)))
    sign_in(app, client, decider(app))
    taken = post_step(
        app, client, card, CardAction.CANCEL, cancellation=CancellationReason.REVOKED.value
    )
    assert taken.status_code == 303
    with app.app_context():
        event = db.session.execute(
            select(CardEvent).where(CardEvent.action == CardAction.CANCEL)
        ).scalar_one()
        assert (event.acting_as, event.reason) == ("decider", REASON)
        assert card_row(card.card_id).cancellation_reason is CancellationReason.REVOKED


def test_a_decider_does_no_window_work(app, client):
    card = make_card(app)
    sign_in(app, client, decider(app))
    page = text_of(client.get(f"/desk/cards/{card.card_id}"))
    for action in PAGES:
        is_open = action is CardAction.CANCEL
        assert (f"{card.card_id}/{PAGES[action]}" in page) is is_open
        if not is_open:
            assert client.get(step_path(card, action)).status_code == 403
            assert post_step(app, client, card, action).status_code == 403


@pytest.mark.parametrize(
    ("role", "status"), [(Role.REVIEWER, 403), (Role.AUDIT_ADMIN, 403), (None, 403)]
)
def test_nobody_else_moves_a_card(app, client, role, status):
    card = make_card(app)
    who = make_officer(app, role, "旁人") if role else someone(app, "旁人")
    sign_in(app, client, who)
    for action in PAGES:
        assert client.get(step_path(card, action)).status_code == status
        assert post_step(app, client, card, action).status_code == status
    assert client.get(f"/desk/cards/{card.card_id}/card.pdf").status_code == status
    with app.app_context():
        assert card_row(card.card_id).state is CardState.ACTIVE


def test_a_reviewer_reads_and_is_offered_nothing(app, client):
    card = make_card(app)
    sign_in(app, client, make_officer(app, Role.REVIEWER, "李初审"))
    page = text_of(client.get(f"/desk/cards/{card.card_id}"))
    assert card.number in page
    assert not [path for path in PAGES.values() if f"{card.card_id}/{path}" in page]


def test_administrators_read_no_cards(app, client):
    card = make_card(app)
    sign_in(app, client, make_officer(app, Role.SYSTEM_ADMIN, "赵管理"))
    assert client.get("/desk/cards").status_code == 403
    assert client.get(f"/desk/cards/{card.card_id}").status_code == 403


def test_ones_own_card_is_another_officers_work(app, client, clerk):
    card = make_card(app, holder=clerk)
    page = text_of(client.get(f"/desk/cards/{card.card_id}"))
    assert not [path for path in PAGES.values() if f"{card.card_id}/{path}" in page]
    assert post_step(app, client, card, CardAction.REPLACE).status_code == 403


def test_a_card_that_is_not_there(client, clerk):
    nowhere = "00000000-0000-7000-8000-000000000000"
    for path in ("", "/photo", "/card.pdf", "/suspend"):
        assert client.get(f"/desk/cards/{nowhere}{path}").status_code == 404


def test_in_english_nothing_chinese_is_left_but_names(app, client, clerk):
    card = make_card(app, "Amara Okafor")
    client.set_cookie("language", "en")
    names = re.compile("陈窗口|河北示例生物科技有限公司")
    for path in ("/desk/cards", f"/desk/cards/{card.card_id}", step_path(card, CardAction.CANCEL)):
        page = text_of(client.get(path))
        main = names.sub("", page[page.index("<main") : page.index("</main>")])
        assert re.findall(r"[\u4e00-\u9fff]+", main) == [], path
