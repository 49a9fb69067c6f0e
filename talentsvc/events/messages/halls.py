"""Kinds of message that companies get about their booth."""

from __future__ import annotations

from talentsvc.notices.terms import NoticeKind

_BOOTH = {
    "employer": "河北示例生物科技有限公司",
    "event": "“百川归海”校园招聘行·冬季",
    "place": "示例理工大学体育馆",
    "starts": "2026-12-05 09:00",
    "booth": "A07",
    "zone": "A",
    "link": "https://talent.example.cn/employers/…",
}


def _kind(code: str) -> NoticeKind:
    return NoticeKind(code, "agent", dict(_BOOTH))


BOOTH_GIVEN = _kind("booth_given")
BOOTH_CHANGED = _kind("booth_changed")
BOOTH_TAKEN_BACK = _kind("booth_taken_back")

KINDS: tuple[NoticeKind, ...] = (BOOTH_GIVEN, BOOTH_CHANGED, BOOTH_TAKEN_BACK)
