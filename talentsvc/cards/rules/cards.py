"""How long a card is in force, and what the passing of its last day does (facts.md 8.3).

How the city counts validity was not found (facts.md 8c), so this is our choice, stated in full: a
card is in force from 00:00 of the day it is issued until 24:00 of the day *before* the anniversary
▲ 5 years later, so that it lasts exactly five years and no day belongs to two periods. Issued on
2026-11-24 it ends with 2031-11-23. Where the anniversary is a 29 February that does not exist, the
last day is 28 February.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from talentsvc.cards.terms import CardState, SuspensionReason
from talentsvc.core.clock import end_of_day, require_aware

_ONE_DAY = timedelta(days=1)

#: States that the end of the last day turns into EXPIRED; a suspended card runs out as well.
RUNNING_STATES = frozenset({CardState.ACTIVE, CardState.SUSPENDED})


@dataclass(frozen=True)
class Validity:
    """First and last day of a card, both included."""

    valid_from: date
    valid_until: date

    @property
    def ends_at(self) -> datetime:
        """24:00 Shanghai of the last day; from here on the card is no longer in force."""
        return end_of_day(self.valid_until)


def validity(issued_on: date, years: int) -> Validity:
    """Return the validity of a new card issued on this day for `years` ▲ years (at least 1)."""
    return Validity(issued_on, _last_day(issued_on, years))


def replacement_validity(replaced: Validity, issued_on: date) -> Validity:
    """Return the validity of a card that replaces another: a new number with the same end date.

    Raises ValueError after that date: what has ended is renewed, not replaced.
    """
    if issued_on > replaced.valid_until:
        raise ValueError("an expired card is not replaced")
    return Validity(issued_on, replaced.valid_until)


def renewed_validity(previous: Validity, issued_on: date, years: int) -> Validity:
    """Return the validity of a renewed card: in force at once, and not a day of the old one lost."""
    counted_from = max(issued_on, previous.valid_until + _ONE_DAY)
    return Validity(issued_on, _last_day(counted_from, years))


def card_state_at(
    state: CardState,
    valid_until: date,
    now: datetime,
    *,
    is_renewal_pending: bool = False,
) -> CardState:
    """Return the state of a card at `now`, `state` being the last one written down.

    At 24:00 of its last day it is expired, whether or not any job has run. A card whose renewal
    is pending (`is_renewal_pending`) stays in force until that is decided.
    """
    has_ended = require_aware(now) >= end_of_day(valid_until) and not is_renewal_pending
    return CardState.EXPIRED if has_ended and state in RUNNING_STATES else state


def is_in_force(state: CardState) -> bool:
    """Tell whether a card in this state (`card_state_at`) opens anything."""
    return state is CardState.ACTIVE


def may_replace(state: CardState, suspension: SuspensionReason | None) -> bool:
    """Tell whether a new card may take the place of this one: it is damaged, or reported lost.

    A card out of use for another reason comes back by a decision about that reason, never by the
    way of a replacement, which would be in force at once (facts.md 8.3).
    """
    return state is not CardState.SUSPENDED or suspension is SuspensionReason.LOSS


def renewal_opens_on(valid_until: date, opens_days: int) -> date:
    """Return the first day a renewal can be filed: ▲ 90 days before the last day (decisions.md)."""
    return valid_until - timedelta(days=opens_days)


def may_renew_on(valid_until: date, day: date, opens_days: int) -> bool:
    """Tell whether a renewal can be filed on `day`; after the last day it is a new application."""
    return renewal_opens_on(valid_until, opens_days) <= day <= valid_until


def is_kept_by_renewal(valid_until: date, filed_on: date, filed_by_days: int) -> bool:
    """Tell whether a renewal filed on this day keeps the card in force until it is decided.

    Licence law art. 50 as model (facts.md 6.3): asked for ▲ 30 days before the end and undecided
    then, the card counts as renewed for the time being. Filed later it has no such effect.
    """
    return filed_on <= valid_until - timedelta(days=filed_by_days)


def _last_day(start: date, years: int) -> date:
    if years < 1:
        raise ValueError("a card is valid for a year at least")
    try:
        anniversary = start.replace(year=start.year + years)
    except ValueError:
        anniversary = date(start.year + years, 3, 1)
    return anniversary - _ONE_DAY
