"""Kinds of message that employers get."""

from __future__ import annotations

from talentsvc.notices.terms import NoticeKind

KINDS: tuple[NoticeKind, ...] = ()
