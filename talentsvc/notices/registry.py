"""All kinds of message, collected from the features by `create_app`."""

from __future__ import annotations

from collections.abc import Iterable

from talentsvc.notices.terms import NoticeKind

_kinds: dict[str, NoticeKind] = {}


def register_kinds(kinds: Iterable[NoticeKind]) -> None:
    """Make kinds known; two features with one code would send each other's texts."""
    for kind in kinds:
        if _kinds.get(kind.code, kind) != kind:
            raise ValueError(f"two kinds of message are called {kind.code}")
        _kinds[kind.code] = kind


def kind_of(code: str) -> NoticeKind:
    """The kind with a code. Errors: KeyError for an unknown one."""
    return _kinds[code]


def is_secret(code: str) -> bool:
    """Whether messages of a kind are secret; of a kind that this version does not know, no."""
    kind = _kinds.get(code)
    return kind is not None and kind.is_secret


def all_kinds() -> list[NoticeKind]:
    """Every kind, by code."""
    return [_kinds[code] for code in sorted(_kinds)]
