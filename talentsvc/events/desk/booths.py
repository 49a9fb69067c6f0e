"""Who stands where: looked at, set by hand, published."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.events import hall_pages
from talentsvc.events.actions.assign_booth import assign_booth
from talentsvc.events.actions.clear_booth import clear_booth
from talentsvc.events.actions.lock_booth import lock_booth
from talentsvc.events.actions.publish_hall_plan import publish_hall_plan
from talentsvc.events.actions.swap_booths import swap_booths
from talentsvc.events.desk import blueprint
from talentsvc.events.forms.booth import AssignForm, LockForm, PublishForm, SwapForm
from talentsvc.events.queries import halls
from talentsvc.events.refusals.halls import sentences_for
from talentsvc.extensions.forms import ActionForm
from talentsvc.extensions.unit_of_work import attempt


@blueprint.get("/sessions/<uuid:session_id>/booths")
@requires("booths.allocate")
def allocation(session_id: UUID) -> Any:
    """The plan with the reason for each company, who is left out, and what changed."""
    return booths_page(session_id)


@blueprint.post("/sessions/<uuid:session_id>/booths/<uuid:registration_id>/assign")
@requires("booths.allocate")
def give_booth(session_id: UUID, registration_id: UUID) -> Any:
    """Give or move a booth by hand."""
    halls.check_registration(session_id, registration_id)
    form = AssignForm()
    form.booth_id.choices = _booth_choices(session_id)
    if not form.was_sent():
        return booths_page(session_id, _said(form) or [_("Choose a booth.")])
    try:
        with attempt():
            assign_booth(
                session_id, registration_id, UUID(form.booth_id.data), actor=acting(), at=now()
            )
    except InvalidInput as refusal:
        return booths_page(session_id, sentences_for(refusal))
    flash(_("The booth is given, and fixed."), "success")
    return back_to_booths(session_id)


@blueprint.post("/sessions/<uuid:session_id>/booths/swap")
@requires("booths.allocate")
def swap(session_id: UUID) -> Any:
    """Exchange two booths."""
    form = SwapForm()
    _offer(form, halls.companies_of(session_id))
    if not form.was_sent():
        return booths_page(session_id, _said(form))
    try:
        with attempt():
            swap_booths(
                session_id,
                UUID(form.first_registration_id.data),
                UUID(form.second_registration_id.data),
                actor=acting(),
                at=now(),
            )
    except InvalidInput as refusal:
        return booths_page(session_id, sentences_for(refusal))
    flash(_("The two booths are exchanged, and fixed."), "success")
    return back_to_booths(session_id)


@blueprint.post("/sessions/<uuid:session_id>/booths/<uuid:registration_id>/lock")
@requires("booths.allocate")
def fix_booth(session_id: UUID, registration_id: UUID) -> Any:
    """Fix a company where it stands, or let the allocation move it again."""
    form = LockForm()
    is_locked = bool(form.is_locked.data) if form.was_sent() else True
    lock_booth(session_id, registration_id, is_locked=is_locked, actor=acting(), at=now())
    flash(_("Fixed.") if is_locked else _("No longer fixed."), "success")
    return back_to_booths(session_id)


@blueprint.post("/sessions/<uuid:session_id>/booths/<uuid:registration_id>/clear")
@requires("booths.allocate")
def take_back_booth(session_id: UUID, registration_id: UUID) -> Any:
    """Take a booth back."""
    clear_booth(session_id, registration_id, actor=acting(), at=now())
    flash(_("The booth was taken back."), "success")
    return back_to_booths(session_id)


@blueprint.post("/sessions/<uuid:session_id>/booths/publish")
@requires("booths.allocate")
def publish_hall(session_id: UUID) -> Any:
    """Show companies and the public who stands where."""
    form = PublishForm()
    form.was_sent()
    try:
        with attempt():
            publish_hall_plan(
                session_id,
                expected_version=form.seen_version,
                accepts_left_out=bool(form.accepts_left_out.data),
                actor=acting(),
                at=now(),
            )
    except InvalidInput as refusal:
        return booths_page(session_id, sentences_for(refusal))
    flash(_("Published. Each company is told its booth."), "success")
    return back_to_booths(session_id)


def booths_page(session_id: UUID, problems: list[str] | None = None) -> Any:
    """The page, with what was refused."""
    hall = halls.hall_of(session_id)
    booths = halls.booths_of(hall.plan)
    companies = halls.companies_of(session_id)
    names = hall_pages.names_by_booth(companies)
    swap_form = SwapForm(formdata=None)
    choices = _offer(swap_form, companies)
    if len(choices) > 1:
        swap_form.second_registration_id.data = choices[1][0]
    page = render_template(
        "events/desk/booths.html",
        hall=hall,
        drawing=halls.drawing_of(hall.plan, booths),
        companies=companies,
        names=names,
        free=[one for one in booths if one.number not in names and not one.is_blocked],
        left_out=[one for one in companies if one.booth is None],
        short_of=hall_pages.short_of(booths, companies),
        problems=problems or [],
        publish_form=PublishForm(formdata=None, version=hall.version),
        swap_form=swap_form,
        button=ActionForm(formdata=None),
    )
    return (page, 422) if problems else page


def _offer(form: SwapForm, companies: list[halls.Company]) -> list[tuple[str, str]]:
    choices = [
        (str(one.registration.id), f"{one.booth.number} {one.employer.name}")
        for one in companies
        if one.booth is not None
    ]
    form.first_registration_id.choices = form.second_registration_id.choices = choices
    return choices


def _booth_choices(session_id: UUID) -> list[tuple[str, str]]:
    booths = halls.booths_of(halls.hall_of(session_id).plan)
    return [(str(one.id), one.number) for one in booths]


def _said(form: Any) -> list[str]:
    return [str(message) for field in form for message in field.errors]


def back_to_booths(session_id: UUID) -> Any:
    """Back on the page."""
    return redirect(url_for(".allocation", session_id=session_id), 303)
