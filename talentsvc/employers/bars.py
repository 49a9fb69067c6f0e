"""The bar of a company that broke its word: a pure function of the moments of its breaches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from talentsvc.employers.terms import BAR_MONTHS, BREACHES_COUNT_MONTHS, BREACHES_TO_BAR


def months_after(moment: datetime, months: int) -> datetime:
    """The same day and hour so many months later; a day that the month lacks is its last one."""
    month = moment.month - 1 + months
    year, month = moment.year + month // 12, month % 12 + 1
    day = moment.day
    while True:
        try:
            return moment.replace(year=year, month=month, day=day)
        except ValueError:
            day -= 1


def barred_until(breaches: Sequence[datetime], at: datetime) -> datetime | None:
    """Until when a bar runs at a moment, or None.

    Two breaches (▲) within twelve months bar for twelve months from the second; a later pair bars
    anew. Lifted breaches are not given to this function.
    """
    moments = sorted(moment for moment in breaches if moment <= at)
    ends = [
        months_after(moments[number], BAR_MONTHS)
        for number in range(BREACHES_TO_BAR - 1, len(moments))
        if moments[number]
        < months_after(moments[number - BREACHES_TO_BAR + 1], BREACHES_COUNT_MONTHS)
    ]
    latest = max(ends, default=None)
    return latest if latest is not None and latest > at else None
