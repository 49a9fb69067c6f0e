import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.core.names import name_tokens, query_tokens, sort_key
from talentsvc.core.surnames import COMPOUND_SURNAMES, SURNAME_READINGS

# No ASCII but letters and digits, and no space of any kind.
SYNTAX_FREE = re.compile(r"[^\x00-/:-@\[-`{-\x7f\s]+(:\*)?")


def _tokens(name):
    return name_tokens(name).split(" ")


def _finds(question, name):
    """What PostgreSQL does: every term is a token, or with :* the beginning of one."""
    tokens, terms = _tokens(name), query_tokens(question)
    return bool(terms) and all(
        any(token.startswith(term[:-2]) for token in tokens)
        if term.endswith(":*")
        else term in tokens
        for term in terms
    )


def test_the_tokens_of_a_name():
    assert set(_tokens("张三")) == {"张", "三", "张三", "zhang", "san", "zhangsan", "zs"}
    assert {"ou", "yang", "xue", "ouyang", "ouyangxue", "oyx", "欧阳", "阳雪"} <= set(
        _tokens("欧阳雪")
    )


def test_each_token_appears_once():
    tokens = _tokens("林林林")
    assert len(tokens) == len(set(tokens))


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("曾国藩", "zeng"),
        ("单雄信", "shan"),
        ("仇英", "qiu"),
        ("解缙", "xie"),
        ("区适子", "ou"),
        ("查慎行", "zha"),
        ("朴正洙", "piao"),
        ("华佗", "hua"),
        ("任贤齐", "ren"),
        ("覃慧", "qin"),
        ("覃慧", "tan"),
        ("尉迟恭", "yuchi"),
        ("万俟卨", "moqi"),
        ("长孙无忌", "zhangsun"),
        ("单于平", "chanyu"),
        ("乐毅", "yue"),
        ("盖聂", "ge"),
        ("繁钦", "po"),
    ],
)
def test_a_surname_is_found_under_its_own_reading(name, reading):
    assert _finds(reading, name)


@pytest.mark.parametrize(("char", "usual"), [("曾", "ceng"), ("单", "dan"), ("查", "cha")])
def test_and_under_the_dictionary_reading_too(char, usual):
    assert _finds(usual, f"{char}明")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("曾", "曾国藩"),
        ("国藩", "曾国藩"),
        ("曾国藩", "曾国藩"),
        ("zeng guofan", "曾国藩"),
        ("Zeng Guo Fan", "曾国藩"),
        ("zengguof", "曾国藩"),
        ("zgf", "曾国藩"),
        ("zg", "曾国藩"),
        ("曾guo", "曾国藩"),
        ("ZĒNG", "曾国藩"),
        ("欧阳 䶮", "欧阳䶮"),
        ("ouyang yan", "欧阳䶮"),
        ("lv bu", "吕布"),
        ("lü bu", "吕布"),
        ("lu bu", "吕布"),
        ("lyu bu", "吕布"),
        ("xi'an", "习安"),
        ("zhongxing", "王重行"),
        ("chongxing", "王重行"),
        ("田", "𠮷田"),
        ("𠮷田", "𠮷田"),
        ("okafor", "Amara Okafor"),
        ("AMARA OKA", "Amara Okafor"),
        ("ao", "Amara Okafor"),
        ("amarao", "Amara Okafor"),
        ("jose obrien", "José O’Brien"),
        ("ｊｏｓｅ", "José O’Brien"),
        ("smith", "Anna-Smith"),
        ("阿不都买买提", "阿不都·买买提"),
        ("zhang san", "张三 (Zhang San)"),
    ],
)
def test_people_are_found(question, name):
    assert _finds(question, name)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("国曾", "曾国藩"),
        ("曾国强", "曾国藩"),
        ("zeng guoqiang", "曾国藩"),
        ("li", "曾国藩"),
        ("okafora", "Amara Okafor"),
        ("", "曾国藩"),
        ("  !!", "曾国藩"),
    ],
)
def test_others_are_not(question, name):
    assert not _finds(question, name)


@pytest.mark.parametrize(
    "question",
    ["a' & b", "a:* | !b", "(a <-> b)", "\\'; DROP TABLE person; --", "a\0b", "***", "'", "a_b"],
)
def test_nothing_typed_reaches_the_query_syntax(question):
    assert all(SYNTAX_FREE.fullmatch(term) for term in query_tokens(question))


@given(st.text(max_size=40))
def test_every_term_and_every_token_is_plain(text):
    assert all(SYNTAX_FREE.fullmatch(term) for term in query_tokens(text))
    tokens = name_tokens(text)
    assert all(SYNTAX_FREE.fullmatch(token) for token in tokens.split())
    assert tokens == " ".join(tokens.split())


@given(st.text(st.sampled_from("曾单乐重行欧阳长都abcÉ '-·𠮷䶮"), max_size=12))
def test_every_name_is_found_by_itself(name):
    assert _finds(name, name) == bool(query_tokens(name))


def test_an_endless_question_stays_small():
    assert query_tokens("abc " * 10_000) == ["abc:*"]
    assert len(query_tokens(" ".join(f"w{number}" for number in range(1_000)))) <= 12


def test_the_longest_usual_names_keep_few_tokens():
    assert len(_tokens("乐重行")) < 80
    assert len(_tokens("阿卜杜热西提江吐尔逊买买提")) < 80


def test_lists_are_ordered_by_pinyin_and_by_surname_reading():
    names = ["张三", "曾国藩", "欧阳雪", "Amara Okafor", "单雄信", "李四", "安小雨", "解缙"]
    assert sorted(names, key=sort_key) == [
        "Amara Okafor",
        "安小雨",
        "李四",
        "欧阳雪",
        "单雄信",
        "解缙",
        "曾国藩",
        "张三",
    ]


def test_a_shorter_name_comes_before_the_longer_one_that_begins_so():
    assert sort_key("李明") < sort_key("李明亮")
    assert sort_key("李安") < sort_key("连安")


def test_equal_readings_keep_their_characters_together():
    names = ["李莉", "李力", "李莉", "李力"]
    assert sorted(names, key=sort_key) in (
        ["李力", "李力", "李莉", "李莉"],
        ["李莉", "李莉", "李力", "李力"],
    )


def test_a_name_without_readings_still_has_a_key():
    assert sort_key("𠮷") == "𠮷  𠮷"
    assert sort_key("") == ""


def test_the_tables_are_well_formed():
    assert all(len(name) == 2 for name in COMPOUND_SURNAMES)
    for surname, readings in SURNAME_READINGS.items():
        assert len(set(readings)) == len(readings) > 0
        for reading in readings:
            syllables = reading.split(" ")
            assert len(syllables) == len(surname)
            assert all(re.fullmatch("[a-z]{1,6}", syllable) for syllable in syllables)
