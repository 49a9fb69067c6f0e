"""Kinds of message that a case or card causes."""

from __future__ import annotations

from talentsvc.notices.terms import NoticeKind

KINDS: tuple[NoticeKind, ...] = ()
