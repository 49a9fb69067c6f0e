"""What becomes of the names people's files come with."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.files.rules.names import (
    MAX_NAME,
    refuse_control_characters,
    refuse_other_claim,
    safe_name,
)
from talentsvc.files.rules.refusals import RefusalCode, RefusedFile


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("学位证书.pdf", "学位证书.pdf"),
        ("学位证书", "学位证书.pdf"),
        ("Scan.PDF", "Scan.pdf"),
        ("/etc/passwd/../合同.pdf", "合同.pdf"),
        ("..\\..\\windows\\合同.pdf", "合同.pdf"),
        ("C:\\fakepath\\合同.pdf", "合同.pdf"),
        ("../../..", "file.pdf"),
        (".pdf", "file.pdf"),
        ("", "file.pdf"),
        ("合同\u202efdp.pdf", "合同fdp.pdf"),
        ("\u200b合\ufeff同\u2067.pdf", "合同.pdf"),
        ("扫描 2026.11.22", "扫描 2026.11.22.pdf"),
        ('a<b>:"c"|d?.pdf', "a_b___c__d_.pdf"),
        ("合同　 终版 .pdf", "合同 终版.pdf"),
        ("cafe\u0301.pdf", "caf\u00e9.pdf"),
        ("half\ud800.pdf", "half.pdf"),
    ],
)
def test_a_name_keeps_what_people_wrote_and_nothing_else(name, kept):
    assert safe_name(name, "application/pdf") == kept


def test_a_long_name_is_cut_before_its_extension():
    name = safe_name("证" * 300 + ".pdf", "application/pdf")
    assert len(name) == MAX_NAME
    assert name.endswith("证.pdf")


def test_the_extension_follows_the_content():
    assert safe_name("自拍.png", "image/jpeg") == "自拍.jpg"


@given(st.text(max_size=300))
def test_no_name_leads_anywhere_or_turns_the_line(name):
    kept = safe_name(name, "image/png")
    assert kept.endswith(".png")
    assert len(kept) <= MAX_NAME
    assert not set(kept) & set("/\\\0\r\n")
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in kept)
    assert unicodedata.is_normalized("NFC", kept)


@pytest.mark.parametrize("name", ["a\0.jpg", "a\r\nSet-Cookie: b.jpg", "a\x1b[2J.jpg", "\x7f.jpg"])
def test_control_characters_are_refused(name):
    with pytest.raises(RefusedFile) as refused:
        refuse_control_characters(name)
    assert refused.value.reason is RefusalCode.NAME_CONTROL_CHARACTERS


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("photo.jpg.exe", "image/jpeg"),
        ("photo\u202egpj.exe", "image/jpeg"),
        ("合同.pdf", "image/jpeg"),
        ("合同.docx", "application/pdf"),
        ("index.html", "image/png"),
    ],
)
def test_a_name_may_not_claim_another_kind(name, media_type):
    with pytest.raises(RefusedFile) as refused:
        refuse_other_claim(name, media_type)
    assert refused.value.reason is RefusalCode.TYPE_MISMATCH


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("photo.PNG", "image/jpeg"),
        ("photo.jpeg", "image/png"),
        ("没有后缀", "application/pdf"),
        ("扫描.2026", "application/pdf"),
        ("成绩单.pdf", "application/pdf"),
    ],
)
def test_a_harmless_name_passes(name, media_type):
    refuse_other_claim(name, media_type)
