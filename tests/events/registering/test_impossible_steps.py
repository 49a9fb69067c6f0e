"""G2: whatever the table does not list is refused, pure and by direct POST, and nothing is written."""

from itertools import product

import pytest
from sqlalchemy import select, text, update

from talentsvc.access.roles import Role
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput, NotAllowedNow
from talentsvc.events.models import (
    FairRegistration,
    FairSession,
    RegistrationAttendee,
    RegistrationEvent,
)
from talentsvc.events.rules.transitions import (
    OVER_STATES,
    PLACE_BEFORE,
    REASON_REQUIRED,
    REGISTRATION_TRANSITIONS,
    next_registration_state,
)
from talentsvc.events.terms.registration import (
    AttendeeProof,
    PlaceState,
    RegistrationState,
    RegistrationStep,
)
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.events.registering.world import Exhibitor, open_fair, row
from tests.people.world import officer, sent, sign_in

_S, _A = RegistrationState, RegistrationStep
#: States in which a place must be held, and what else a row of each state needs.
_HOLDING = frozenset({_S.CONFIRMED, _S.CHECKED_IN, _S.RESULTS_REPORTED, _S.APPROVED})


@pytest.mark.parametrize(("state", "step"), list(product(_S, _A)))
def test_only_what_the_table_lists_is_possible(state, step):
    for place in PlaceState:
        is_listed = REGISTRATION_TRANSITIONS.allows(state, step)
        fits = place in PLACE_BEFORE.get(step, frozenset(PlaceState))
        if is_listed and fits:
            after, _place = next_registration_state(state, place, step, reason="原因")
            assert after is REGISTRATION_TRANSITIONS.target(state, step)
            if step in REASON_REQUIRED:
                with pytest.raises(InvalidInput):
                    next_registration_state(state, place, step, reason=" ")
        else:
            with pytest.raises(NotAllowedNow):
                next_registration_state(state, place, step, reason="原因")


@pytest.fixture
def who(app):
    return Exhibitor(app)


@pytest.fixture
def browsers(app, who):
    agent = sign_in(app, app.test_client(), who.agent)
    clerk = sign_in(app, app.test_client(), officer(app, Role.EVENTS_OFFICER, "林汐"))
    return {"agent": agent, "desk": clerk}


#: How each step is asked for: whose browser, where, what is typed; None where a page may always be sent.
FILLED = {
    "about": "从事生物医药研发。",
    "contact_name": "陈经办",
    "contact_phone": "13812345678",
    "booth_size_m2": "9",
    "booth_power_w": "500",
    "positions-0-title": "研发工程师",
    "positions-0-headcount": "3",
    "positions-0-education_level": "master",
}
OWN, DESK = "/employers/{employer}/registrations/{one}", "/desk/events/registrations/{one}"
AUDITED = {"findings-0-passed": "y", "findings-0-reason": "", "reason": "请修改。"}
WAYS = {
    _A.EDIT: ("agent", OWN, {**FILLED, "step": "save"}),
    _A.SUBMIT: ("agent", OWN, {**FILLED, "step": "file"}),
    _A.CONFIRM: ("agent", f"{OWN}/confirm", {"attendees": "陈经办,13812345678"}),
    _A.CANCEL: ("agent", f"{OWN}/withdraw", {}),
    _A.APPROVE: ("desk", f"{DESK}/audit", {**AUDITED, "step": "approve"}),
    _A.RETURN: ("desk", f"{DESK}/audit", {**AUDITED, "step": "return"}),
    _A.REJECT: ("desk", f"{DESK}/audit", {**AUDITED, "step": "reject"}),
}
#: Taken by the clock, by other steps, or at the door: no page asks for them.
NO_PAGE = frozenset(
    {
        _A.START,
        _A.CANCEL_LATE,
        _A.EXPIRE,
        _A.GIVE_PLACE,
        _A.QUEUE,
        _A.PROMOTE,
        _A.CHECK_IN,
        _A.RELEASE,
        _A.REPORT_RESULTS,
        _A.END_WITH_SESSION,
    }
)


def force(app, registration_id, session_id, state):
    """Put a registration into a state past the product, as far as the checks allow."""
    place = PlaceState.HELD if state in _HOLDING else PlaceState.NONE
    with app.app_context(), unit_of_work():
        db.session.execute(
            update(FairRegistration)
            .where(FairRegistration.id == registration_id)
            .values(
                state=state,
                place=place,
                queue_number=None,
                submitted_at=None if state is _S.DRAFT else now(),
            )
        )
        db.session.execute(
            update(FairSession)
            .where(FairSession.id == session_id)
            .values(places_taken=int(place is PlaceState.HELD))
        )


def written(app):
    with app.app_context():
        return len(db.session.execute(select(RegistrationEvent.id)).scalars().all())


def test_every_step_has_a_page_or_none_on_purpose():
    assert set(WAYS) | NO_PAGE == set(_A)
    assert not set(WAYS) & NO_PAGE


def test_a_direct_post_cannot_take_an_impossible_step(app, who, browsers):
    (session_id,) = open_fair(app)
    one = who.registers(session_id)
    tried = 0
    for state, (step, (browser, path, form)) in product(_S, WAYS.items()):
        if REGISTRATION_TRANSITIONS.allows(state, step):
            continue
        force(app, one, session_id, state)
        before, version = written(app), row(app, one).version
        answer = browsers[browser].post(
            path.format(employer=who.employer_id, one=one), data=sent(version=version, **form)
        )
        assert answer.status_code == 409, (state, step, answer.status_code)
        assert (row(app, one).state, written(app)) == (state, before), (state, step)
        tried += 1
    assert tried > 50


@pytest.mark.parametrize("state", sorted(set(_S) - {_S.DRAFT, _S.RETURNED}))
def test_templates_are_copied_into_what_is_being_filled_in_only(app, who, browsers, state):
    (session_id,) = open_fair(app)
    one = who.registers(session_id)
    force(app, one, session_id, state)
    path = OWN.format(employer=who.employer_id, one=one) + "/templates"
    for answer in (
        browsers["agent"].get(path),
        browsers["agent"].post(path, data=sent(version=row(app, one).version, notice="")),
    ):
        assert answer.status_code == 409


@pytest.mark.parametrize("state", sorted(set(_S) - {_S.CONFIRMED, _S.CHECKED_IN}))
def test_staff_is_judged_only_where_a_place_is_confirmed(app, who, browsers, state):
    (session_id,) = open_fair(app)
    one = who.registers(session_id)
    force(app, one, session_id, state)
    with app.app_context(), unit_of_work():
        db.session.add(
            RegistrationAttendee(
                registration_id=one, number=1, name="陈经办", proof=AttendeeProof.WAITING
            )
        )
    path = DESK.format(one=one) + "/attendees"
    answer = browsers["desk"].post(path, data=sent(number="1", answer="not_proved"))
    assert answer.status_code == 409
    with app.app_context():
        assert db.session.execute(select(RegistrationAttendee.proof)).scalar_one() is (
            AttendeeProof.WAITING
        )


def test_what_is_over_holds_no_place(app, who):
    (session_id,) = open_fair(app)
    one = who.registers(session_id)
    for state in OVER_STATES:
        with pytest.raises(Exception, match="place_given_back"), app.app_context(), unit_of_work():
            db.session.execute(
                text("UPDATE fair_registration SET state = :state WHERE id = :id"),
                {"state": state.value, "id": one},
            )
    with app.app_context():
        assert db.session.get_one(FairSession, session_id).places_taken == 1
        assert db.session.get_one(FairRegistration, one).place is PlaceState.HELD
