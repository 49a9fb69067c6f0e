"""The hall of a session at the desk: looked at, drawn, printed."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput, NotFoundHere, StaleVersion
from talentsvc.events import hall_pages
from talentsvc.events.actions.save_hall_plan import save_hall_plan
from talentsvc.events.desk import blueprint
from talentsvc.events.forms.hall import (
    CopyForm,
    DrawingForm,
    FillForm,
    GridForm,
    PictureForm,
    TableForm,
)
from talentsvc.events.hall_tables import write_plan
from talentsvc.events.queries import halls
from talentsvc.events.refusals.halls import sentences_for
from talentsvc.events.rules.hall_reading import drawing_data, read_drawing
from talentsvc.events.rules.halls import Drawing
from talentsvc.extensions.unit_of_work import attempt
from talentsvc.files.serving import file_response

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/sessions/<uuid:session_id>/hall")
@requires("events.read")
def hall(session_id: UUID) -> Any:
    """The hall, to draw on for those who may."""
    return hall_page(session_id)


@blueprint.post("/sessions/<uuid:session_id>/hall")
@requires("events.edit")
def save_hall(session_id: UUID) -> Any:
    """Keep what the editor drew; refused or stale, the drawing comes back as it was drawn."""
    form = DrawingForm()
    if not form.was_sent():
        return hall_page(
            session_id, [_("This drawing could not be read. Reload the page and try again.")]
        )
    drawing: Drawing | None = None
    try:
        drawing = read_drawing(form.drawing.data or "")
        return save_drawing(session_id, drawing, form.seen_version, _("The hall is saved."))
    except InvalidInput as refusal:
        return hall_page(session_id, sentences_for(refusal), drawing)
    except StaleVersion:
        stale = _(
            "Somebody changed this hall while you were drawing. Below is your drawing; saving it again replaces theirs. Reload the page to see theirs."
        )
        return hall_page(session_id, [stale], drawing, 409)


@blueprint.get("/sessions/<uuid:session_id>/hall/picture")
@requires("events.read")
def hall_picture(session_id: UUID) -> Response:
    """The picture under the grid, once the scanner called it clean."""
    picture = halls.picture_of(halls.hall_of(session_id).plan)
    if picture is None:
        raise NotFoundHere()
    return file_response(picture, "view")


@blueprint.get("/sessions/<uuid:session_id>/hall/print")
@requires("events.read")
def print_hall(session_id: UUID) -> str:
    """The plan in black and white, with the companies by booth."""
    found = halls.hall_of(session_id)
    booths = halls.booths_of(found.plan)
    return render_template(
        "events/desk/hall_print.html",
        hall=found,
        drawing=halls.drawing_of(found.plan, booths),
        names=hall_pages.names_by_booth(halls.companies_of(session_id)),
    )


@blueprint.get("/sessions/<uuid:session_id>/hall/workbook")
@requires("events.read")
def hall_workbook(session_id: UUID) -> Response:
    """The plan as a workbook of one sheet."""
    found = halls.hall_of(session_id)
    target = io.BytesIO()
    write_plan(target, halls.booths_of(found.plan), halls.companies_of(session_id))
    target.seek(0)
    name = f"hall-{found.session.held_on:%Y%m%d}-{found.session.number}.xlsx"
    return send_file(target, mimetype=_XLSX, as_attachment=True, download_name=name)


def save_drawing(session_id: UUID, drawing: Drawing, version: int, said: str) -> Any:
    """Save and say so, back on the hall's page. Errors: those of `save_hall_plan`."""
    with attempt():
        save_hall_plan(
            session_id,
            drawing,
            expected_version=version,
            actor=acting(),
            at=now(),
        )
    return done(session_id, said)


def done(session_id: UUID, said: str) -> Any:
    """Back on the hall's page with a word of success."""
    flash(said, "success")
    return redirect(url_for(".hall", session_id=session_id), 303)


def hall_page(
    session_id: UUID,
    problems: list[str] | None = None,
    drawing: Drawing | None = None,
    status: int = 422,
    **forms: Any,
) -> Any:
    """The page, with what was refused; `forms` are those that came back filled in, by name."""
    found = halls.hall_of(session_id)
    booths = halls.booths_of(found.plan)
    shown = drawing or halls.drawing_of(found.plan, booths)
    picture = halls.picture_of(found.plan)
    companies = halls.companies_of(session_id)
    page = render_template(
        "events/desk/hall.html",
        hall=found,
        booths=booths,
        drawing=shown,
        drawing_json=drawing_data(shown),
        is_unsaved=drawing is not None,
        problems=problems or [],
        names=hall_pages.names_by_booth(companies),
        short_of=hall_pages.short_of(booths, companies),
        picture=picture,
        is_picture_shown=halls.is_shown(picture),
        **_forms(found, shown, forms),
    )
    return (page, status) if problems else page


def _forms(found: halls.Hall, drawing: Drawing, given: dict[str, Any]) -> dict[str, Any]:
    """The forms of the page; those that came back keep what was typed, with the version of now."""
    version = found.version
    copy = given.get("copy_form") or CopyForm(prefix="copy-", version=version)
    copy.from_session_id.choices = hall_pages.copy_choices(found.session.id)
    forms = {
        "drawing_form": DrawingForm(formdata=None, version=version),
        "grid_form": GridForm(
            formdata=None,
            prefix="grid-",
            version=version,
            columns=drawing.columns,
            rows=drawing.rows,
        ),
        "fill_form": FillForm(
            formdata=None,
            prefix="fill-",
            version=version,
            first_number=hall_pages.next_series(drawing),
        ),
        "table_form": TableForm(formdata=None, prefix="table-", version=version),
        "picture_form": PictureForm(formdata=None, prefix="picture-", version=version),
        "copy_form": copy,
    }
    forms.update(given)
    for form in forms.values():
        form.version.data = version
    return forms
