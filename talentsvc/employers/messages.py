"""Kinds of message that companies and their agents get; their texts are in templates/notices/."""

from __future__ import annotations

from talentsvc.notices.terms import NoticeKind

_SAMPLE = {"employer": "河北示例生物科技有限公司", "link": "https://talent.example.cn/employers/"}


def _kind(code: str, **sample: str) -> NoticeKind:
    return NoticeKind(code, "agent", {**_SAMPLE, **sample})


EMPLOYER_VERIFIED = _kind("employer_verified")
EMPLOYER_REFUSED = _kind("employer_refused", reason="执照照片看不清，请重新上传")
EMPLOYER_CHANGED = _kind("employer_changed")
EMPLOYER_CHANGE_REFUSED = _kind("employer_change_refused", reason="新执照照片看不清")
AGENT_REQUESTED = _kind("agent_requested", name="欧阳䶮", until="2027-11-30")
AGENT_CONFIRMED = _kind("agent_confirmed", until="2027-11-30")
AGENT_REFUSED = _kind("agent_refused", reason="授权书没有加盖公章")
AGENT_ENDED = _kind("agent_ended", reason="岗位调整")
AUTHORISATION_EXPIRING = _kind("authorisation_expiring", until="2026-12-22")

KINDS: tuple[NoticeKind, ...] = (
    EMPLOYER_VERIFIED,
    EMPLOYER_REFUSED,
    EMPLOYER_CHANGED,
    EMPLOYER_CHANGE_REFUSED,
    AGENT_REQUESTED,
    AGENT_CONFIRMED,
    AGENT_REFUSED,
    AGENT_ENDED,
    AUTHORISATION_EXPIRING,
)
