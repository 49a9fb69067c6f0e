"""Kinds of message that companies get about their registration for a fair."""

from __future__ import annotations

from talentsvc.notices.terms import NoticeKind

_REGISTRATION = {
    "event": "“百川归海”校园招聘行",
    "place": "示例理工大学体育馆",
    "starts": "2026-12-05 09:00",
    "link": "https://talent.example.cn/events/…",
    "reference": "GXH-2026-00042-K",
}


def _kind(code: str, **sample: str) -> NoticeKind:
    return NoticeKind(code, "agent", {**_REGISTRATION, **sample})


REGISTRATION_FILED = _kind("registration_filed")
REGISTRATION_RETURNED = _kind(
    "registration_returned", reason="岗位 2 的要求中不得限定学校名单，请修改。"
)
REGISTRATION_APPROVED = _kind("registration_approved", reason="")
REGISTRATION_REJECTED = _kind("registration_rejected", reason="岗位与企业经营范围不符。")
REGISTRATION_CONFIRMED = _kind("registration_confirmed")
REGISTRATION_QUEUED = _kind("registration_queued", position="7")
REGISTRATION_CHOSEN = _kind("registration_chosen", until="2026-12-02 18:00")
REGISTRATION_PROMOTED = _kind("registration_promoted", until="2026-12-02 18:00")
ATTENDEE_NOT_PROVED = _kind("attendee_not_proved", name="欧阳䶮")
REGISTRATION_LAPSED = _kind("registration_lapsed")
REGISTRATION_SESSION_CANCELLED = _kind("registration_session_cancelled", reason="场馆临时停用")

KINDS: tuple[NoticeKind, ...] = (
    REGISTRATION_FILED,
    REGISTRATION_RETURNED,
    REGISTRATION_APPROVED,
    REGISTRATION_REJECTED,
    REGISTRATION_CONFIRMED,
    REGISTRATION_QUEUED,
    REGISTRATION_CHOSEN,
    REGISTRATION_PROMOTED,
    ATTENDEE_NOT_PROVED,
    REGISTRATION_LAPSED,
    REGISTRATION_SESSION_CANCELLED,
)
