from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.core.clock import SHANGHAI, end_of_day, start_of_day
from talentsvc.core.workdays import Due, Pause, WorkCalendar, add_calendar_days, due_after

ONE_DAY = timedelta(days=1)


def _span(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


# The notice of 2025-11-04 for 2026; weekends inside a holiday need no exception.
FREE = [
    *_span(date(2026, 1, 1), date(2026, 1, 3)),
    *_span(date(2026, 2, 15), date(2026, 2, 23)),
    *_span(date(2026, 4, 4), date(2026, 4, 6)),
    *_span(date(2026, 5, 1), date(2026, 5, 5)),
    *_span(date(2026, 6, 19), date(2026, 6, 21)),
    *_span(date(2026, 9, 25), date(2026, 9, 27)),
    *_span(date(2026, 10, 1), date(2026, 10, 7)),
]
WORKED = [
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
]
CALENDAR_2026 = WorkCalendar(
    {day: False for day in FREE if day.weekday() < 5} | dict.fromkeys(WORKED, True),
    frozenset({2027}),
)

days = st.dates(min_value=date(2025, 12, 1), max_value=date(2027, 3, 1))
calendars = st.builds(
    WorkCalendar,
    st.dictionaries(days, st.booleans(), max_size=60),
    st.frozensets(st.integers(2025, 2027)),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=UTC)
)
# Many pauses begin or end exactly at midnight, where the rule is decided.
edges = moments | days.map(start_of_day)


@st.composite
def pauses(draw):
    found = []
    for _ in range(draw(st.integers(0, 5))):
        one, other = sorted((draw(edges), draw(edges)))
        found.append(Pause(one, draw(st.sampled_from([other, other, other, None]))))
    return found


def _at(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


class TestCalendar:
    @pytest.mark.parametrize("day", WORKED)
    def test_an_adjusted_weekend_is_worked(self, day):
        assert day.weekday() >= 5
        assert CALENDAR_2026.is_working_day(day)

    @pytest.mark.parametrize("day", FREE)
    def test_a_holiday_is_free(self, day):
        assert not CALENDAR_2026.is_working_day(day)

    def test_2026_has_the_right_number_of_working_days(self):
        year = _span(date(2026, 1, 1), date(2026, 12, 31))
        weekdays = sum(day.weekday() < 5 for day in year)
        free_weekdays = sum(day.weekday() < 5 for day in FREE)
        worked = sum(CALENDAR_2026.is_working_day(day) for day in year)
        assert (weekdays, free_weekdays, worked) == (261, 19, 248)

    @pytest.mark.parametrize(
        ("day", "following"),
        [
            (date(2026, 2, 15), date(2026, 2, 24)),
            (date(2026, 2, 14), date(2026, 2, 14)),
            (date(2026, 9, 19), date(2026, 9, 20)),
            (date(2026, 10, 1), date(2026, 10, 8)),
            (date(2026, 11, 21), date(2026, 11, 23)),
            (date(2026, 11, 23), date(2026, 11, 23)),
        ],
    )
    def test_what_arrives_on_a_free_day_counts_from_the_next_working_day(self, day, following):
        assert CALENDAR_2026.next_working_day(day) == following

    def test_a_year_is_provisional_until_its_table_is_known(self):
        assert not CALENDAR_2026.is_provisional(date(2026, 12, 31))
        assert CALENDAR_2026.is_provisional(date(2027, 1, 1))
        assert CALENDAR_2026.is_provisional(date(2028, 1, 1))
        guessed = WorkCalendar({date(2027, 1, 1): False}, frozenset({2027}))
        assert guessed.is_provisional(date(2027, 6, 1))
        assert WorkCalendar({}).is_provisional(date(2026, 1, 1))

    @given(calendars, days)
    def test_the_next_working_day_is_the_first_one(self, calendar, day):
        found = calendar.next_working_day(day)
        assert calendar.is_working_day(found)
        assert not any(calendar.is_working_day(other) for other in _span(day, found)[:-1])


class TestCounting:
    @pytest.mark.parametrize(
        ("start", "count", "last"),
        [
            (date(2026, 2, 13), 5, date(2026, 2, 27)),
            (date(2026, 9, 18), 5, date(2026, 9, 24)),
            (date(2026, 9, 30), 1, date(2026, 10, 8)),
            (date(2026, 11, 20), 5, date(2026, 11, 27)),
            (date(2026, 11, 22), 30, date(2027, 1, 1)),
            (date(2026, 5, 1), 0, date(2026, 5, 1)),
        ],
    )
    def test_known_cases_of_2026(self, start, count, last):
        assert CALENDAR_2026.add_working_days(start, count) == last

    def test_thirty_working_days_from_late_november_are_provisional(self):
        assert due_after(CALENDAR_2026, date(2026, 11, 22), 30) == Due(date(2027, 1, 1), True)
        assert due_after(CALENDAR_2026, date(2026, 11, 22), 5) == Due(date(2026, 11, 27), False)

    @given(calendars, days, st.integers(0, 40))
    def test_adding_is_counting_day_by_day(self, calendar, start, count):
        last = calendar.add_working_days(start, count)
        counted = [day for day in _span(start, last)[1:] if calendar.is_working_day(day)]
        assert len(counted) == count
        assert last == (counted[-1] if counted else start)
        assert calendar.working_days_after(start, last) == count

    @given(calendars, days, days)
    def test_days_between_two_dates(self, calendar, one, other):
        start, end = sorted((one, other))
        expected = sum(calendar.is_working_day(day) for day in _span(start, end)[1:])
        assert calendar.working_days_after(start, end) == expected
        assert calendar.working_days_after(end, start) == -expected

    def test_a_limit_is_not_negative(self):
        for count_days in (
            CALENDAR_2026.add_working_days,
            add_calendar_days,
            lambda start, count: due_after(CALENDAR_2026, start, count),
        ):
            with pytest.raises(ValueError, match="negative"):
                count_days(date(2026, 1, 5), -1)

    def test_calendar_days_count_every_day(self):
        assert add_calendar_days(date(2026, 2, 13), 30) == date(2026, 3, 15)
        assert add_calendar_days(date(2026, 2, 13), 0) == date(2026, 2, 13)


def _due_by_oracle(calendar, start, count, stops):
    """The rule day by day, asking at a moment before midnight that no drawn time falls into."""
    day, is_provisional = start, False
    for _ in range(2_000):
        if count == 0:
            return Due(day, is_provisional)
        day += ONE_DAY
        moment = end_of_day(day) - timedelta(microseconds=1)
        inside = [
            p for p in stops if p.from_at <= moment and (not p.until_at or moment < p.until_at)
        ]
        if any(pause.until_at is None for pause in inside):
            return Due(None, is_provisional)
        is_provisional |= calendar.is_provisional(day)
        if calendar.is_working_day(day) and not inside:
            count -= 1
    raise AssertionError("the oracle did not end")


class TestPauses:
    @given(calendars, days, st.integers(0, 30), pauses())
    def test_due_dates_agree_with_the_day_by_day_oracle(self, calendar, start, count, stops):
        assert due_after(calendar, start, count, stops) == _due_by_oracle(
            calendar, start, count, stops
        )

    @given(calendars, days, st.integers(0, 30))
    def test_without_a_pause_it_is_plain_counting(self, calendar, start, count):
        assert due_after(calendar, start, count).on == calendar.add_working_days(start, count)

    @given(calendars, days, st.integers(0, 20), pauses(), edges, edges)
    def test_another_pause_never_brings_the_end_forward(
        self, calendar, start, count, stops, one, other
    ):
        before = due_after(calendar, start, count, stops).on
        first, last = sorted((one, other))
        after = due_after(calendar, start, count, [*stops, Pause(first, last)]).on
        if before is None:
            assert after is None
        else:
            assert after is None or after >= before

    @given(calendars, days, st.integers(0, 20), pauses(), st.randoms())
    def test_the_order_of_pauses_does_not_matter(self, calendar, start, count, stops, random):
        shuffled = random.sample(stops, len(stops))
        assert due_after(calendar, start, count, shuffled) == due_after(
            calendar, start, count, stops
        )

    def test_pausing_and_resuming_on_one_day_saves_nothing(self):
        monday = date(2026, 11, 23)
        pause = Pause(_at(monday, 9), _at(monday, 17))
        assert due_after(CALENDAR_2026, date(2026, 11, 20), 1, [pause]).on == monday

    def test_a_pause_over_midnight_saves_the_day_that_ended(self):
        monday = date(2026, 11, 23)
        pause = Pause(_at(monday, 23, 59), _at(monday + ONE_DAY, 0, 1))
        assert due_after(CALENDAR_2026, date(2026, 11, 20), 1, [pause]).on == date(2026, 11, 24)

    def test_midnight_belongs_to_the_day_that_ends(self):
        monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
        whole_tuesday = Pause(start_of_day(tuesday), end_of_day(tuesday))
        assert not whole_tuesday.covers_end_of(monday)
        assert whole_tuesday.covers_end_of(tuesday)
        assert not whole_tuesday.covers_end_of(tuesday + ONE_DAY)

    def test_a_pause_of_no_length_stops_nothing(self):
        midnight = end_of_day(date(2026, 11, 23))
        assert not Pause(midnight, midnight).covers_end_of(date(2026, 11, 23))

    def test_while_the_clock_stands_still_there_is_no_due_date(self):
        since = Pause(_at(date(2026, 11, 24), 10))
        assert due_after(CALENDAR_2026, date(2026, 11, 20), 5, [since]).on is None

    def test_a_pause_after_the_end_changes_nothing(self):
        since = Pause(_at(date(2026, 11, 28), 10))
        assert due_after(CALENDAR_2026, date(2026, 11, 20), 5, [since]).on == date(2026, 11, 27)

    def test_a_pause_runs_forwards_in_known_time(self):
        moment = _at(date(2026, 11, 24), 10)
        with pytest.raises(ValueError, match="ends after"):
            Pause(moment, moment - timedelta(seconds=1))
        with pytest.raises(ValueError, match="naive"):
            Pause(moment.replace(tzinfo=None))
