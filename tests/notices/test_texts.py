"""Every kind of message has its texts in both languages, and they are fit to be sent."""

import re
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
KINDS = pytest.mark.parametrize("kind", NOTICE_KINDS, ids=lambda kind: kind.code)
#: Values that choose between sentences, with the value that the sample does not have.
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
WAYS = [(kind, kind.sample) for kind in NOTICE_KINDS] + [
    (kind, {**kind.sample, **TURNS[kind.code]}) for kind in NOTICE_KINDS if kind.code in TURNS
]
ALL_WAYS = pytest.mark.parametrize(
    ("kind", "params"), WAYS, ids=[kind.code for kind, _params in WAYS]
)

pytestmark = pytest.mark.usefixtures("app_context")


def test_each_kind_has_both_texts_and_each_text_its_kind() -> None:
    wanted = {f"{kind.code}.{language}.txt" for kind in NOTICE_KINDS for language in LANGUAGES}
    assert {path.name for path in FOLDER.glob("*.txt")} == wanted


@ALL_WAYS
def test_nothing_is_left_unfilled(kind: NoticeKind, params: dict[str, str]) -> None:
    for language in LANGUAGES:
        subject, body = render_texts(kind.code, language, params)
        assert subject
        assert body
        assert not re.search(r"[{}]|None|\bTODO\b|\n{3,}", f"{subject}\n{body}")
        # An empty name would leave its punctuation behind.
        assert not re.match(r"[,，]", body)


@ALL_WAYS
def test_the_english_text_has_no_chinese_but_the_sample_s(
    kind: NoticeKind, params: dict[str, str]
) -> None:
    text = "\n".join(render_texts(kind.code, "en", params))
    for value in sorted(params.values(), key=len, reverse=True):
        text = text.replace(value, "") if value else text
    assert CHINESE.findall(text) == []


@ALL_WAYS
def test_the_chinese_text_uses_chinese_punctuation(
    kind: NoticeKind, params: dict[str, str]
) -> None:
    subject, body = render_texts(kind.code, "zh", params)
    assert re.search(r"[\u4e00-\u9fff][,.;:?!()]", f"{subject}\n{body}") is None


@KINDS
def test_the_subject_is_short(kind: NoticeKind) -> None:
    for language in LANGUAGES:
        assert len(render_texts(kind.code, language, kind.sample)[0]) <= LONGEST_SUBJECT


@KINDS
def test_dates_are_written_out(kind: NoticeKind) -> None:
    for language in LANGUAGES:
        assert ISO_DAY.findall("\n".join(render_texts(kind.code, language, kind.sample))) == []


@KINDS
def test_both_languages_say_the_same_things(kind: NoticeKind) -> None:
    """A placeholder in one text only is something that one reader is not told."""

    def placeholders(language: str) -> set[str]:
        source = (FOLDER / f"{kind.code}.{language}.txt").read_text(encoding="utf-8")
        code = " ".join(re.findall(r"\{[{%](.*?)[%}]\}", source, re.DOTALL))
        return {name for name in kind.sample if re.search(rf"\b{name}\b", code)}

    assert placeholders("zh") == placeholders("en")


@KINDS
def test_no_number_of_a_document_is_asked_for(kind: NoticeKind) -> None:
    assert not {"id_number", "document", "document_number", "phone", "email"} & set(kind.sample)


@KINDS
def test_a_link_stands_alone_or_ends_its_line(kind: NoticeKind) -> None:
    """So that it becomes a button, and no punctuation is taken for a part of it."""
    for language in LANGUAGES:
        source = (FOLDER / f"{kind.code}.{language}.txt").read_text(encoding="utf-8")
        assert re.search(r"link \}\}[^\n]", source) is None


@pytest.mark.parametrize("code", ["loss", "employment_ended", "inquiry"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reason_of_a_suspension_is_worded(app: Flask, code: str, language: str) -> None:
    kind = next(kind for kind in NOTICE_KINDS if kind.code == "card_suspended")
    body = render_texts(kind.code, language, {**kind.sample, "reason": code})[1]
    assert code not in body.replace("loss", "" if code != "loss" else "loss")


def test_a_reason_in_somebody_s_own_words_stays_as_it_is() -> None:
    kind = next(kind for kind in NOTICE_KINDS if kind.code == "card_cancelled")
    body = render_texts(kind.code, "zh", {**kind.sample, "reason": "单位来函说明"})[1]
    assert "单位来函说明" in body


def test_an_unknown_name_leaves_no_gap() -> None:
    assert render_texts("application_withdrawn", "zh", {"name": "", "reference": "X", "link": "L"})[
        1
    ].startswith("您好！")


def test_the_folder_is_where_the_application_looks(app: Flask) -> None:
    assert Path(app.root_path).parent / "templates" / "notices" == FOLDER
