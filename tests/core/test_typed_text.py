from hypothesis import given
from hypothesis import strategies as st

from talentsvc.core.typed_text import compact, compact_upper, half_width


def test_full_width_forms_become_ascii():
    assert half_width("ＡＢＣ　１２３－＠～") == "ABC 123-@~"


def test_chinese_stays():
    assert half_width("张三，北京。") == "张三,北京。"


def test_spaces_and_invisible_marks_go():
    assert compact("\ufeff 1 2\u00a03\u200b4\u3000\t5\n") == "12345"


def test_only_ascii_letters_are_raised():
    assert compact_upper("ab xß ſ ı") == "ABXßſı"


def test_a_superscript_is_no_digit():
    assert compact_upper("1²①") == "1²①"


@given(st.text())
def test_doing_it_twice_changes_nothing(text):
    once = compact_upper(text)
    assert compact_upper(once) == once
