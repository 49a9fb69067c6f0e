import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.core.errors import InvalidInput
from talentsvc.core.phones import InvalidPhone, check_mobile


@pytest.mark.parametrize(
    "typed",
    [
        "13812345678",
        "+86 138 1234 5678",
        "0086 13812345678",
        "138-1234-5678",
        "１３８１２３４５６７８",
        "＋８６　１３８１２３４５６７８",
        " 13812345678\n",
    ],
)
def test_a_mobile_number_is_read_however_it_was_typed(typed):
    assert check_mobile(typed) == "+8613812345678"


@pytest.mark.parametrize("prefix", ["139", "145", "165", "170", "192", "199"])
def test_every_kind_of_mobile_prefix_is_taken(prefix):
    assert check_mobile(f"{prefix}12345678") == f"+86{prefix}12345678"


@pytest.mark.parametrize(
    "text",
    [
        "0311-85091234",
        "+86 311 8509 1234",
        "400-800-8820",
        "10086",
        "14012345678",
        "1281234567",
        "+852 5123 4567",
        "+1 202 555 0143",
        "1381234567",
        "138123456789",
        "13812345678 ext 5",
    ],
)
def test_what_cannot_receive_a_code_is_refused(text):
    with pytest.raises(InvalidPhone) as refused:
        check_mobile(text)
    assert isinstance(refused.value, InvalidInput)
    assert refused.value.code == "not_mobile"


@pytest.mark.parametrize("text", ["", "phone", "张三", "+", "1" * 41])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(InvalidPhone) as refused:
        check_mobile(text)
    assert refused.value.code == "shape"


@given(st.text(max_size=45) | st.from_regex(r"\+?(86)?1[0-9 -]{8,14}", fullmatch=True))
def test_no_text_does_anything_else_than_be_refused_or_read(text):
    try:
        number = check_mobile(text)
    except InvalidPhone:
        return
    assert number.startswith("+861")
    assert len(number) == 14
    assert check_mobile(number) == number
