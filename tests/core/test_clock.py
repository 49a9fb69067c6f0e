from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.core.clock import SHANGHAI, end_of_day, local_date, now, start_of_day

days = st.dates(min_value=date(1992, 1, 1), max_value=date(2200, 1, 1))


def test_now_is_an_aware_instant_in_utc():
    before = datetime.now(UTC)
    assert before <= now() <= datetime.now(UTC)
    assert now().utcoffset() == timedelta(0)


def test_a_day_belongs_to_shanghai_not_to_utc():
    assert local_date(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)
    assert local_date(datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC)) == date(2026, 11, 22)


def test_the_day_ends_at_midnight_in_shanghai():
    assert end_of_day(date(2026, 11, 22)) == datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    assert end_of_day(date(2026, 12, 31)).astimezone(SHANGHAI) == datetime(
        2027, 1, 1, tzinfo=SHANGHAI
    )


def test_a_naive_datetime_is_refused():
    with pytest.raises(ValueError, match="naive"):
        local_date(datetime(2026, 1, 1))  # noqa: DTZ001 - the naive one is the point


@given(days)
def test_every_day_follows_the_one_before_without_a_gap(day):
    assert end_of_day(day) == start_of_day(day + timedelta(days=1))
    assert start_of_day(day).tzinfo is UTC
    assert local_date(start_of_day(day)) == day
    assert local_date(end_of_day(day) - timedelta(microseconds=1)) == day
