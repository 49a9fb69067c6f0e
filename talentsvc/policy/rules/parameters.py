"""The parameters a rule set must state: which there are, what they count, and how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from talentsvc.policy.rules.reading import Reader
from talentsvc.policy.rules.shapes import Parameter, Parameters
from talentsvc.policy.terms import PLEDGE_PARAMETERS, ParameterName, Unit

Value = int | bool | str | tuple[int, ...]


@dataclass(frozen=True)
class Expected:
    """What a parameter's value is (`number`, `numbers`, `switch`, `unit`) and what it may count."""

    kind: str
    units: tuple[Unit, ...] = (Unit.NONE,)
    least: int = 0


_NOTICE_UNITS = (Unit.WORKING_DAY, Unit.CALENDAR_DAY)
_LENGTHS: Mapping[ParameterName, Expected] = {
    **{
        name: Expected("number", (Unit.WORKING_DAY,), least=1)
        for name in ParameterName
        if name.endswith("_working_days")
    },
    ParameterName.CORRECTION_CALENDAR_DAYS: Expected("number", (Unit.CALENDAR_DAY,), least=1),
    ParameterName.CORRECTION_REMINDERS: Expected("numbers", (Unit.CALENDAR_DAY,), least=1),
    ParameterName.NOTICE_LENGTH: Expected("number", _NOTICE_UNITS, least=1),
    ParameterName.CARD_VALIDITY_YEARS: Expected("number", (Unit.YEAR,), least=1),
    ParameterName.RENEWAL_OPENS_DAYS: Expected("number", (Unit.CALENDAR_DAY,)),
    ParameterName.RENEWAL_FILED_BY_DAYS: Expected("number", (Unit.CALENDAR_DAY,)),
    ParameterName.SENSITIVE_IMAGE_RETENTION_DAYS: Expected("number", (Unit.CALENDAR_DAY,)),
    ParameterName.PLEDGE_CALENDAR_DAYS: Expected("number", (Unit.CALENDAR_DAY,), least=1),
    ParameterName.PLEDGE_REMINDERS: Expected("numbers", (Unit.CALENDAR_DAY,), least=1),
    ParameterName.PORTRAIT_WIDTH_PX: Expected("number", (Unit.PIXEL,), least=1),
    ParameterName.PORTRAIT_HEIGHT_PX: Expected("number", (Unit.PIXEL,), least=1),
}

#: Kind and units of every parameter; those not listed above are switches.
EXPECTED: Mapping[ParameterName, Expected] = {
    **{name: Expected("switch") for name in ParameterName},
    **_LENGTHS,
    ParameterName.NOTICE_UNIT: Expected("unit"),
}


def read_parameters(reader: Reader) -> Parameters:
    """Read all parameters; a missing, unknown or inconsistent one is a problem."""
    stated = tuple(_read_one(reader, name) for name in ParameterName if _is_stated(reader, name))
    reader.done()
    by_name = {parameter.name: parameter for parameter in stated}
    _check_together(reader, by_name)
    return Parameters(stated)


def _is_stated(reader: Reader, name: ParameterName) -> bool:
    if reader.has(name.value):
        return True
    if name not in PLEDGE_PARAMETERS:
        reader.problem("this parameter is missing", name.value)
    return False


def _read_one(reader: Reader, name: ParameterName) -> Parameter:
    inner = reader.inner(name.value)
    expected = EXPECTED[name]
    unit = inner.one_of("unit", Unit)
    if unit not in expected.units:
        inner.problem(f"counted in {' or '.join(expected.units)}, not in {unit}", "unit")
    text_zh, text_en = inner.both("text")
    parameter = Parameter(
        name=name,
        value=_value(inner, expected),
        unit=unit,
        origin=inner.text("origin"),
        text_zh=text_zh,
        text_en=text_en,
    )
    inner.done()
    return parameter


def _value(inner: Reader, expected: Expected) -> Value:
    if expected.kind == "number":
        return inner.number("value", expected.least)
    if expected.kind == "unit":
        return inner.one_of("value", Unit).value
    if expected.kind == "switch":
        if not inner.has("value"):
            inner.problem("true or false is needed", "value")
        return inner.flag("value")
    return _numbers(inner, expected.least)


def _numbers(inner: Reader, least: int) -> tuple[int, ...]:
    stated = inner.raw("value")
    members = stated if isinstance(stated, list) else [None]
    numbers = tuple(
        member
        for member in members
        if isinstance(member, int) and not isinstance(member, bool) and member >= least
    )
    if len(numbers) != len(members):
        inner.problem(f"a list of whole numbers from {least} on is needed", "value")
    return numbers


def _check_together(reader: Reader, by_name: Mapping[ParameterName, Parameter]) -> None:
    """Values that only make sense with one another."""
    unit, length = by_name.get(ParameterName.NOTICE_UNIT), by_name.get(ParameterName.NOTICE_LENGTH)
    if unit and length and unit.value != length.unit:
        reader.problem("the length of the notice is counted in another unit", "notice_unit")
    opens = by_name.get(ParameterName.RENEWAL_OPENS_DAYS)
    filed_by = by_name.get(ParameterName.RENEWAL_FILED_BY_DAYS)
    if opens and filed_by and _number(opens) <= _number(filed_by):
        reader.problem("a renewal must open before the day it is to be filed by", opens.name.value)
    for of, recalled in (
        (ParameterName.CORRECTION_CALENDAR_DAYS, ParameterName.CORRECTION_REMINDERS),
        (ParameterName.PLEDGE_CALENDAR_DAYS, ParameterName.PLEDGE_REMINDERS),
    ):
        limit, reminders = by_name.get(of), by_name.get(recalled)
        if limit and reminders and isinstance(reminders.value, tuple):
            _check_reminders(reader, recalled, reminders.value, _number(limit))
    _check_endorsement(reader, by_name)


def _check_reminders(
    reader: Reader, name: ParameterName, reminders: tuple[int, ...], limit: int
) -> None:
    if any(days >= limit for days in reminders):
        reader.problem("a reminder before the time began", name.value)
    if list(reminders) != sorted(set(reminders), reverse=True):
        reader.problem("reminders stand from the earliest to the latest", name.value)


def _check_endorsement(reader: Reader, by_name: Mapping[ParameterName, Parameter]) -> None:
    limit = by_name.get(ParameterName.ENDORSEMENT_WORKING_DAYS)
    reminder = by_name.get(ParameterName.ENDORSEMENT_REMINDER_WORKING_DAYS)
    if limit and reminder and _number(reminder) >= _number(limit):
        reader.problem("a reminder after the limit", reminder.name.value)


def _number(parameter: Parameter) -> int:
    return parameter.value if isinstance(parameter.value, int) else 0
