"""Forms of a hall: the drawing, one booth, many booths, a table, a picture, another session's hall."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, StopValidation
from wtforms.widgets import HiddenInput

from talentsvc.events.rules.hall_filling import Filling
from talentsvc.events.rules.halls import DrawnBooth
from talentsvc.events.terms.hall import (
    LONGEST_BOOTH_NUMBER,
    LONGEST_ZONE,
    MOST_CELLS,
    MOST_POWER_W,
    MOST_SIZE_M2,
    WIDEST_AISLE,
)
from talentsvc.extensions.forms import Form

_WHOLE = _l("Enter a whole number from %(min)s to %(max)s.")


class WholeField(IntegerField):
    """A whole number; what is none is answered in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed. Errors: ValueError with a sentence."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Enter a whole number.")) from None


def _read(_form: Any, field: WholeField) -> None:
    """What could not be read as a number is told once, not measured as well."""
    if field.process_errors:
        raise StopValidation


def _whole(label: Any, least: int, most: int, default: int | None = None) -> WholeField:
    return WholeField(
        label,
        validators=[
            InputRequired(_l("Enter a whole number.")),
            _read,
            NumberRange(min=least, max=most, message=_WHOLE),
        ],
        default=default,
    )


def _number(label: Any) -> StringField:
    return StringField(
        label,
        validators=[
            InputRequired(_l("Enter the number of the booth.")),
            Length(max=LONGEST_BOOTH_NUMBER, message=_l("At most %(max)d characters.")),
        ],
    )


def whole(field: WholeField) -> int:
    """What a form that was found good holds. Errors: ValueError for one that was not."""
    if field.data is None:
        raise ValueError(field.name)
    return field.data


class PlanForm(Form):
    """Whatever is done with the plan as it was shown, and with nothing newer."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    @property
    def seen_version(self) -> int:
        """The version that the page showed; without one, a version that no plan has."""
        return -1 if self.version.data is None else self.version.data


class DrawingForm(PlanForm):
    """The whole hall, as the editor drew it."""

    drawing = TextAreaField(_l("Hall"), validators=[InputRequired()])


class GridForm(PlanForm):
    """How large the hall is."""

    columns = _whole(_l("Cells across"), 1, MOST_CELLS)
    rows = _whole(_l("Cells down"), 1, MOST_CELLS)


class _Extent(PlanForm):
    zone = StringField(
        _l("Hall zone"),
        validators=[
            InputRequired(_l("Enter the zone.")),
            Length(max=LONGEST_ZONE, message=_l("At most %(max)d characters.")),
        ],
        default="A",
    )
    width = _whole(_l("Width in cells"), 1, MOST_CELLS, 2)
    height = _whole(_l("Depth in cells"), 1, MOST_CELLS, 2)
    size_m2 = _whole(_l("Size, m²"), 1, MOST_SIZE_M2, 9)
    power_w = _whole(_l("Power, W"), 0, MOST_POWER_W, 500)
    is_near_entrance = BooleanField(_l("Near an entrance"))


class BoothForm(_Extent):
    """One booth; cells count from 1, as people count."""

    number = _number(_l("Booth number"))
    column = _whole(_l("Column"), 1, MOST_CELLS)
    row = _whole(_l("Row"), 1, MOST_CELLS)
    is_blocked = BooleanField(_l("Blocked: not to be given out"))

    def drawn(self, booth_id: UUID | None) -> DrawnBooth:
        """What was typed, as the rules read it."""
        return DrawnBooth(
            number=(self.number.data or "").strip(),
            zone=(self.zone.data or "").strip(),
            column=whole(self.column) - 1,
            row=whole(self.row) - 1,
            width=whole(self.width),
            height=whole(self.height),
            size_m2=whole(self.size_m2),
            power_w=whole(self.power_w),
            is_near_entrance=self.is_near_entrance.data,
            is_blocked=self.is_blocked.data,
            id=booth_id,
        )


class FillForm(_Extent):
    """An area and the booths to fill it with."""

    first_number = _number(_l("First number"))
    column = _whole(_l("From column"), 1, MOST_CELLS, 1)
    row = _whole(_l("From row"), 1, MOST_CELLS, 1)
    columns = _whole(_l("Cells across"), 1, MOST_CELLS, 10)
    rows = _whole(_l("Cells down"), 1, MOST_CELLS, 4)
    aisle = _whole(_l("Free cells after every two rows"), 0, WIDEST_AISLE, 1)

    def filling(self) -> Filling:
        """What was typed, as the rules read it."""
        return Filling(
            column=whole(self.column) - 1,
            row=whole(self.row) - 1,
            columns=whole(self.columns),
            rows=whole(self.rows),
            aisle=whole(self.aisle),
            pattern=DrawnBooth(
                number=(self.first_number.data or "").strip(),
                zone=(self.zone.data or "").strip(),
                column=0,
                row=0,
                width=whole(self.width),
                height=whole(self.height),
                size_m2=whole(self.size_m2),
                power_w=whole(self.power_w),
                is_near_entrance=self.is_near_entrance.data,
            ),
        )


class TableForm(PlanForm):
    """A table of booths."""

    table = FileField(_l("Table of booths (XLSX or CSV)"))


class PictureForm(PlanForm):
    """A picture of the hall."""

    picture = FileField(_l("Picture of the hall (JPEG or PNG)"))


class CopyForm(PlanForm):
    """Another session's hall."""

    from_session_id = SelectField(
        _l("Session"), coerce=str, validators=[InputRequired(_l("Choose a session."))]
    )
