"""Steps, days and names of employers."""

from datetime import date
from itertools import product

import pytest

from talentsvc.core.errors import InvalidInput, NotAllowedNow
from talentsvc.core.names import query_tokens
from talentsvc.employers.rules import (
    AGENT_STEPS,
    EMPLOYER_STEPS,
    checked_name,
    checked_reason,
    checked_until,
    company_tokens,
    latest_until,
)
from talentsvc.employers.terms import AgentState, AgentStep, EmployerState, EmployerStep

TODAY = date(2026, 11, 23)
EMPLOYERS_MAY = {
    (EmployerState.PENDING, EmployerStep.VERIFY),
    (EmployerState.PENDING, EmployerStep.REFUSE),
    (EmployerState.PENDING, EmployerStep.MEND),
    (EmployerState.REFUSED, EmployerStep.MEND),
}
AGENTS_MAY = {
    (AgentState.PENDING, AgentStep.CONFIRM),
    (AgentState.PENDING, AgentStep.REFUSE),
    (AgentState.PENDING, AgentStep.END),
    (AgentState.ACTIVE, AgentStep.END),
}


@pytest.mark.parametrize(
    ("table", "state", "step", "is_possible"),
    [
        (EMPLOYER_STEPS, state, step, (state, step) in EMPLOYERS_MAY)
        for state, step in product(EmployerState, EmployerStep)
    ]
    + [
        (AGENT_STEPS, state, step, (state, step) in AGENTS_MAY)
        for state, step in product(AgentState, AgentStep)
    ],
)
def test_every_step_is_possible_exactly_where_it_should_be(table, state, step, is_possible):
    if is_possible:
        assert table.target(state, step) is not None
    else:
        with pytest.raises(NotAllowedNow):
            table.target(state, step)


@pytest.mark.parametrize(
    ("until", "code"),
    [(None, "missing"), (date(2026, 11, 22), "past"), (date(2029, 11, 24), "too_far")],
)
def test_an_authorisation_ends_today_at_the_earliest_and_in_three_years_at_the_latest(until, code):
    with pytest.raises(InvalidInput) as caught:
        checked_until(until, TODAY)
    assert (caught.value.field, caught.value.code) == ("authorised_until", code)


def test_the_first_and_the_last_possible_day_are_taken():
    assert checked_until(TODAY, TODAY) == TODAY
    assert checked_until(date(2029, 11, 23), TODAY) == date(2029, 11, 23)
    assert latest_until(date(2028, 2, 29)) == date(2031, 2, 28)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (" ", "missing"),
        ("公" * 201, "too_long"),
        ("12-34", "characters"),
        ("公\u202e司", "characters"),
    ],
)
def test_what_is_no_name_is_refused(name, code):
    with pytest.raises(InvalidInput) as caught:
        checked_name(name)
    assert caught.value.code == code


def test_a_reason_has_words_and_an_end():
    assert checked_reason("  缺公章 ") == "缺公章"
    for text, code in [("  ", "missing"), ("长" * 501, "too_long")]:
        with pytest.raises(InvalidInput) as caught:
            checked_reason(text)
        assert caught.value.code == code


@pytest.mark.parametrize(
    "query",
    [
        "示例生物",
        "生物医药",
        "shengwu",
        "shengwuyiyao",
        "slsw",
        "swyy",
        "石家庄",
        "sjzgx",
        "gaoxin shengwu",
        "91139901",
    ],
)
def test_the_middle_of_a_name_is_found_in_characters_pinyin_and_initials(query):
    tokens = company_tokens("石家庄高新示例生物医药科技有限公司", "91139901M0000001X4").split()
    for term in query_tokens(query):
        wanted = term.removesuffix(":*")
        is_prefix = term.endswith(":*")
        assert any(
            token.startswith(wanted) if is_prefix else token == wanted for token in tokens
        ), term


def test_a_latin_name_is_not_cut_inside_its_words():
    tokens = company_tokens("Hebei Example Biotech", "91139901M0000001X4").split()
    assert "biotech" in tokens
    assert "iotech" not in tokens
