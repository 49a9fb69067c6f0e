from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.cards.rules.cards import (
    Validity,
    card_state_at,
    is_in_force,
    is_kept_by_renewal,
    may_renew_on,
    renewal_opens_on,
    renewed_validity,
    replacement_validity,
    validity,
)
from talentsvc.cards.terms import CardState
from tests.cards.rules.stories import at, on

LAST_DAY = on("2031-11-23")
CARD = Validity(on("2026-11-24"), LAST_DAY)


@pytest.mark.parametrize(
    ("issued", "last_day"),
    [
        ("2026-11-24", "2031-11-23"),
        ("2027-01-01", "2031-12-31"),
        ("2027-03-01", "2032-02-29"),
        ("2028-02-29", "2033-02-28"),
        ("2028-02-28", "2033-02-27"),
    ],
)
def test_a_card_lasts_five_years_to_the_day(issued, last_day):
    assert validity(on(issued), 5) == Validity(on(issued), on(last_day))


@given(day=st.dates(on("2026-01-01"), on("2060-12-31")), years=st.integers(1, 20))
def test_consecutive_cards_leave_no_gap_and_share_no_day(day, years):
    card = validity(day, years)
    renewed = renewed_validity(card, card.valid_until, years)
    first_new_day = card.valid_until + timedelta(days=1)
    assert renewed.valid_until == validity(first_new_day, years).valid_until
    assert first_new_day.year - day.year == years
    assert abs((first_new_day.replace(day=1) - day.replace(day=1)).days - 365.25 * years) < 32


def test_a_card_without_a_year_is_a_mistake():
    with pytest.raises(ValueError, match="a year at least"):
        validity(on("2026-11-24"), 0)


@pytest.mark.parametrize("state", [CardState.ACTIVE, CardState.SUSPENDED])
def test_a_card_expires_at_midnight_of_its_last_day_with_no_job_having_run(state):
    assert CARD.ends_at == at("2031-11-24 00:00")
    assert card_state_at(state, LAST_DAY, at("2031-11-23 23:59:59")) is state
    assert card_state_at(state, LAST_DAY, at("2031-11-24 00:00")) is CardState.EXPIRED


@pytest.mark.parametrize("state", [CardState.REPLACED, CardState.CANCELLED, CardState.EXPIRED])
def test_a_card_that_has_ended_stays_what_it_is(state):
    assert card_state_at(state, LAST_DAY, at("2040-01-01")) is state
    assert card_state_at(state, LAST_DAY, at("2027-01-01")) is state


def test_a_pending_renewal_keeps_a_card_as_it_is():
    after = at("2031-12-15")
    kept = card_state_at(CardState.ACTIVE, LAST_DAY, after, is_renewal_pending=True)
    assert kept is CardState.ACTIVE
    suspended = card_state_at(CardState.SUSPENDED, LAST_DAY, after, is_renewal_pending=True)
    assert suspended is CardState.SUSPENDED


def test_only_an_active_card_opens_anything():
    assert [state for state in CardState if is_in_force(state)] == [CardState.ACTIVE]


def test_a_replacement_has_a_new_first_day_and_the_same_end():
    replaced = replacement_validity(CARD, on("2028-05-06"))
    assert replaced == Validity(on("2028-05-06"), LAST_DAY)
    assert replacement_validity(CARD, LAST_DAY).valid_until == LAST_DAY
    with pytest.raises(ValueError, match="not replaced"):
        replacement_validity(CARD, LAST_DAY + timedelta(days=1))


def test_a_renewal_loses_no_day_of_the_old_card_and_gives_none_away():
    early = renewed_validity(CARD, on("2031-10-01"), 5)
    assert early == Validity(on("2031-10-01"), on("2036-11-23"))
    late = renewed_validity(CARD, on("2031-12-10"), 5)
    assert late == Validity(on("2031-12-10"), on("2036-12-09"))


def test_renewal_opens_ninety_days_before_and_closes_with_the_card():
    assert renewal_opens_on(LAST_DAY, 90) == on("2031-08-25")
    assert not may_renew_on(LAST_DAY, on("2031-08-24"), 90)
    assert may_renew_on(LAST_DAY, on("2031-08-25"), 90)
    assert may_renew_on(LAST_DAY, LAST_DAY, 90)
    assert not may_renew_on(LAST_DAY, LAST_DAY + timedelta(days=1), 90)


def test_only_a_renewal_filed_thirty_days_before_keeps_the_card():
    assert is_kept_by_renewal(LAST_DAY, on("2031-10-24"), 30)
    assert not is_kept_by_renewal(LAST_DAY, on("2031-10-25"), 30)
