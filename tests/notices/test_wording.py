"""How values stand in texts, and how a text becomes paragraphs, links and buttons."""

import pytest

from talentsvc.notices.wording import Block, Piece, blocks, day, greet, one_line

BASE = "https://talent.example.cn"


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2026-11-23", "2026年11月23日", "23 November 2026"),
        ("2027-01-05", "2027年1月5日", "5 January 2027"),
        ("", "", ""),
        ("不定期", "不定期", "不定期"),
    ],
)
def test_a_day(text: str, zh: str, en: str) -> None:
    assert day(text, "zh") == zh
    assert day(text, "en") == en


def test_a_greeting_with_and_without_a_name() -> None:
    assert greet("欧阳䶮", "zh") == "欧阳䶮，您好！"
    assert greet("Amara Okafor", "en") == "Hello Amara Okafor,"
    assert greet(" ", "zh") == "您好！"
    assert greet("", "en") == "Hello,"


@pytest.mark.parametrize(
    "text",
    [
        "王\r\nBcc: all@example.cn",
        "王\nBcc: all@example.cn",
        "王\u2028Bcc: all@example.cn",
        "王\x85Bcc: all@example.cn",
    ],
)
def test_a_line_break_in_a_name_ends_no_line(text: str) -> None:
    assert one_line(text) == "王 Bcc: all@example.cn"


def test_what_cannot_be_seen_is_left_out() -> None:
    assert one_line("a\x00b\u202egnp.exe\u2066") == "a bgnp.exe"


def test_a_rare_character_and_an_emoji_stay() -> None:
    assert one_line("欧阳䶮 𠮷 👩‍🔬") == "欧阳䶮 𠮷 👩‍🔬"


def test_paragraphs_and_lines() -> None:
    assert blocks("甲\n乙\n\n\n丙\n", BASE) == [
        Block(((Piece("甲"),), (Piece("乙"),))),
        Block(((Piece("丙"),),)),
    ]


@pytest.mark.parametrize("text", ["查看申请：{}", "See it: {}", "See it:{}", "  See it: {}  "])
def test_a_label_with_an_address_is_a_button(text: str) -> None:
    (block,) = blocks(text.format(f"{BASE}/applications/7"), BASE)
    assert block.href == f"{BASE}/applications/7"
    assert block.label in {"查看申请", "See it"}


def test_a_whole_sentence_is_no_label() -> None:
    (block,) = blocks(f"如有疑问，请联系您的单位。查看详情：{BASE}/a", BASE)
    assert block.href == ""
    assert block.lines[0][-1].href == f"{BASE}/a"


def test_a_reference_does_not_break_at_its_hyphens() -> None:
    (block,) = blocks(f"编号 GXS-2026-00318-7，见{BASE}/a", BASE)
    assert block.lines[0] == (
        Piece("编号 "),
        Piece("GXS-2026-00318-7", is_whole=True),
        Piece("，见"),
        Piece(f"{BASE}/a", f"{BASE}/a"),
    )


def test_a_code_alone_is_shown_large() -> None:
    assert blocks("请填写：\n\n048213\n\n谢谢", BASE)[1] == Block(code="048213")


def test_an_address_in_a_sentence_is_a_link_and_ends_where_chinese_begins() -> None:
    (block,) = blocks(f"请打开{BASE}/a?b=1&c=2。谢谢，{BASE}.", BASE)
    assert block.lines[0] == (
        Piece("请打开"),
        Piece(f"{BASE}/a?b=1&c=2", f"{BASE}/a?b=1&c=2"),
        Piece("。谢谢，"),
        Piece(BASE, BASE),
        Piece("."),
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/login",
        f"{BASE}.evil.example/",
        f"{BASE}@evil.example/",
        "http://talent.example.cn/",
    ],
)
def test_a_stranger_s_address_is_no_link(address: str) -> None:
    """A reason that somebody typed must not borrow the office's name."""
    for text in (f"理由：{address}", f"请看 {address} 。"):
        (block,) = blocks(text, BASE)
        assert block.href == ""
        assert all(piece.href is None for line in block.lines for piece in line)
