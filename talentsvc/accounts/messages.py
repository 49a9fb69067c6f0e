"""Kinds of message that accounts send."""

from __future__ import annotations

from talentsvc.notices.terms import NoticeKind

KINDS: tuple[NoticeKind, ...] = ()
