"""Every kind of message has its texts in both languages, and they are fit to be sent."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from deploy.local.places import ROOT
from talentsvc.notices.rendering import render_texts
from talentsvc.notices.terms import NoticeKind
from talentsvc.rooms import NOTICE_KINDS

FOLDER = ROOT / "templates" / "notices"
LANGUAGES = ("zh", "en")
LONGEST_SUBJECT = 60
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?! \d{2}:)")
#: Values that choose between sentences: each kind is read with these as well as with its sample.
TURNS = {
    "application_received": {"filed_on": "2026-11-23"},
    "application_accepted": {"due_on": ""},
    "decision_extended": {"due_on": ""},
    "application_rejected": {"due_on": ""},
    "objection_decided": {"is_upheld": "1"},
    "review_decided": {"is_overturned": "1"},
    "card_suspended": {"reason": "inquiry"},
    "card_cancelled": {"reason": "revoked"},
}

pytestmark = pytest.mark.usefixtures("app_context")


def rendered(language: str) -> Iterator[tuple[NoticeKind, dict[str, str], str, str]]:
    """Every text of a language: kind, parameters, subject, body."""
    for kind in NOTICE_KINDS:
        for turn in ({}, TURNS.get(kind.code, {})):
            params = {**kind.sample, **turn}
            yield kind, params, *render_texts(kind.code, language, params)


def source(kind: NoticeKind, language: str) -> str:
    return (FOLDER / f"{kind.code}.{language}.txt").read_text(encoding="utf-8")


def kind_called(code: str) -> NoticeKind:
    return next(kind for kind in NOTICE_KINDS if kind.code == code)


def test_each_kind_has_both_texts_and_each_text_its_kind() -> None:
    wanted = {f"{kind.code}.{language}.txt" for kind in NOTICE_KINDS for language in LANGUAGES}
    assert {path.name for path in FOLDER.glob("*.txt")} == wanted


def test_the_turns_are_about_kinds_and_values_that_exist() -> None:
    for code, turn in TURNS.items():
        assert set(turn) <= set(kind_called(code).sample)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_unfilled(language: str) -> None:
    left = re.compile(r"[{}]|None|TODO|\n{3,}|^[,，]", re.MULTILINE)
    for kind, _params, subject, body in rendered(language):
        assert subject, kind.code
        assert body, kind.code
        assert left.search(f"{subject}\n{body}") is None, kind.code


def test_the_english_text_has_no_chinese_but_the_sample_s() -> None:
    for kind, params, subject, body in rendered("en"):
        text = f"{subject}\n{body}"
        for value in sorted(filter(None, params.values()), key=len, reverse=True):
            text = text.replace(value, "")
        assert CHINESE.findall(text) == [], kind.code


def test_the_chinese_text_uses_chinese_punctuation() -> None:
    for kind, _params, subject, body in rendered("zh"):
        text = f"{subject}\n{body}"
        assert re.search(r"[\u4e00-\u9fff][,.;:?!()]", text) is None, kind.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_subject_is_short_and_dates_are_written_out(language: str) -> None:
    for kind, _params, subject, body in rendered(language):
        assert len(subject) <= LONGEST_SUBJECT, kind.code
        assert ISO_DAY.findall(f"{subject}\n{body}") == [], kind.code


def test_both_languages_say_the_same_things() -> None:
    """A placeholder in one text only is something that one reader is not told."""

    def placeholders(kind: NoticeKind, language: str) -> set[str]:
        code = " ".join(re.findall(r"\{[{%](.*?)[%}]\}", source(kind, language), re.DOTALL))
        return {name for name in kind.sample if re.search(rf"\b{name}\b", code)}

    for kind in NOTICE_KINDS:
        assert placeholders(kind, "zh") == placeholders(kind, "en"), kind.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_ends_its_line(language: str) -> None:
    """So that it becomes a button, and no punctuation is taken for a part of it."""
    for kind in NOTICE_KINDS:
        assert re.search(r"link \}\}[^\n]", source(kind, language)) is None, kind.code


def test_no_kind_carries_a_number_of_a_document_or_an_address() -> None:
    forbidden = {"id_number", "document", "document_number", "phone", "email"}
    assert [kind.code for kind in NOTICE_KINDS if forbidden & set(kind.sample)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_of_reasons_are_worded(language: str) -> None:
    codes = {
        "card_suspended": ("loss", "employment_ended", "inquiry"),
        "card_cancelled": ("left_zone", "contract_ended", "death", "voluntary", "revoked"),
    }
    for name, reasons in codes.items():
        for reason in reasons:
            body = render_texts(name, language, {**kind_called(name).sample, "reason": reason})[1]
            assert not re.search(rf"(原因：|reason: ){reason}", body)


def test_a_reason_in_somebody_s_own_words_stays_as_it_is() -> None:
    sample = {**kind_called("card_cancelled").sample, "reason": "单位来函说明"}
    assert "单位来函说明" in render_texts("card_cancelled", "zh", sample)[1]


def test_an_unknown_name_leaves_no_gap() -> None:
    sample = {**kind_called("application_withdrawn").sample, "name": ""}
    assert render_texts("application_withdrawn", "zh", sample)[1].startswith("您好！")
    assert render_texts("application_withdrawn", "en", sample)[1].startswith("Hello,")


def test_the_folder_is_where_the_application_looks(app: Flask) -> None:
    assert Path(app.root_path).parent / "templates" / "notices" == FOLDER
