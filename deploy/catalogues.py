"""The two message catalogues: `python -m deploy.catalogues update [JSON...]` or `... check`.

Message ids are short plain English. `update` takes every id from the code and the templates, keeps
the translations there are, gives English its own id, and leaves new Chinese ones empty; a JSON file
of {"id": "translation"} (for a plural {"id": ["translation"]}) fills them. Nothing is guessed from
similar ids. `check` is a law of `make lint`: missing, empty, fuzzy or unused ones fail, and so does
a translation with other placeholders than its id.
"""

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "talentsvc" / "translations"
LOCALES = ("zh_Hans_CN", "en")
ENGLISH = "en"
METHODS = [("talentsvc/**.py", "python"), ("templates/**.*", "jinja2")]
OPTIONS = {"templates/**.*": {"silent": "false", "trimmed": "true"}}
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdf]")
# A date that never changes keeps two runs over the same code identical.
WRITTEN_ON = datetime(2026, 1, 1, tzinfo=UTC)


def path_of(locale: str) -> Path:
    """The catalogue file of a language."""
    return TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po"


def extracted() -> Catalog:
    """Every message of the code and the templates."""
    found = Catalog()
    for file, _line, message, _comments, context in extract_from_dir(
        str(ROOT), METHODS, OPTIONS, KEYWORDS, directory_filter=_is_source
    ):
        found.add(message, locations=[(Path(file).as_posix(), 0)], context=context)
    return found


def _is_source(folder: str) -> bool:
    name = Path(folder).relative_to(ROOT).parts[0]
    return name in {"talentsvc", "templates"}


def read(locale: str) -> Catalog:
    """The catalogue of a language as it stands."""
    if not path_of(locale).is_file():
        return Catalog(locale=locale)
    with path_of(locale).open("rb") as file:
        return read_po(file, locale=locale)


def ids(message: Message) -> tuple[str, ...]:
    """The message id, or the two of a plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def texts(message: Message) -> tuple[str, ...]:
    """The translation, or those of a plural."""
    given = message.string
    return tuple(given) if isinstance(given, list | tuple) else (str(given or ""),)


def messages(catalogue: Catalog) -> Iterator[Message]:
    """All messages without the header."""
    return (message for message in catalogue if message.id)


def updated(locale: str, source: Catalog, known: dict[str, str | list[str]]) -> Catalog:
    """The catalogue with exactly the messages of `source`, translated as far as that is known."""
    old = read(locale)
    new = Catalog(
        locale=locale,
        project="talentsvc",
        version="1",
        msgid_bugs_address="talent@example.cn",
        last_translator="talentsvc",
        language_team="talentsvc",
        header_comment="# Messages of talentsvc.",
        creation_date=WRITTEN_ON,
        revision_date=WRITTEN_ON,
        fuzzy=False,
    )
    for message in messages(source):
        before = old.get(message.id, context=message.context)
        string = before.string if before is not None and any(texts(before)) else None
        if string is None:
            string = message.id if locale == ENGLISH else known.get(ids(message)[0])
        if isinstance(string, list):
            string = tuple(string)
        locations = sorted({(file, 0) for file, _line in message.locations})
        new.add(message.id, string, locations=locations, context=message.context)
    return new


def update(files: list[str]) -> int:
    """Bring both catalogues up to the code; tells how many translations are missing."""
    known: dict[str, str | list[str]] = {}
    for name in files:
        known |= json.loads(Path(name).read_text(encoding="utf-8"))
    source = extracted()
    for locale in LOCALES:
        catalogue = updated(locale, source, known)
        path_of(locale).parent.mkdir(parents=True, exist_ok=True)
        with path_of(locale).open("wb") as file:
            write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
        empty = sum(not all(texts(message)) for message in messages(catalogue))
        print(f"{locale}: {len(catalogue)} messages, {empty} without a translation")
    return 0


def faults(locale: str, source: Catalog) -> Iterator[str]:
    """What is wrong with a language's catalogue, one line each."""
    catalogue = read(locale)
    for message in messages(source):
        entry = catalogue.get(message.id, context=message.context)
        quoted = repr(ids(message)[0])
        if entry is None:
            yield f"{quoted} is missing (make catalogues)"
        elif entry.fuzzy:
            yield f"{quoted} is fuzzy"
        elif not all(texts(entry)):
            yield f"{quoted} has no translation"
        elif not _same_placeholders(entry):
            yield f"{quoted} has other placeholders than its translation"
    for message in messages(catalogue):
        if source.get(message.id, context=message.context) is None:
            yield f"{ids(message)[0]!r} is not used any more (make catalogues)"


def _same_placeholders(message: Message) -> bool:
    asked = set(PLACEHOLDER.findall(ids(message)[-1]))
    return all(set(PLACEHOLDER.findall(text)) <= asked for text in texts(message)) and (
        set(PLACEHOLDER.findall(texts(message)[-1])) == asked
    )


def check() -> int:
    """Print every fault of both catalogues; 1 if there is one."""
    source = extracted()
    found = [f"{locale}: {fault}" for locale in LOCALES for fault in faults(locale, source)]
    print("\n".join(found) or f"both catalogues hold all {len(source)} messages")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(check() if sys.argv[1:2] == ["check"] else update(sys.argv[2:]))
