"""The one-time notice: everything at once, and never more later.

Business Environment Regulation art. 36 and licence law art. 32 as model (facts.md 6.3): all needed
corrections are told once. A second notice may repeat what is still unmet, never add
(decisions.md, "Time").
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from talentsvc.cards.terms import CorrectionItemKind
from talentsvc.core.errors import InvalidInput

#: What makes two items the same: its kind and its code, not its wording.
ItemKey: TypeAlias = tuple[CorrectionItemKind, str]


@dataclass(frozen=True)
class NoticeItem:
    """One thing to mend: an evidence item or a step of the form, and what is wrong with it."""

    kind: CorrectionItemKind
    code: str
    explanation: str

    @property
    def key(self) -> ItemKey:
        """What identifies the item across notices."""
        return self.kind, self.code


def normalise_items(items: Iterable[NoticeItem]) -> tuple[NoticeItem, ...]:
    """Return the items of a notice as they are to be stored, in the order given.

    Blanks around and runs of blanks within are evened out, line breaks of an explanation stay.
    An item named twice becomes one with both explanations, so that everything is told.
    Raises InvalidInput (field `items`) for no item at all, `code_missing` or `explanation_missing`.
    """
    merged: dict[ItemKey, NoticeItem] = {}
    for item in map(_normalised, items):
        earlier = merged.get(item.key)
        merged[item.key] = item if earlier is None else _joined(earlier, item)
    if not merged:
        raise InvalidInput("items", "no_items")
    return tuple(merged.values())


def repeated_items(
    previous: Sequence[NoticeItem], unmet: Collection[ItemKey]
) -> tuple[NoticeItem, ...]:
    """Return the items of a further notice: those of the previous one that are still unmet.

    The wording is kept, because a new one could demand something new. Raises InvalidInput
    (field `items`): `no_items` when nothing is unmet - then the case is to be accepted - and
    `items_added` when something was not on the previous notice.
    """
    added = sorted(code for _, code in set(unmet) - {item.key for item in previous})
    if added:
        raise InvalidInput("items", "items_added", codes=", ".join(added))
    if not unmet:
        raise InvalidInput("items", "no_items")
    return tuple(item for item in previous if item.key in unmet)


def check_further_notice(previous: Sequence[NoticeItem], items: Sequence[NoticeItem]) -> None:
    """Raise InvalidInput unless `items` only repeat items of the previous notice, word for word.

    `previous` is empty for the first notice, which may name anything. Codes: `items_added`,
    `items_reworded`, `no_items`. Both sides are to be normalised.
    """
    if not previous:
        return
    repeated = repeated_items(previous, {item.key for item in items})
    if set(repeated) != set(items):
        raise InvalidInput("items", "items_reworded")


def unanswered(
    items: Sequence[NoticeItem], answered: Collection[ItemKey]
) -> tuple[NoticeItem, ...]:
    """Return the items without an answer yet; only a full correction can be handed in."""
    return tuple(item for item in items if item.key not in answered)


def _normalised(item: NoticeItem) -> NoticeItem:
    code = item.code.strip()
    explanation = _evened(item.explanation)
    if not code:
        raise InvalidInput("items", "code_missing")
    if not explanation:
        raise InvalidInput("items", "explanation_missing", item=code)
    return NoticeItem(item.kind, code, explanation)


def _joined(earlier: NoticeItem, item: NoticeItem) -> NoticeItem:
    if item.explanation in earlier.explanation.split("\n"):
        return earlier
    return NoticeItem(item.kind, item.code, f"{earlier.explanation}\n{item.explanation}")


def _evened(text: str) -> str:
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(line for line in lines if line)
