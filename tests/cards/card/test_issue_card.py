"""From the end of the public notice to a card that verifies, by the clock alone."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from talentsvc.access.actor import CLOCK
from talentsvc.access.roles import Role
from talentsvc.cards.actions.approve_application import approve_application
from talentsvc.cards.actions.recommend import CriterionFinding, recommend
from talentsvc.cards.actions.sweep_cases import cases_with_due_steps, sweep_case
from talentsvc.cards.cardwork import note_card_event
from talentsvc.cards.models import Application, Card, CardEvent, Evidence, PublicNotice
from talentsvc.cards.numbering import new_card
from talentsvc.cards.reviewing import newest_evaluation
from talentsvc.cards.rules.cards import Validity
from talentsvc.cards.terms import (
    ActorClass,
    ApplicationState,
    CardAction,
    CardState,
    FindingOutcome,
)
from talentsvc.core.clock import end_of_day, local_date, now
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.models import Notice
from talentsvc.policy.terms import Tier
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskKind
from tests.cards.card.holders import REASON
from tests.cards.world import (
    MadeCase,
    acting,
    answers_for,
    free_number,
    make_accepted_case,
    make_officer,
    make_verified_employer,
)

BEGAN = timedelta(days=60)


def on_notice(app: Flask, name: str = "欧阳䶮") -> tuple[MadeCase, datetime]:
    """A case on public notice since long ago, and the moment the notice ended."""
    at = now() - BEGAN
    company = make_verified_employer(app)
    answers = answers_for(company, identity={"name": name, "document_number": free_number()})
    case = make_accepted_case(app, at=at, company=company, answers=answers)
    reviewer = make_officer(app, Role.REVIEWER, "李初审")
    with app.app_context(), unit_of_work():
        verdicts = newest_evaluation(case.application_id)["verdicts"]
        recommend(
            case.application_id,
            is_positive=True,
            reason=REASON,
            findings=[
                CriterionFinding(verdict["code"], FindingOutcome.MET, REASON)
                for verdict in verdicts
            ],
            actor=acting(reviewer, "reviewer"),
            at=at,
        )
    decider = make_officer(app, Role.DECIDER, "秦审定")
    with app.app_context(), unit_of_work():
        approve_application(
            case.application_id, reason=REASON, actor=acting(decider, "decider"), at=at
        )
    with app.app_context():
        return case, db.session.execute(select(PublicNotice.ends_at)).scalar_one()


def sweep(app: Flask, at: datetime) -> None:
    """What the worker does: each due case in a unit of work of its own."""
    with app.app_context():
        due = cases_with_due_steps(at, 10)
    for application_id in due:
        with app.app_context(), unit_of_work():
            sweep_case(application_id, at=at)


def test_the_card_is_issued_when_the_notice_ends_and_verifies(app: Flask) -> None:
    case, ends_at = on_notice(app)
    sweep(app, ends_at - timedelta(seconds=1))
    with app.app_context():
        assert db.session.query(Card).count() == 0
    # The worker was down for days: the card is dated when it fell due.
    sweep(app, ends_at + timedelta(days=3))
    with app.app_context():
        card = db.session.execute(select(Card)).scalar_one()
        application = db.session.get(Application, case.application_id)
        portrait = db.session.execute(
            select(Evidence.file_id).where(Evidence.item_code == "portrait")
        ).scalar_one()
        first_day = local_date(ends_at)
        assert application.state is ApplicationState.ISSUED
        assert (card.state, card.tier, card.issued_at) == (CardState.ACTIVE, Tier.C, ends_at)
        assert (card.valid_from, card.person_id) == (first_day, application.person_id)
        assert card.valid_until == first_day.replace(year=first_day.year + 5) - timedelta(days=1)
        assert card.photo_file_id == portrait
        assert card.number.startswith(f"GXC-{first_day.year}-")
        assert len(card.nonce) == 20
        event = db.session.execute(select(CardEvent)).scalar_one()
        assert (event.action, event.from_state, event.acting_as) == (
            CardAction.ISSUE,
            None,
            "clock",
        )
        assert event.actor_account_id is None
        told = db.session.execute(select(Notice.kind).where(Notice.kind == "card_issued")).all()
        assert len(told) == 2
        assert db.session.query(Task).count() == 0
        nonce = card.nonce
    page = app.test_client().get(f"/v/{nonce}").get_data(as_text=True)
    assert "check-active" in page


def test_a_second_sweep_issues_nothing_more(app: Flask) -> None:
    _, ends_at = on_notice(app)
    for _ in range(2):
        sweep(app, ends_at)
    with app.app_context():
        assert db.session.query(Card).count() == 1


def test_a_name_no_font_has_is_put_before_the_window(app: Flask) -> None:
    _, ends_at = on_notice(app, "欧阳\U00030000")
    sweep(app, ends_at)
    with app.app_context():
        card = db.session.execute(select(Card)).scalar_one()
        task = db.session.execute(select(Task)).scalar_one()
        assert card.state is CardState.ACTIVE, "the card is valid; only paper waits"
        assert (task.kind, task.subject_id, task.owner_role) == (
            TaskKind.CARD_GLYPHS,
            card.id,
            Role.CLERK.value,
        )
        assert task.due_at > now(), "not overdue before anybody could see it"
        # A rare character may tell who it is; the task's row holds none.
        assert task.params == {"number": card.number}


@pytest.mark.parametrize("days_over", [1, 400])
def test_an_ended_card_leaves_its_place_though_no_sweep_has_run(app: Flask, days_over: int) -> None:
    case, ends_at = on_notice(app)
    with app.app_context(), unit_of_work():
        application = db.session.get(Application, case.application_id)
        last_day = local_date(ends_at) - timedelta(days=days_over)
        former = new_card(
            tier=Tier.C,
            person_id=application.person_id,
            employer_id=None,
            application_id=application.id,
            photo_file_id=None,
            validity=Validity(last_day - timedelta(days=1825), last_day),
            at=ends_at - timedelta(days=2000),
        )
        note_card_event(
            former, CardAction.ISSUE, None, actor=CLOCK, actor_class=ActorClass.CLOCK, at=ends_at
        )
        former_id = former.id
    sweep(app, ends_at)
    with app.app_context():
        states = dict(db.session.execute(select(Card.id, Card.state)).all())
        assert states.pop(former_id) is CardState.EXPIRED
        assert list(states.values()) == [CardState.ACTIVE]
        expired = db.session.execute(
            select(CardEvent.at).where(CardEvent.action == CardAction.EXPIRE)
        ).scalar_one()
        assert expired == end_of_day(last_day)
