"""A company's side of a fair: choosing sessions, filling in, filing, confirming, withdrawing."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.calendar.queries import work_calendar
from talentsvc.core.clock import SHANGHAI, now
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.employers.queries import employer_of
from talentsvc.employers.standing import legal_employer_id, standing_of
from talentsvc.events.actions.cancel_registration import cancel_registration
from talentsvc.events.actions.confirm_registration import Attendee, confirm_registration
from talentsvc.events.actions.save_registration import save_registration
from talentsvc.events.actions.start_registrations import start_registrations
from talentsvc.events.actions.submit_registration import submit_registration
from talentsvc.events.forms.registration import AttendeesForm, ChooseForm, RegistrationForm
from talentsvc.events.labels import PLACE_STATES, RANKING_KEYS, REGISTRATION_STATES
from talentsvc.events.place_words import city_name
from talentsvc.events.queries import occasions
from talentsvc.events.queries import registrations as queries
from talentsvc.events.record_words import REGISTRATION_ACTIONS
from talentsvc.events.refusals.registrations import WORDING_RULES, sentence_for
from talentsvc.events.registering import lock_sessions_of
from talentsvc.events.registration_work import are_visible, timed
from talentsvc.events.rules.registering import free_until
from talentsvc.events.rules.results import shown_place
from talentsvc.events.rules.session_clock import has_lapsed
from talentsvc.events.rules.transitions import OPEN_STATES
from talentsvc.events.terms.event import RankingKey, SessionState
from talentsvc.events.terms.registration import PlaceState, RegistrationState, RegistrationStep
from talentsvc.events.views import blueprint
from talentsvc.extensions.forms import ActionForm
from talentsvc.extensions.unit_of_work import attempt

COMPANY = "/employers/<uuid:employer_id>/registrations"
ONE = f"{COMPANY}/<uuid:registration_id>"
_EDITABLE = (RegistrationState.DRAFT, RegistrationState.RETURNED)
#: Steps that tell of a place, hidden until the results are visible.
_SECRET = frozenset({RegistrationStep.GIVE_PLACE, RegistrationStep.QUEUE, RegistrationStep.PROMOTE})
#: What no correction of the form helps against.
_CONFLICTS = frozenset({"closed", "not_open_yet", "barred"})


def _status(refusal: InvalidInput) -> int:
    return 409 if refusal.code in _CONFLICTS else 422


def _check_scope(employer_id: UUID) -> None:
    if employer_id not in current_actor.employer_ids:
        raise NotFoundHere()


@blueprint.get(COMPANY)
@requires("registrations.manage")
def registrations(employer_id: UUID) -> str:
    """Everything the company registered for, and its standing."""
    _check_scope(employer_id)
    employer = employer_of(employer_id)
    return render_template(
        "events/registrations/list.html",
        employer=employer,
        page=queries.registrations_page(employer_id, request.args.get("cursor")),
        standing=standing_of(legal_employer_id(employer), now()),
        states=REGISTRATION_STATES,
        places=PLACE_STATES,
        shown=lambda one, event: shown_place(
            one.place, event.admission, event.results_visible_at, now()
        ),
    )


@blueprint.route(f"{COMPANY}/for/<uuid:event_id>", methods=["GET", "POST"])
@requires("registrations.manage")
def choose_sessions(employer_id: UUID, event_id: UUID) -> Any:
    """Choose the sessions of an event to register for, several at once."""
    _check_scope(employer_id)
    event = occasions.public_event(event_id)
    form, status = ChooseForm(), 422
    if form.was_sent():
        try:
            with attempt():
                chosen = _ids(form.sessions.data or [], event_id)
                made = start_registrations(employer_id, chosen, actor=acting(), at=now())
        except InvalidInput as refusal:
            form.sessions.errors, status = [str(sentence_for(refusal))], _status(refusal)
        else:
            flash(_("Begun. Fill it in once; it can be used for all of them."), "success")
            return redirect(
                url_for(".registration", employer_id=employer_id, registration_id=made[0].id), 303
            )
    page = render_template(
        "events/registrations/choose.html",
        employer=employer_of(employer_id),
        event=event,
        form=form,
        sessions=[
            one
            for one in occasions.sessions_of_event(event_id)
            if one.state is SessionState.PLANNED
        ],
        taken=queries.open_session_ids(employer_id, event_id),
        city_name=city_name,
    )
    return (page, status) if request.method == "POST" else page


def _ids(typed: list[str], event_id: UUID) -> list[UUID]:
    """The chosen sessions of this event; anything else is not there."""
    known = {str(one.id): one.id for one in occasions.sessions_of_event(event_id)}
    if any(text not in known for text in typed):
        raise NotFoundHere()
    return [known[text] for text in typed]


@blueprint.get(ONE)
@requires("registrations.manage")
def registration(employer_id: UUID, registration_id: UUID) -> str:
    """One registration: to fill in, or where it stands, what is next and until when."""
    _check_scope(employer_id)
    sheet = queries.registration_sheet(registration_id, [employer_id])
    return _page(sheet, RegistrationForm.of(sheet.registration, sheet.positions))


def _page(
    sheet: queries.RegistrationSheet,
    form: RegistrationForm,
    attendees: AttendeesForm | None = None,
) -> str:
    one, at = sheet.registration, now()
    lapsed = has_lapsed(timed(sheet.event, sheet.session, one), at)
    is_open = one.state in OPEN_STATES and not lapsed
    terms = occasions.event_terms(sheet.event)
    is_visible = are_visible(sheet.event, at)
    return render_template(
        "events/registrations/registration.html",
        sheet=sheet,
        place=one.place if is_visible else PlaceState.NONE,
        position=sheet.position if is_visible else None,
        history=[row for row in sheet.history if is_visible or row.step not in _SECRET],
        selection=_selection(sheet) if is_visible else None,
        ranking_rows=_ranking_rows,
        form=form,
        attendees_form=attendees or AttendeesForm(data={"version": one.version}, formdata=None),
        action_form=ActionForm(formdata=None),
        is_editable=one.state in _EDITABLE and not lapsed,
        may_confirm=one.state is RegistrationState.APPROVED
        and one.place is PlaceState.HELD
        and is_visible
        and not lapsed,
        may_withdraw=is_open and at < sheet.session.starts_at,
        is_late=is_open and at >= free_until(sheet.session.held_on, terms, work_calendar()),
        free_until=free_until(sheet.session.held_on, terms, work_calendar()),
        others=queries.drafts_beside(one, sheet.event.id) if one.state in _EDITABLE else [],
        terms=terms,
        states=REGISTRATION_STATES,
        places=PLACE_STATES,
        steps=REGISTRATION_ACTIONS,
        wording=WORDING_RULES,
        lapsed=lapsed,
        city_name=city_name,
    )


def _selection(sheet: queries.RegistrationSheet) -> dict[str, Any] | None:
    """The rank and why, as the selection kept them; None where there was none."""
    kept = [row.data for row in sheet.history if row.step in _SECRET and "rank" in row.data]
    return kept[-1] if kept else None


def _ranking_rows(selection: dict[str, Any]) -> list[tuple[Any, Any]]:
    """The criteria in their order with the company's value of each."""
    words = {"yes": _("Yes"), "no": _("No"), "": _("On no list")}
    return [
        (RANKING_KEYS[RankingKey(key)], words.get(value, _shown_value(key, value)))
        for key, value in selection["values"]
    ]


def _shown_value(key: str, value: str) -> str:
    if key != RankingKey.FILED_FIRST:
        return value
    return datetime.fromisoformat(value).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


@blueprint.post(ONE)
@requires("registrations.manage")
def save(employer_id: UUID, registration_id: UUID) -> Any:
    """Keep what was typed; with the button "file" file it too."""
    _check_scope(employer_id)
    sheet = queries.registration_sheet(registration_id, [employer_id])
    form = RegistrationForm()
    if not form.was_sent():
        return _page(sheet, form), 422
    try:
        with attempt():
            _keep(sheet, form)
        if request.form.get("step") == "file":
            with attempt():
                _file(sheet, form)
            flash(_("Filed. You hear the result of the audit here and by message."), "success")
        else:
            flash(_("Saved."), "success")
    except InvalidInput as refusal:
        fresh = queries.registration_sheet(registration_id, [employer_id])
        form.complain(refusal, sentence_for(refusal))
        form.show_version(fresh.registration.version)
        return _page(fresh, form), _status(refusal)
    return redirect(
        url_for(".registration", employer_id=employer_id, registration_id=registration_id), 303
    )


def _keep(sheet: queries.RegistrationSheet, form: RegistrationForm) -> None:
    """Keep the form for this registration and, if asked, for the company's other drafts of the event."""
    details = form.details()
    beside = (
        queries.drafts_beside(sheet.registration, sheet.event.id) if form.same_for_all.data else []
    )
    lock_sessions_of(one.id for one in (sheet.registration, *beside))
    save_registration(
        sheet.registration.id,
        details,
        expected_version=form.version.data,
        actor=acting(),
        at=now(),
    )
    for other in beside:
        save_registration(other.id, details, expected_version=None, actor=acting(), at=now())


def _file(sheet: queries.RegistrationSheet, form: RegistrationForm) -> None:
    filed = [sheet.registration]
    if form.same_for_all.data:
        filed += queries.drafts_beside(sheet.registration, sheet.event.id)
    lock_sessions_of(one.id for one in filed)
    for one in filed:
        submit_registration(one.id, expected_version=None, actor=acting(), at=now())


@blueprint.post(f"{ONE}/confirm")
@requires("registrations.manage")
def confirm_place(employer_id: UUID, registration_id: UUID) -> Any:
    """Confirm the place and name who comes."""
    _check_scope(employer_id)
    sheet = queries.registration_sheet(registration_id, [employer_id])
    form = AttendeesForm()
    if not form.was_sent():
        return _page(sheet, RegistrationForm.of(sheet.registration, sheet.positions), form), 422
    try:
        with attempt():
            confirm_registration(
                registration_id,
                [Attendee(name, phone) for name, phone in form.read()],
                expected_version=form.version.data,
                actor=acting(),
                at=now(),
            )
    except InvalidInput as refusal:
        form.complain(refusal, sentence_for(refusal))
        return _page(sheet, RegistrationForm.of(sheet.registration, sheet.positions), form), 422
    flash(_("Confirmed. You hear of your booth as soon as the plan is published."), "success")
    return redirect(
        url_for(".registration", employer_id=employer_id, registration_id=registration_id), 303
    )


@blueprint.post(f"{ONE}/withdraw")
@requires("registrations.manage")
def withdraw(employer_id: UUID, registration_id: UUID) -> Any:
    """Withdraw; the next in line moves up."""
    _check_scope(employer_id)
    cancel_registration(registration_id, expected_version=None, actor=acting(), at=now())
    flash(_("Withdrawn. The place goes to the next in line."), "success")
    return redirect(
        url_for(".registration", employer_id=employer_id, registration_id=registration_id), 303
    )
