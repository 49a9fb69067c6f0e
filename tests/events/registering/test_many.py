"""Many at once: a selection and bulk decisions as jobs, killed half way and gone on with (guarantees.md G15)."""

from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from sqlalchemy import func, select, update

from talentsvc.access.roles import Role
from talentsvc.accounts.models import Account, RoleGrant
from talentsvc.accounts.queries import actor_for
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput, NotAllowedNow
from talentsvc.employers.models import Employer
from talentsvc.events.actions import audit_many as many
from talentsvc.events.actions import select_companies as selecting
from talentsvc.events.actions import tell_selection as telling
from talentsvc.events.models import Event, FairSession, RegistrationEvent
from talentsvc.events.rules.registering import PositionDetails
from talentsvc.events.terms.registration import PlaceState, RegistrationState, RegistrationStep
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.jobs.actions.run_jobs import run_due_jobs
from talentsvc.jobs.models import Job, JobItem
from talentsvc.jobs.terms import ItemState
from talentsvc.notices.models import Notice
from talentsvc.people.models import Person
from talentsvc.policy.terms import EducationLevel
from tests.employers.world import add_agent
from tests.events.registering.test_course import confirm
from tests.events.registering.world import ENGINEER, Exhibitor, audit, open_fair, row
from tests.people.world import officer

_S = RegistrationState
STEPS = {
    many.JOB_KIND: many.audit_one_of_many,
    selecting.JOB_KIND: selecting.place_selected,
    telling.JOB_KIND: telling.tell_selection_result,
}


class Killed(BaseException):
    """The worker's process dies: nothing catches it."""


def companies(app, session_id, number, *positions):
    found = [Exhibitor(app, f"河北示例{n}号有限公司") for n in range(number)]
    return found, [one.registers(session_id, *(positions or (ENGINEER,))) for one in found]


def officer_actor(app, who):
    """An events officer as a request would make him; inside an application context."""
    actor = actor_for(db.session.get_one(Account, who.account_id), None, now())
    return replace(actor, acting_as="events_officer")


def run_killed_at(app, kind, item):
    """Run what is due and die in the work of one item, after its writes and before its commit."""
    step, seen = STEPS[kind], []

    def dying(subject):
        step(subject)
        seen.append(subject)
        if len(seen) == item:
            raise Killed

    with app.app_context(), pytest.raises(Killed):
        run_due_jobs({**STEPS, kind: dying})


def run_on(app):
    """The next worker, after the lease of the dead one."""
    with app.app_context():
        with unit_of_work():
            db.session.execute(
                update(Job)
                .where(Job.finished_at.is_(None), Job.next_run_at <= now() + timedelta(hours=1))
                .values(next_run_at=now())
            )
        run_due_jobs(STEPS)
        db.session.rollback()


def decided(app, step):
    """How often each registration had a step."""
    with app.app_context():
        rows = db.session.execute(
            select(RegistrationEvent.registration_id, func.count())
            .where(RegistrationEvent.step == step)
            .group_by(RegistrationEvent.registration_id)
        )
        return {one: count for one, count in rows}


def items(app):
    with app.app_context():
        rows = db.session.execute(select(JobItem.subject_id, JobItem.state, JobItem.result))
        return {subject: (state, result) for subject, state, result in rows}


def approve_many(app, session_id, ids, who, step=RegistrationStep.APPROVE, reason=""):
    with app.app_context(), unit_of_work():
        return many.audit_many(
            session_id, ids, step, reason=reason, actor=officer_actor(app, who), at=now()
        ).id


@pytest.mark.parametrize(
    ("step", "state", "reason"),
    [
        (RegistrationStep.APPROVE, _S.APPROVED, ""),
        (RegistrationStep.REJECT, _S.REJECTED, "岗位与企业经营范围不符。"),
    ],
)
def test_a_bulk_decision_killed_half_way_decides_each_once(app, step, state, reason):
    (session_id,) = open_fair(app, places=3)
    _found, ids = companies(app, session_id, 6)
    approve_many(app, session_id, ids, officer(app, Role.EVENTS_OFFICER), step, reason)
    run_killed_at(app, many.JOB_KIND, 3)
    assert sorted(decided(app, step).values()) == [1, 1]
    run_on(app)
    assert decided(app, step) == dict.fromkeys(ids, 1)
    assert {row(app, one).state for one in ids} == {state}
    assert {one for one, _why in items(app).values()} == {ItemState.DONE}


def test_a_bulk_decision_leaves_to_a_person_what_one_officer_may_not_wave_through(app):
    (session_id,) = open_fair(app, places=9)
    flagged = PositionDetails("销售", 1, EducationLevel.BACHELOR, requirements="限男性")
    (clean, tied), ids = companies(app, session_id, 2)
    _more, (bad,) = companies(app, session_id, 1, flagged)
    done = Exhibitor(app, "河北示例先行有限公司").registers(session_id)
    audit(app, done)
    who = officer(app, Role.EVENTS_OFFICER)
    with app.app_context(), unit_of_work():
        add_agent(
            db.session.get_one(Employer, tied.employer_id),
            db.session.get_one(Person, who.person_id),
        )
    approve_many(app, session_id, [*ids, bad, done], who)
    run_on(app)
    assert items(app) == {
        ids[0]: (ItemState.DONE, None),
        ids[1]: (ItemState.REFUSED, "own_employer"),
        bad: (ItemState.REFUSED, "release_needs_reason"),
        done: (ItemState.REFUSED, "not_allowed_now"),
    }
    assert [row(app, one).state for one in (*ids, bad)] == [_S.APPROVED, _S.SUBMITTED, _S.SUBMITTED]
    assert clean.employer_id != tied.employer_id


def test_an_officer_who_lost_the_role_decides_nothing_any_more(app):
    (session_id,) = open_fair(app)
    _found, ids = companies(app, session_id, 2)
    who = officer(app, Role.EVENTS_OFFICER)
    approve_many(app, session_id, ids, who)
    with app.app_context(), unit_of_work():
        db.session.execute(update(RoleGrant).values(ends_at=now()))
    run_on(app)
    assert {row(app, one).state for one in ids} == {_S.SUBMITTED}


def test_rejecting_many_needs_a_reason_and_somebody_to_reject(app):
    (session_id,) = open_fair(app)
    _found, ids = companies(app, session_id, 1)
    who = officer(app, Role.EVENTS_OFFICER)
    with pytest.raises(InvalidInput):
        approve_many(app, session_id, ids, who, RegistrationStep.REJECT)
    with pytest.raises(InvalidInput):
        approve_many(app, session_id, [], who)
    with pytest.raises(InvalidInput):
        approve_many(app, session_id, ids, who, RegistrationStep.RETURN, "x")


def chosen(app, session_id, at):
    with app.app_context(), unit_of_work():
        return [
            one.contender.registration_id
            for one in selecting.select_companies(
                session_id, actor=officer_actor(app, officer(app, Role.EVENTS_OFFICER)), at=at
            )
        ]


def result_messages(app):
    with app.app_context():
        wanted = ("registration_chosen", "registration_queued")
        found = select(Notice.kind).where(Notice.channel == "inbox", Notice.kind.in_(wanted))
        return sorted(db.session.execute(found).scalars())


def test_a_selection_is_kept_secret_until_its_day_and_then_told_to_all(app):
    (session_id,) = open_fair(app, places=2, is_selection=True)
    found, ids = companies(app, session_id, 3)
    for one in ids:
        audit(app, one)
    with app.app_context():
        session = db.session.get_one(FairSession, session_id)
        event = db.session.get_one(Event, session.event_id)
        closes, visible = event.registration_closes_at, event.results_visible_at
    by_company = dict(zip(ids, found, strict=True))
    with time_machine.travel(closes + timedelta(minutes=1), tick=False):
        order = chosen(app, session_id, now())
        run_on(app)
        assert [row(app, one).place for one in order] == [
            PlaceState.HELD,
            PlaceState.HELD,
            PlaceState.WAITING,
        ]
        assert result_messages(app) == []
        # Knowing one's place would let one confirm it.
        with pytest.raises(NotAllowedNow):
            confirm(by_company[order[0]], order[0])
    with time_machine.travel(visible + timedelta(minutes=1), tick=False):
        with app.app_context():
            run_due_jobs(STEPS)
            db.session.rollback()
        assert result_messages(app) == [
            "registration_chosen",
            "registration_chosen",
            "registration_queued",
        ]
        confirm(by_company[order[0]], order[0])
    with app.app_context():
        steps = db.session.execute(
            select(RegistrationEvent.registration_id, RegistrationEvent.data).where(
                RegistrationEvent.step.in_((RegistrationStep.GIVE_PLACE, RegistrationStep.QUEUE))
            )
        ).all()
    why = {one: data for one, data in steps}
    assert [why[one]["rank"] for one in order] == [1, 2, 3]
    assert all(data["of"] == 3 and len(data["values"]) == 4 for data in why.values())


def test_results_put_off_are_told_on_the_new_day(app):
    (session_id,) = open_fair(app, places=2, is_selection=True)
    _found, ids = companies(app, session_id, 1)
    audit(app, ids[0])
    with app.app_context():
        event_id = db.session.get_one(FairSession, session_id).event_id
        event = db.session.get_one(Event, event_id)
        closes, visible = event.registration_closes_at, event.results_visible_at
    with time_machine.travel(closes + timedelta(minutes=1), tick=False):
        chosen(app, session_id, now())
    later = visible + timedelta(days=2)
    with app.app_context(), unit_of_work():
        db.session.get_one(Event, event_id).results_visible_at = later
    for moment, told in ((visible, []), (later, ["registration_chosen"])):
        with time_machine.travel(moment + timedelta(seconds=1), tick=False), app.app_context():
            run_due_jobs(STEPS)
            db.session.rollback()
        assert result_messages(app) == told


def test_a_selection_of_many_killed_half_way_places_each_once_in_the_order_of_the_ranking(app):
    (session_id,) = open_fair(app, places=3, is_selection=True)
    _found, ids = companies(app, session_id, 7)
    for one in ids:
        audit(app, one)
    with app.app_context():
        session = db.session.get_one(FairSession, session_id)
        closes = db.session.get_one(Event, session.event_id).registration_closes_at
    with time_machine.travel(closes + timedelta(minutes=1), tick=False):
        with patch.object(selecting, "MOST_AT_ONCE", 2):
            order = chosen(app, session_id, now())
        assert {row(app, one).place for one in ids} == {PlaceState.NONE}
        run_killed_at(app, selecting.JOB_KIND, 4)
        run_on(app)
    held, waiting = order[:3], order[3:]
    assert {row(app, one).place for one in held} == {PlaceState.HELD}
    assert [row(app, one).queue_number for one in waiting] == [1, 2, 3, 4]
    both = decided(app, RegistrationStep.GIVE_PLACE) | decided(app, RegistrationStep.QUEUE)
    assert both == dict.fromkeys(ids, 1)
