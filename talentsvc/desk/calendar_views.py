"""Desk pages of working days: the years, and replacing one with a preview of what would move.

They stand in the staff home and not in `calendar`, because the preview reads the cases above it.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.calendar.actions.replace_year import replace_year
from talentsvc.calendar.queries import days_of, stored_year, stored_years, work_calendar
from talentsvc.calendar.rules import TableDay, read_table, replaced
from talentsvc.calendar.terms import YearStatus
from talentsvc.cards.queries.moved import MovedDueDate, moved_due_dates
from talentsvc.core.clock import local_date, now
from talentsvc.core.errors import InvalidInput
from talentsvc.extensions.forms import Form

blueprint = Blueprint("calendar_desk", __name__, url_prefix="/desk/calendar")

FIRST_YEAR, LAST_YEAR = 2020, 2100
_needed = InputRequired(_l("Please fill this in."))


class YearForm(Form):
    """A year's table and where it comes from."""

    table = TextAreaField(
        _l("Days that differ from Monday to Friday"),
        description=_l("One a line: date, holiday or work, Chinese name, English name."),
        validators=[_needed, Length(max=20000)],
    )
    source = StringField(
        _l("Source"),
        description=_l("Title and date of the notice."),
        validators=[_needed, Length(max=200)],
    )
    is_official = BooleanField(_l("This is the State Council's table"))
    version = HiddenField()


def _sentence(error: InvalidInput) -> str:
    sentences = {
        "empty_table": _("The table names no day."),
        "day_twice": _(
            "Line %(line)s: this day is named twice.", line=error.params.get("line", "")
        ),
        "four_cells": _(
            "Line %(line)s: four parts are needed, separated by commas.",
            line=error.params.get("line", ""),
        ),
        "not_a_date": _(
            "Line %(line)s: the date is not like 2027-02-05.", line=error.params.get("line", "")
        ),
        "other_year": _(
            "Line %(line)s: the day is in another year.", line=error.params.get("line", "")
        ),
        "unknown_word": _("Line %(line)s: say holiday or work.", line=error.params.get("line", "")),
    }
    return str(
        sentences.get(error.code) or _("Something in the form is not right. Go back and check it.")
    )


@blueprint.get("/")
@requires("calendar.read")
def years() -> str:
    """The years, and whether their tables are official."""
    this_year = local_date(now()).year
    return render_template(
        "desk/calendar_years.html", years=stored_years(), next_year=this_year + 1
    )


@blueprint.get("/<int:year>")
@requires("calendar.read")
def year_page(year: int) -> str:
    """One year's days."""
    _check(year)
    stored = stored_year(year)
    return render_template("desk/calendar_year.html", year=year, stored=stored, days=days_of(year))


@blueprint.route("/<int:year>/edit", methods=["GET", "POST"])
@requires("calendar.edit")
def edit_year(year: int) -> Any:
    """Replace a year's table: first a preview of the due dates that would move, then the change."""
    _check(year)
    is_sent = request.method == "POST"
    form = YearForm() if is_sent else YearForm(**_stored_values(year))
    if not is_sent or not form.was_sent():
        return _page(year, form, None), 422 if is_sent else 200
    try:
        table = read_table(year, form.table.data or "")
    except InvalidInput as error:
        form.table.errors = [_sentence(error)]
        return _page(year, form, None), 422
    if "confirm" not in request.form:
        return _page(year, form, table)
    replace_year(
        year,
        table,
        is_official=bool(form.is_official.data),
        source=form.source.data or "",
        expected_version=_version(form.version.data),
        actor=acting(),
        at=now(),
    )
    flash(_("The year is replaced. Due dates follow."), "success")
    return redirect(url_for("calendar_desk.year_page", year=year), 303)


def _version(text: str | None) -> int:
    """The version the page was rendered for; -1 for nonsense, which no year has."""
    return int(text) if text and text.isdigit() else -1


def _page(year: int, form: YearForm, table: tuple[TableDay, ...] | None) -> str:
    moved: list[MovedDueDate] = []
    is_complete = True
    if table is not None:
        preview = replaced(work_calendar(), year, table, is_official=bool(form.is_official.data))
        moved, is_complete = moved_due_dates(preview)
    return render_template(
        "desk/calendar_edit.html",
        year=year,
        form=form,
        table=table,
        moved=moved,
        is_complete=is_complete,
    )


def _stored_values(year: int) -> dict[str, Any]:
    stored = stored_year(year)
    lines = [
        f"{day.day.isoformat()}, {'work' if day.is_working else 'holiday'}, {day.name_zh}, {day.name_en}"
        for day in days_of(year)
    ]
    return {
        "table": "\n".join(lines),
        "source": stored.source if stored else "",
        "is_official": bool(stored and stored.status is YearStatus.OFFICIAL),
        "version": str(stored.version if stored else 0),
    }


def _check(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
