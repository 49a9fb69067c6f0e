import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from talentsvc.core.credit_codes import (
    AUTHORITIES,
    CHARACTERS,
    InvalidCodeReason,
    InvalidCreditCode,
    check_credit_code,
    credit_code_for,
    organisation_check,
)
from talentsvc.core.errors import InvalidInput

prefixes = st.builds(
    lambda authority, kind, area, body: authority + kind + area + body,
    st.sampled_from(sorted(AUTHORITIES)),
    st.sampled_from(CHARACTERS),
    st.from_regex("[0-9]{6}", fullmatch=True),
    st.text(CHARACTERS, min_size=8, max_size=8),
)


def _reason(text):
    with pytest.raises(InvalidCreditCode) as refused:
        check_credit_code(text)
    assert isinstance(refused.value, InvalidInput)
    return refused.value.reason


def test_the_alphabet_and_the_authorities():
    assert len(CHARACTERS) == len(set(CHARACTERS)) == 31
    assert not set("IOSVZ") & set(CHARACTERS)
    assert set(AUTHORITIES) == set("123456789ANY")


def test_the_organisation_code_example_of_its_standard():
    # GB 11714-1997: D2143569 has the check character X.
    assert organisation_check("D2143569") == "X"


def test_organisation_checks_cover_x_and_zero():
    seen = {organisation_check(f"{number:08d}") for number in range(200)}
    assert seen == set("0123456789X")


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000600037341L"])
def test_published_codes(code):
    assert check_credit_code(code) == code


@pytest.mark.parametrize(
    "typed",
    [
        "91350100m000100y43",
        "9135 0100 M000 100Y 43",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "\u200b91350100M000100Y43\n",
    ],
)
def test_it_is_read_however_it_was_typed(typed):
    assert check_credit_code(typed) == "91350100M000100Y43"


@given(prefixes)
def test_every_made_code_is_valid(prefix):
    code = credit_code_for(prefix)
    assert check_credit_code(code) == code
    assert credit_code_for(code[:17]) == code
    assert code.startswith(prefix)


@pytest.mark.parametrize("authority", sorted(AUTHORITIES))
def test_every_registering_authority_is_taken(authority):
    code = credit_code_for(f"{authority}1130102MA0CDE12")
    assert check_credit_code(code)[0] == authority


@given(prefixes, st.integers(0, 17), st.sampled_from(CHARACTERS))
def test_one_wrong_character_is_always_found(prefix, at, other):
    code = credit_code_for(prefix)
    assume(other != code[at])
    _reason(code[:at] + other + code[at + 1 :])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "length"),
        ("91350100M000100Y4", "length"),
        ("91350100M000100Y433", "length"),
        ("91350100M000100O43", "characters"),
        ("9135010OM000100Y43", "characters"),
        ("91350100中000100Y43", "characters"),
        ("B1350100M000100Y43", "authority"),
        ("01350100M000100Y43", "authority"),
        ("913501A0M000100Y43", "area"),
        ("91350100M000101Y43", "organisation_code"),
        ("91350100M000100Y44", "check_digit"),
    ],
)
def test_each_fault_has_its_reason(text, reason):
    assert _reason(text) == reason


def test_a_wrong_inner_code_is_found_under_a_right_outer_check():
    body = "91350100M0001001" + "5"
    weights = [3**position % 31 for position in range(17)]
    total = sum(w * CHARACTERS.index(char) for w, char in zip(weights, body, strict=True))
    wrong_inside = body + CHARACTERS[-total % 31]
    assert organisation_check("M0001001") != "5"
    assert _reason(wrong_inside) is InvalidCodeReason.ORGANISATION_CODE


@pytest.mark.parametrize(
    ("prefix", "reason"),
    [
        ("91130102MA0", "length"),
        ("91130102MA0CDE121X", "length"),
        ("91130102MA0OOO12", "characters"),
        ("91130102MA0CDE120", "organisation_code"),
    ],
)
def test_no_code_is_made_of_an_impossible_prefix(prefix, reason):
    with pytest.raises(InvalidCreditCode) as refused:
        credit_code_for(prefix)
    assert refused.value.reason == reason


@given(st.text(max_size=20))
def test_no_text_does_anything_else_than_be_refused_or_read(text):
    try:
        code = check_credit_code(text)
    except InvalidCreditCode:
        return
    assert check_credit_code(code) == code
