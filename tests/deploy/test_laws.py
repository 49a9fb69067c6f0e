"""The checks of `make lint` find what they are for."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from deploy import catalogues
from deploy.checks.commit_once import commits
from deploy.checks.size_limits import FUNCTION_LIMIT, long_functions


def function_of(lines: int) -> str:
    return "\n".join(["def decide():", *["    pass"] * (lines - 1)])


def test_a_function_at_the_limit_is_found() -> None:
    assert list(long_functions(function_of(FUNCTION_LIMIT))) == [(1, "decide", FUNCTION_LIMIT)]


def test_a_function_below_the_limit_may_stay() -> None:
    assert list(long_functions(function_of(FUNCTION_LIMIT - 1))) == []


def test_a_commit_is_found_however_it_is_reached() -> None:
    assert list(commits("x = 1\ndb.session.commit()\nfor c in d:\n    c.begin().commit()")) == [
        2,
        4,
    ]


def test_the_word_alone_is_no_commit() -> None:
    assert list(commits("commit = 1\ncommit_value(2)\n# db.session.commit()")) == []


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """Three messages of the code, with catalogues in a folder of the test's own."""
    monkeypatch.setattr(catalogues, "TRANSLATIONS", tmp_path)
    catalogue = Catalog()
    catalogue.add("Save")
    catalogue.add("Until %(day)s", locations=[("a.py", 1)])
    catalogue.add(("%(num)s card", "%(num)s cards"))
    monkeypatch.setattr(catalogues, "extracted", lambda: catalogue)
    return catalogue


def translate(tmp_path: Path, text: str) -> None:
    words = tmp_path / "words.json"
    words.write_text(text, encoding="utf-8")
    catalogues.update([str(words)])


CHINESE = '{"Save": "保存", "Until %(day)s": "截至%(day)s", "%(num)s card": ["%(num)s 张卡"]}'


def test_two_whole_catalogues_have_no_fault(source: Catalog, tmp_path: Path) -> None:
    translate(tmp_path, CHINESE)
    assert [list(catalogues.faults(locale, source)) for locale in catalogues.LOCALES] == [[], []]
    assert catalogues.check() == 0


def test_updating_again_changes_no_byte(source: Catalog, tmp_path: Path) -> None:
    translate(tmp_path, CHINESE)
    before = catalogues.path_of("zh_Hans_CN").read_bytes()
    catalogues.update([])
    assert catalogues.path_of("zh_Hans_CN").read_bytes() == before


@pytest.mark.parametrize(
    ("chinese", "fault"),
    [
        ("{}", "'Save' has no translation"),
        (CHINESE.replace("截至%(day)s", "截至"), "other placeholders"),
        (CHINESE.replace("%(num)s 张卡", "%(number)s 张卡"), "other placeholders"),
    ],
)
def test_what_is_missing_or_wrong_is_named(
    source: Catalog, tmp_path: Path, chinese: str, fault: str
) -> None:
    translate(tmp_path, chinese)
    assert fault in "\n".join(catalogues.faults("zh_Hans_CN", source))
    assert catalogues.check() == 1


def test_a_message_that_is_new_or_gone_is_named(source: Catalog, tmp_path: Path) -> None:
    translate(tmp_path, CHINESE)
    source.add("Send")
    source.delete("Save")
    faults = "\n".join(catalogues.faults("en", source))
    assert "'Send' is missing" in faults
    assert "'Save' is not used any more" in faults


def test_a_guess_does_not_count(source: Catalog, tmp_path: Path) -> None:
    translate(tmp_path, CHINESE)
    path = catalogues.path_of("zh_Hans_CN")
    path.write_text(path.read_text().replace('msgid "Save"', '#, fuzzy\nmsgid "Save"'))
    assert "'Save' is fuzzy" in "\n".join(catalogues.faults("zh_Hans_CN", source))
