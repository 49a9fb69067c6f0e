"""The hall changed without the editor: booth by booth, areas, tables, pictures, other halls."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.events.actions.copy_hall_plan import copy_hall_plan
from talentsvc.events.actions.set_hall_picture import set_hall_picture
from talentsvc.events.desk import blueprint
from talentsvc.events.desk.halls import done, hall_page, save_drawing
from talentsvc.events.forms.hall import (
    BoothForm,
    CopyForm,
    FillForm,
    GridForm,
    PictureForm,
    PlanForm,
    TableForm,
    whole,
)
from talentsvc.events.hall_pages import copy_choices
from talentsvc.events.hall_tables import read_table
from talentsvc.events.queries import halls
from talentsvc.events.refusals.halls import sentences_for
from talentsvc.events.rules.hall_filling import filled
from talentsvc.events.rules.hall_reading import merged_with_table
from talentsvc.events.rules.halls import Drawing
from talentsvc.extensions.unit_of_work import attempt
from talentsvc.files.actions.store_file import store_file
from talentsvc.files.refusals import refusal_sentence
from talentsvc.files.rules.checks import IMAGES, UploadLimits
from talentsvc.files.rules.refusals import RefusedFile
from talentsvc.files.terms import FilePurpose

_PICTURE_LIMITS = UploadLimits(max_bytes=9 * 1024 * 1024)


def _stored(session_id: UUID) -> Drawing:
    found = halls.hall_of(session_id)
    return halls.drawing_of(found.plan, halls.booths_of(found.plan))


@blueprint.post("/sessions/<uuid:session_id>/hall/grid")
@requires("events.edit")
def set_grid(session_id: UUID) -> Any:
    """Another size of the hall."""
    form = GridForm(prefix="grid-")
    if not form.was_sent():
        return hall_page(session_id, _said(form), grid_form=form)
    drawing = replace(_stored(session_id), columns=whole(form.columns), rows=whole(form.rows))
    return _keep(session_id, drawing, form, "grid_form")


@blueprint.post("/sessions/<uuid:session_id>/hall/fill")
@requires("events.edit")
def fill_area(session_id: UUID) -> Any:
    """Fill an area with booths of one size, numbered one after another."""
    form = FillForm(prefix="fill-")
    if not form.was_sent():
        return hall_page(session_id, _said(form), fill_form=form)
    drawing = _stored(session_id)
    try:
        added = filled(form.filling(), drawing.booths)
    except InvalidInput as refusal:
        return hall_page(session_id, sentences_for(refusal), fill_form=form)
    return _keep(session_id, replace(drawing, booths=(*drawing.booths, *added)), form, "fill_form")


@blueprint.post("/sessions/<uuid:session_id>/hall/table")
@requires("events.edit")
def import_booths(session_id: UUID) -> Any:
    """Take booths from a table; with one wrong row nothing of it."""
    form = TableForm(prefix="table-")
    form.was_sent()
    chosen = form.table.data
    try:
        rows = read_table(chosen.stream.read() if chosen else b"")
        drawing = merged_with_table(_stored(session_id), rows)
    except InvalidInput as refusal:
        return hall_page(session_id, sentences_for(refusal))
    return _keep(session_id, drawing, form, "table_form")


@blueprint.post("/sessions/<uuid:session_id>/hall/copy")
@requires("events.edit")
def copy_hall(session_id: UUID) -> Any:
    """Take over the hall of another session."""
    form = CopyForm(prefix="copy-")
    form.from_session_id.choices = copy_choices(session_id)
    if not form.was_sent():
        return hall_page(session_id, _said(form), copy_form=form)
    try:
        with attempt():
            copy_hall_plan(
                session_id,
                UUID(form.from_session_id.data),
                expected_version=form.seen_version,
                actor=acting(),
                at=now(),
            )
    except InvalidInput as refusal:
        return hall_page(session_id, sentences_for(refusal))
    return done(session_id, _("The hall was copied."))


@blueprint.post("/sessions/<uuid:session_id>/hall/picture")
@requires("events.edit")
def set_picture(session_id: UUID) -> Any:
    """A picture under the grid; without a file chosen, the page says so."""
    halls.hall_of(session_id)
    form = PictureForm(prefix="picture-")
    chosen = form.picture.data if form.was_sent() else None
    if chosen is None or not chosen.filename:
        return hall_page(session_id, [_("Choose a picture first.")])
    actor, at = acting(), now()
    try:
        picture = store_file(
            purpose=FilePurpose.HALL_PICTURE,
            holder_person_id=None,
            holder_account_id=actor.account_id,
            name=chosen.filename,
            data=chosen.stream.read(),
            accepts=IMAGES,
            limits=_PICTURE_LIMITS,
            is_sensitive=False,
            at=at,
        )
    except RefusedFile as refused:
        return hall_page(session_id, [str(refusal_sentence(refused))])
    set_hall_picture(session_id, picture, expected_version=form.seen_version, actor=actor, at=at)
    return done(
        session_id,
        _(
            "The picture is stored and being checked for viruses. It appears under the grid once it is found clean."
        ),
    )


@blueprint.post("/sessions/<uuid:session_id>/hall/picture/remove")
@requires("events.edit")
def remove_picture(session_id: UUID) -> Any:
    """No picture under the grid any more."""
    form = PlanForm(prefix="picture-")
    form.was_sent()
    set_hall_picture(session_id, None, expected_version=form.seen_version, actor=acting(), at=now())
    return done(session_id, _("The picture was removed."))


@blueprint.route("/sessions/<uuid:session_id>/hall/booths/new", methods=["GET", "POST"])
@requires("events.edit")
def new_booth(session_id: UUID) -> Any:
    """One booth more, by its numbers."""
    return _booth_page(session_id, None)


@blueprint.route("/sessions/<uuid:session_id>/hall/booths/<uuid:booth_id>", methods=["GET", "POST"])
@requires("events.edit")
def booth(session_id: UUID, booth_id: UUID) -> Any:
    """One booth changed, by its numbers."""
    return _booth_page(session_id, booth_id)


@blueprint.post("/sessions/<uuid:session_id>/hall/booths/<uuid:booth_id>/delete")
@requires("events.edit")
def delete_booth(session_id: UUID, booth_id: UUID) -> Any:
    """One booth less; one that is given to a company stays, and the page says why."""
    found = halls.hall_of(session_id)
    halls.booth_in(found.plan, booth_id)
    form = PlanForm()
    drawing = _stored(session_id)
    kept = tuple(one for one in drawing.booths if one.id != booth_id)
    form.was_sent()
    return _keep(session_id, replace(drawing, booths=kept), form, "booth_form")


def _booth_page(session_id: UUID, booth_id: UUID | None) -> Any:
    found = halls.hall_of(session_id)
    stored = halls.booth_in(found.plan, booth_id) if booth_id else None
    values = _shown_values(stored) if stored else {}
    form = BoothForm(version=found.version, **values)
    problems: list[str] = []
    if form.was_sent():
        drawing = _stored(session_id)
        others = tuple(one for one in drawing.booths if booth_id is None or one.id != booth_id)
        drawn = replace(drawing, booths=(*others, form.drawn(booth_id)))
        try:
            return save_drawing(session_id, drawn, form.seen_version, _("The booth is saved."))
        except InvalidInput as refusal:
            problems = sentences_for(refusal)
    page = render_template(
        "events/desk/booth_form.html", form=form, hall=found, booth=stored, problems=problems
    )
    return (page, 422) if request.method == "POST" else page


def _shown_values(stored: Any) -> dict[str, Any]:
    names = ("number", "zone", "width", "height", "size_m2", "power_w")
    return {
        **{name: getattr(stored, name) for name in names},
        "column": stored.column + 1,
        "row": stored.row + 1,
        "is_near_entrance": stored.is_near_entrance,
        "is_blocked": stored.is_blocked,
    }


def _keep(session_id: UUID, drawing: Drawing, form: Any, name: str) -> Any:
    try:
        return save_drawing(session_id, drawing, form.seen_version, _("The hall is saved."))
    except InvalidInput as refusal:
        shown = {} if name == "booth_form" else {name: form}
        return hall_page(session_id, sentences_for(refusal), **shown)


def _said(form: Any) -> list[str]:
    """The sentences of a form that came back, each with the name of its field."""
    return [
        f"{field.label.text}: {message}" if field.type != "HiddenField" else str(message)
        for field in form
        for message in field.errors
    ]
