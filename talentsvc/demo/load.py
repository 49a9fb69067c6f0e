"""Loading the demonstration: the same people and cases each time, dated back from today."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from talentsvc.access.actor import SYSTEM
from talentsvc.access.roles import Role
from talentsvc.accounts.models import Account
from talentsvc.cards.actions.replace_card import replace_card
from talentsvc.cards.actions.report_loss import report_loss
from talentsvc.cards.models import Card
from talentsvc.cards.terms import ActorClass
from talentsvc.core.clock import local_date, now, start_of_day
from talentsvc.demo.courses import PLANS, draft, later
from talentsvc.demo.occasions import load_occasions
from talentsvc.demo.registering import load_registrations
from talentsvc.demo.script import new_applicant
from talentsvc.demo.world import World, correct, make_company, make_staff
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.policy.actions.store_rule_set import store_rule_set

COMPANIES = 12
CONTENT = Path(__file__).resolve().parent.parent / "policy" / "content" / "demo-2026.json"
#: Everything began this long ago: staff, companies, rules.
BEGINNING = timedelta(days=300)


def is_loaded() -> bool:
    """Whether there is anybody here already."""
    return db.session.execute(select(Account.id).limit(1)).scalar_one_or_none() is not None


def load_demo() -> World:
    """Make staff, companies and a case in every state, by the product's own actions."""
    began_at = start_of_day(local_date(now()) - BEGINNING) + timedelta(hours=9)
    with unit_of_work():
        store_rule_set(
            json.loads(CONTENT.read_text(encoding="utf-8")),
            is_active=True,
            actor=SYSTEM,
            at=began_at,
        )
    world = World()
    with unit_of_work():
        make_staff(world, began_at)
    for number in range(1, COMPANIES + 1):
        with unit_of_work():
            make_company(world, number, began_at)
    with unit_of_work():
        company = world.companies[3]
        correct(world, company, f"{company.employer.name}集团", now() - timedelta(hours=6))
    _take_courses(world)
    _begin_for_visitors(world)
    _past, today, coming, *_others = load_occasions(world)
    load_registrations(world, today, coming)
    return world


def _take_courses(world: World) -> None:
    number = 0
    today = start_of_day(local_date(now()))
    for plan in PLANS:
        for days_ago in plan.days_ago:
            number += 1
            at = office_hour(today, days_ago)
            who = new_applicant(
                world,
                number,
                category_code=plan.category_code,
                at=at,
                name="欧阳䶮" if number == 1 else "",
                demo_role="cardholder" if number == 1 else None,
            )
            plan.course(who, at)
    _lose_and_replace(world)


def office_hour(today: datetime, days_ago: int) -> datetime:
    """Half past nine, some days ago."""
    return today - timedelta(days=days_ago) + timedelta(hours=9, minutes=30)


def _lose_and_replace(world: World) -> None:
    """One lost card, and one that was replaced."""
    at = now() - timedelta(hours=5)
    cards = list(
        db.session.execute(select(Card).order_by(Card.issued_at).offset(1).limit(2)).scalars()
    )
    for position, card in enumerate(cards):
        with unit_of_work():
            clerk = world.officer(Role.CLERK, at)
            report_loss(card.id, actor=clerk, actor_class=ActorClass.CLERK, at=at)
        if position == 0:
            with unit_of_work():
                replace_card(card.id, actor=world.officer(Role.CLERK, at), at=later(at, 0, 1))


def _begin_for_visitors(world: World) -> None:
    """The applicant behind the demo button: a draft, ready to be finished."""
    at = now() - timedelta(hours=2)
    who = new_applicant(
        world, 900, category_code="full_time_bachelor", at=at, name="单晓曾", demo_role="applicant"
    )
    draft(who, at)
