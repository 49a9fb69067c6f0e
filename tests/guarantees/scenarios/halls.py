"""Halls and booths: each way in which they change."""

from dataclasses import replace
from uuid import UUID

from talentsvc.access.roles import Role
from talentsvc.core.clock import now
from talentsvc.events.actions.assign_booth import assign_booth
from talentsvc.events.actions.clear_booth import clear_booth
from talentsvc.events.actions.copy_hall_plan import copy_hall_plan
from talentsvc.events.actions.lock_booth import lock_booth
from talentsvc.events.actions.publish_hall_plan import publish_hall_plan
from talentsvc.events.actions.save_hall_plan import save_hall_plan
from talentsvc.events.actions.set_hall_picture import set_hall_picture
from talentsvc.events.actions.swap_booths import swap_booths
from talentsvc.events.models import FairSession
from talentsvc.events.queries.halls import Hall, booths_of, drawing_of, hall_of
from talentsvc.extensions.database import db
from tests.guarantees.ground import Ground
from tests.guarantees.scenarios.registry import scenario


def _key(ground: Ground, name: str) -> UUID:
    return UUID(ground.people.hall[name])


def _hall(ground: Ground, name: str) -> Hall:
    return hall_of(_key(ground, f"{name}_session"))


@scenario
def change_a_hall(ground: Ground) -> None:
    hall = _hall(ground, "quiet")
    drawing = drawing_of(hall.plan, booths_of(hall.plan))
    booths = tuple(
        replace(one, number=f"B{one.number[1:]}") for one in drawing.booths if one.number != "A03"
    )
    save_hall_plan(
        hall.session.id,
        replace(drawing, booths=booths),
        expected_version=hall.version,
        actor=ground.officer(Role.EVENTS_OFFICER),
        at=now(),
    )


@scenario
def copy_a_hall(ground: Ground) -> None:
    hall = _hall(ground, "quiet")
    session = FairSession(
        **{
            column.name: getattr(hall.session, column.name)
            for column in FairSession.__table__.columns
            if column.name not in ("id", "number", "code")
        },
        number=9,
        code="copied",
    )
    db.session.add(session)
    db.session.flush()
    copy_hall_plan(
        session.id,
        hall.session.id,
        expected_version=0,
        actor=ground.officer(Role.EVENTS_OFFICER),
        at=now(),
    )


@scenario
def take_the_picture_away(ground: Ground) -> None:
    hall = _hall(ground, "quiet")
    set_hall_picture(
        hall.session.id,
        None,
        expected_version=hall.version,
        actor=ground.officer(Role.EVENTS_OFFICER),
        at=now(),
    )


@scenario
def give_a_booth_by_hand_after_publishing(ground: Ground) -> None:
    assign_booth(
        _key(ground, "public_session"),
        _key(ground, "public_first"),
        _key(ground, "public_A03"),
        actor=ground.officer(Role.EVENTS_OFFICER),
        at=now(),
    )


@scenario
def swap_two_booths(ground: Ground) -> None:
    swap_booths(
        _key(ground, "public_session"),
        _key(ground, "public_first"),
        _key(ground, "public_second"),
        actor=ground.officer(Role.EVENTS_OFFICER),
        at=now(),
    )


@scenario
def let_a_company_move(ground: Ground) -> None:
    lock_booth(
        _key(ground, "quiet_session"),
        _key(ground, "quiet_first"),
        is_locked=False,
        actor=ground.officer(Role.EVENTS_OFFICER),
        at=now(),
    )


@scenario
def take_a_booth_back(ground: Ground) -> None:
    clear_booth(
        _key(ground, "public_session"),
        _key(ground, "public_first"),
        actor=ground.officer(Role.EVENTS_OFFICER),
        at=now(),
    )


@scenario
def publish_a_hall(ground: Ground) -> None:
    hall = _hall(ground, "quiet")
    publish_hall_plan(
        hall.session.id,
        expected_version=hall.version,
        accepts_left_out=False,
        actor=ground.officer(Role.EVENTS_OFFICER),
        at=now(),
    )
