"""Wording, gates, withdrawing, ranking, the clock and the bar, against worked examples and slow oracles."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.core.errors import InvalidInput, NotAllowedNow
from talentsvc.core.workdays import WorkCalendar
from talentsvc.employers.bars import barred_until, months_after
from talentsvc.events.rules.event_terms import EventTerms
from talentsvc.events.rules.ranking import Contender, ranked
from talentsvc.events.rules.registering import (
    Gate,
    check_gate,
    confirm_by,
    free_until,
    step_to_withdraw,
)
from talentsvc.events.rules.session_clock import Timed, has_lapsed, lapses_at
from talentsvc.events.rules.waiting_list import Waiting, position_of, those_who_move_up
from talentsvc.events.rules.wording import WordingRule, flags_in
from talentsvc.events.terms.event import EventState, SessionState
from talentsvc.events.terms.registration import PlaceState, RegistrationState, RegistrationStep

AT = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
_W = WordingRule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("限985、211高校毕业生", _W.SCHOOL_LIST),
        ("９８５院校优先", _W.SCHOOL_LIST),
        ("9 8 5 高校", _W.SCHOOL_LIST),
        ("双一流高校硕士", _W.SCHOOL_LIST),
        ("限男性", _W.SEX),
        ("男士优先", _W.SEX),
        ("性别：女", _W.SEX),
        ("Males only, please", _W.SEX),
        ("已婚已育优先", _W.MARRIAGE),
        ("限本市户籍", _W.HOUSEHOLD),
        ("本地户口", _W.HOUSEHOLD),
        ("无乙肝", _W.HEALTH),
        ("残疾人勿投", _W.HEALTH),
        ("汉族优先", _W.FAITH),
        ("年龄不超过30岁", _W.AGE),
        ("35周岁以下", _W.AGE),
    ],
)
def test_forbidden_wording_is_found_and_named(text, rule):
    assert rule in {flag.rule for flag in flags_in({"requirements": f"本科及以上，{text}。"})}


@pytest.mark.parametrize(
    "text",
    [
        "办公地点 211室，电话 85985985",
        "男装设计师，熟悉女性消费市场",
        "负责 985 元以下订单",
        "版本 2.985",
        "熟悉户外产品与户型设计",
        "年龄不限，性别不限",
        "族群分析与家族基金研究",
        "985号仓库管理员",
        "3-5年工作经验，月薪 9850 元",
    ],
)
def test_ordinary_words_are_left_alone(text):
    assert flags_in({"requirements": text}) == []


def test_a_flag_says_where_and_with_which_words():
    (flag,) = flags_in({"title": "工程师", "requirements": "限男性，能出差"})
    assert flag.as_data() == {"rule": "sex", "field": "requirements", "words": "限男性"}


GATE = Gate(
    EventState.PUBLISHED,
    SessionState.PLANNED,
    AT,
    AT + timedelta(days=10),
    AT + timedelta(days=20),
)


@pytest.mark.parametrize(
    ("changed", "at", "code"),
    [
        ({}, AT - timedelta(seconds=1), "not_open_yet"),
        ({}, AT + timedelta(days=10), "closed"),
        ({"event_state": EventState.CANCELLED}, AT, "not_taking_place"),
        ({"session_state": SessionState.CANCELLED}, AT, "not_taking_place"),
        ({"opens_at": None}, AT, "no_companies"),
    ],
)
def test_the_gate_says_why_it_is_closed(changed, at, code):
    check_gate(GATE, AT)
    with pytest.raises(InvalidInput) as refusal:
        check_gate(replace(GATE, **changed), at)
    assert refusal.value.code == code


#: The adjusted days of late September 2026: Sunday 20 worked, 25 to 27 off (facts.md 5.5).
CALENDAR = WorkCalendar(
    {
        date(2026, 9, 20): True,
        date(2026, 9, 25): False,
        **{date(2026, 10, day): False for day in range(1, 8)},
        date(2026, 10, 10): True,
    },
    frozenset(),
)


@pytest.mark.parametrize(
    ("held_on", "days", "last_free_day"),
    [
        (date(2026, 11, 27), 1, date(2026, 11, 26)),
        (date(2026, 11, 30), 1, date(2026, 11, 27)),
        (date(2026, 9, 21), 1, date(2026, 9, 20)),
        (date(2026, 10, 8), 1, date(2026, 9, 30)),
        (date(2026, 11, 30), 2, date(2026, 11, 26)),
        (date(2026, 11, 30), 0, date(2026, 11, 29)),
    ],
)
def test_withdrawing_is_free_until_the_end_of_a_working_day(held_on, days, last_free_day):
    until = free_until(held_on, EventTerms(cancel_free_working_days=days), CALENDAR)
    assert until.astimezone(UTC) == datetime(
        last_free_day.year, last_free_day.month, last_free_day.day, 16, 0, tzinfo=UTC
    )


def test_only_a_place_that_is_given_back_late_is_a_breach():
    until, begins = AT + timedelta(days=1), AT + timedelta(days=2)
    in_time = {"free_until_at": until, "starts_at": begins}
    assert step_to_withdraw(holds_place=True, at=AT, **in_time) is RegistrationStep.CANCEL
    assert step_to_withdraw(holds_place=True, at=until, **in_time) is RegistrationStep.CANCEL_LATE
    assert step_to_withdraw(holds_place=False, at=until, **in_time) is RegistrationStep.CANCEL
    with pytest.raises(NotAllowedNow):
        step_to_withdraw(holds_place=False, at=begins, **in_time)


def test_who_moves_up_late_has_hours_of_his_own_but_never_beyond_the_beginning():
    due, begins, terms = AT, AT + timedelta(days=5), EventTerms(promoted_hours=48)
    ends = begins + timedelta(hours=4)

    def by(at):
        return confirm_by(due, terms, begins, ends, at)

    assert by(AT - timedelta(days=9)) == due
    assert by(AT - timedelta(days=1)) == AT + timedelta(days=1)
    assert by(AT + timedelta(days=1)) == AT + timedelta(days=3)
    assert by(AT + timedelta(days=4)) == begins
    # Who moves up on the day has until its end.
    assert by(begins + timedelta(minutes=30)) == ends


contenders = st.builds(
    Contender,
    registration_id=st.uuids(),
    legal_employer_id=st.uuids(),
    breaches=st.integers(0, 2),
    is_lead_industry=st.booleans(),
    points=st.none() | st.integers(0, 3),
    filed_at=st.integers(0, 86_400).map(lambda seconds: AT + timedelta(seconds=seconds)),
)


@given(
    st.lists(contenders, max_size=8, unique_by=lambda one: one.registration_id),
    st.permutations(list(EventTerms().ranking)),
    st.randoms(),
)
def test_the_ranking_is_the_same_in_any_order_and_nobody_stands_before_a_better_one(
    found, keys, random
):
    order = ranked(found, keys)
    shuffled = list(found)
    random.shuffle(shuffled)
    assert ranked(shuffled, keys) == order

    def better(one: Contender, other: Contender) -> bool:
        for key in keys:
            if key == "fewest_breaches" and one.breaches != other.breaches:
                return one.breaches < other.breaches
            if key == "lead_industry" and one.is_lead_industry != other.is_lead_industry:
                return one.is_lead_industry
            if key == "points" and one.points != other.points:
                if one.points is None or other.points is None:
                    return other.points is None
                return one.points > other.points
            if key == "filed_first" and one.filed_at != other.filed_at:
                return one.filed_at < other.filed_at
        return False

    for number, ahead in enumerate(order):
        assert ahead.rank == number + 1
        for behind in order[number + 1 :]:
            assert not better(behind.contender, ahead.contender)


@given(
    st.lists(st.tuples(st.integers(1, 50), st.integers(0, 5)), unique_by=lambda pair: pair[0]),
    st.integers(0, 6),
    st.sets(st.integers(0, 5)),
)
def test_the_waiting_list_keeps_its_order_and_gives_one_booth_a_legal_person(rows, free, holding):
    waiting = [Waiting(UUID(int=n), UUID(int=legal), n) for n, legal in rows]
    held = {UUID(int=legal) for legal in holding}
    moved = those_who_move_up(waiting, free, held)
    assert len(moved) <= free
    assert [one.queue_number for one in moved] == sorted(one.queue_number for one in moved)
    legal = [one.legal_employer_id for one in moved]
    assert len(set(legal)) == len(legal)
    assert not set(legal) & held
    left = [one for one in waiting if one not in moved]
    last = moved[-1].queue_number if moved else 0
    passed_over = [one for one in left if len(moved) < free or one.queue_number < last]
    assert all(one.legal_employer_id in held | set(legal) for one in passed_over)
    numbers = [one.queue_number for one in waiting]
    for one in waiting:
        assert position_of(one.queue_number, numbers) == sorted(numbers).index(one.queue_number) + 1


_S = RegistrationState
STARTS = AT + timedelta(days=9)
ENDS = STARTS + timedelta(hours=4)


@pytest.mark.parametrize(
    ("state", "place", "confirm", "closes", "lapses"),
    [
        (_S.DRAFT, PlaceState.NONE, None, AT, AT),
        (_S.DRAFT, PlaceState.NONE, None, STARTS + timedelta(days=1), STARTS),
        (_S.SUBMITTED, PlaceState.HELD, None, AT, STARTS),
        (_S.RETURNED, PlaceState.WAITING, None, AT, STARTS),
        (_S.APPROVED, PlaceState.HELD, AT, AT, AT),
        (_S.APPROVED, PlaceState.HELD, STARTS + timedelta(days=1), AT, ENDS),
        (_S.APPROVED, PlaceState.NONE, None, AT, STARTS),
        (_S.APPROVED, PlaceState.WAITING, None, AT, ENDS),
        (_S.CONFIRMED, PlaceState.HELD, AT, AT, None),
        (_S.CHECKED_IN, PlaceState.HELD, AT, AT, None),
        (_S.REJECTED, PlaceState.NONE, None, AT, None),
    ],
)
def test_when_a_registration_lapses_by_itself(state, place, confirm, closes, lapses):
    facts = Timed(state, place, confirm, closes, STARTS, ENDS)
    assert lapses_at(facts) == lapses
    if lapses is not None:
        assert not has_lapsed(facts, lapses - timedelta(seconds=1))
        assert has_lapsed(facts, lapses)
        # However late anybody looks.
        assert has_lapsed(facts, lapses + timedelta(days=400))


def test_the_second_breach_within_twelve_months_bars_for_twelve():
    first, second = datetime(2026, 1, 31, tzinfo=UTC), datetime(2026, 6, 30, tzinfo=UTC)
    assert barred_until([first], second) is None
    assert barred_until([second, first], second) == datetime(2027, 6, 30, tzinfo=UTC)
    assert barred_until([first, second], datetime(2027, 6, 30, tzinfo=UTC)) is None
    assert barred_until([first, datetime(2027, 1, 31, tzinfo=UTC)], AT + timedelta(days=90)) is None
    assert months_after(datetime(2028, 2, 29, tzinfo=UTC), 12).day == 28


@given(st.lists(st.integers(0, 1500), max_size=5), st.integers(0, 3000))
def test_the_bar_against_looking_at_every_pair(days, day):
    start = datetime(2024, 1, 1, tzinfo=UTC)
    moments = [start + timedelta(days=d) for d in days]
    at = start + timedelta(days=day)
    found = barred_until(moments, at)
    past = sorted(m for m in moments if m <= at)
    ends = [months_after(b, 12) for a, b in pairwise(past) if b < months_after(a, 12)]
    running = [end for end in ends if end > at]
    assert found == (max(running) if running else None)
