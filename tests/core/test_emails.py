import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.core.emails import InvalidEmail, check_email
from talentsvc.core.errors import InvalidInput


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Zhang.San@Example.COM", "zhang.san@example.com"),
        ("  amara+card@example.com ", "amara+card@example.com"),
        ("ａｍａｒａ＠example.com", "amara@example.com"),
        ("张三@例子.中国", "张三@例子.中国"),
        ("x@BÜCHER.example.com", "x@bücher.example.com"),
    ],
)
def test_one_mailbox_has_one_spelling(typed, address):
    assert check_email(typed) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "zhang",
        "@example.com",
        "zhang@",
        "zhang@localhost",
        "a@b@example.com",
        "zhang san@example.com",
        "zhang@example.com\nBcc: x@example.com",
        "Zhang <zhang@example.com>",
        "zhang@[127.0.0.1]",
        "z" * 65 + "@example.com",
    ],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(InvalidEmail) as refused:
        check_email(text)
    assert isinstance(refused.value, InvalidInput)
    assert (refused.value.field, refused.value.code) == ("email", "shape")


@given(st.emails() | st.text(max_size=30))
def test_checking_twice_changes_nothing(text):
    try:
        address = check_email(text)
    except InvalidEmail:
        return
    assert check_email(address) == address
