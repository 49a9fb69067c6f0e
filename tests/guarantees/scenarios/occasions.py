"""Everything that staff do with events and sessions."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from talentsvc.access.roles import Role
from talentsvc.core.clock import now
from talentsvc.events.actions.add_session import add_session
from talentsvc.events.actions.cancel_event import cancel_event
from talentsvc.events.actions.cancel_session import cancel_session
from talentsvc.events.actions.copy_event import copy_event
from talentsvc.events.actions.create_event import create_event
from talentsvc.events.actions.edit_event import edit_event
from talentsvc.events.actions.edit_session import edit_session
from talentsvc.events.actions.publish_event import publish_event
from talentsvc.events.eventwork import details_of, details_of_session
from tests.guarantees.ground import Ground
from tests.guarantees.scenarios.registry import scenario
from tests.guarantees.visits_ground import event_of, session_of

REASON = "场馆临时停用，本次不再举办。"


def _officer(ground: Ground):
    return ground.officer(Role.EVENTS_OFFICER)


@scenario
def enter(ground: Ground) -> None:
    create_event(details_of(event_of(ground.people)), actor=_officer(ground), at=now())


@scenario
def change(ground: Ground) -> None:
    event = event_of(ground.people)
    details = replace(details_of(event), title_zh="换个题目")
    edit_event(event.id, details, expected_version=event.version, actor=_officer(ground), at=now())


@scenario
def show_to_the_public(ground: Ground) -> None:
    event_id = UUID(ground.people.made["draft event"])
    publish_event(event_id, expected_version=None, actor=_officer(ground), at=now())


@scenario
def call_off(ground: Ground) -> None:
    event = event_of(ground.people)
    cancel_event(event.id, reason=REASON, expected_version=None, actor=_officer(ground), at=now())


@scenario
def add_a_large_session(ground: Ground) -> None:
    """One that needs a permit, which becomes a task."""
    details = details_of_session(session_of(ground.people))
    later = timedelta(days=60)
    large = replace(
        details,
        starts_at=details.starts_at + later,
        ends_at=details.ends_at + later,
        expected_visitors=1500,
    )
    add_session(event_of(ground.people).id, large, actor=_officer(ground), at=now())


@scenario
def move_and_widen_a_session(ground: Ground) -> None:
    session = session_of(ground.people)
    details = replace(details_of_session(session), place_zh="二号厅", visitor_places=9)
    edit_session(session.id, details, expected_version=None, actor=_officer(ground), at=now())


@scenario
def call_off_a_session(ground: Ground) -> None:
    session = session_of(ground.people)
    cancel_session(
        session.id, reason=REASON, expected_version=None, actor=_officer(ground), at=now()
    )


@scenario
def copy(ground: Ground) -> None:
    day = date(2027, 3, 1)
    copy_event(event_of(ground.people).id, first_day=day, actor=_officer(ground), at=now())
