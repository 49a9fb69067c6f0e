"""Kinds of message that persons get about a session, and guests about an event."""

from __future__ import annotations

from talentsvc.notices.terms import Channel, NoticeKind

_SESSION = {
    "event": "2026 海内外高层次人才及项目洽谈会",
    "place": "石家庄国际会展中心 3 号馆",
    "starts": "2026-12-05 09:00",
    "link": "https://talent.example.cn/events/…",
}


def _kind(code: str, **sample: str) -> NoticeKind:
    return NoticeKind(code, "visitor", {**_SESSION, **sample})


VISIT_PLACE = _kind("visit_place")
VISIT_WAITING = _kind("visit_waiting")
VISIT_PROMOTED = _kind("visit_promoted")
VISIT_SESSION_CANCELLED = _kind("visit_session_cancelled", reason="场馆临时停用")
VISIT_SESSION_MOVED = _kind("visit_session_moved")
EVENT_INVITATION = NoticeKind(
    "event_invitation",
    "guest",
    {
        "name": "欧阳䶮",
        "event": "2026 外专院士交流洽谈会",
        "summary": "与生物医药领域的院士专家面对面交流。",
        "organiser": "石家庄高新区人才服务中心",
        "link": "https://talent.example.cn/events/invitations/…",
    },
    channels=(Channel.EMAIL,),
)

KINDS: tuple[NoticeKind, ...] = (
    VISIT_PLACE,
    VISIT_WAITING,
    VISIT_PROMOTED,
    VISIT_SESSION_CANCELLED,
    VISIT_SESSION_MOVED,
    EVENT_INVITATION,
)
