"""Guests are invited at the desk, answer behind a button, and only they may register."""

import re

import pytest
from sqlalchemy import select

from talentsvc.access.roles import Role
from talentsvc.events.models import EventInvitation, FairSession
from talentsvc.events.terms.visit import InvitationState
from talentsvc.extensions.database import db
from talentsvc.notices.models import Notice
from talentsvc.notices.rendering import render_notice
from tests.events.visits.world import salon
from tests.people.world import officer, sent, sign_in, someone

GUESTS = "欧阳䶮, ouyang@example.cn\nAda Byron，ada@example.com\n"


@pytest.fixture
def session_id(app):
    return salon(app, {"is_invitation_only": True})


@pytest.fixture
def event_id(app, session_id):
    with app.app_context():
        return db.session.get_one(FairSession, session_id).event_id


@pytest.fixture
def desk(app):
    return sign_in(app, app.test_client(), officer(app, Role.EVENTS_OFFICER, "林汐"))


def links(app):
    """The links in the messages, in the order of sending."""
    with app.app_context():
        rows = db.session.execute(
            select(Notice).where(Notice.kind == "event_invitation").order_by(Notice.id)
        ).scalars()
        texts = [render_notice(row).text for row in rows]
    return [re.search(r"/events/invitations/\S+", body)[0] for body in texts]


def states(app):
    with app.app_context():
        found = select(EventInvitation.state).order_by(EventInvitation.id)
        return list(db.session.execute(found).scalars())


def test_guests_are_invited_once_and_their_addresses_rest_sealed(app, desk, event_id):
    path = f"/desk/events/{event_id}/invitations"
    assert desk.post(path, data=sent(guests=GUESTS, language="zh")).status_code == 303
    assert desk.post(path, data=sent(guests=GUESTS, language="zh")).status_code == 303
    assert len(links(app)) == 2
    page = desk.get(path).get_data(as_text=True)
    assert "欧阳䶮" in page
    assert "ouyang@example.cn" not in page
    with app.app_context():
        for row in db.session.execute(select(EventInvitation)).scalars():
            assert b"example" not in row.email_sealed


def test_wrong_lines_are_named_and_nothing_typed_is_lost(app, desk, event_id):
    typed = "欧阳䶮, ouyang@example.cn\n没有地址的人\n"
    answer = desk.post(
        f"/desk/events/{event_id}/invitations", data=sent(guests=typed, language="zh")
    )
    assert answer.status_code == 422
    body = answer.get_data(as_text=True)
    assert "第 2 行" in body
    assert "没有地址的人" in body
    assert states(app) == []


def test_opening_the_link_changes_nothing_and_a_yes_opens_the_door(app, desk, event_id, session_id):
    desk.post(f"/desk/events/{event_id}/invitations", data=sent(guests=GUESTS, language="zh"))
    first, second = links(app)
    guest = sign_in(app, app.test_client(), someone(app, "欧阳䶮"))
    assert guest.get(first).status_code == 200
    assert states(app) == [InvitationState.SENT] * 2
    closed = guest.post(f"/events/sessions/{session_id}/visit", data=sent())
    assert closed.status_code == 422
    assert guest.post(f"{first}/accept", data=sent()).status_code == 303
    assert guest.post(f"{first}/accept", data=sent()).status_code == 409
    assert guest.post(f"/events/sessions/{session_id}/visit", data=sent()).status_code == 303
    stranger = app.test_client()
    asked = stranger.post(f"{second}/accept", data=sent())
    assert "/sign-in" in asked.location
    assert stranger.post(f"{second}/decline", data=sent()).status_code == 303
    assert states(app) == [InvitationState.ACCEPTED, InvitationState.DECLINED]
    assert stranger.get("/events/invitations/no-such-token").status_code == 404
