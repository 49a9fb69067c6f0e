"""Kinds of message that a case or a card causes (product.md D1); all of them statutory."""

from __future__ import annotations

from talentsvc.notices.terms import NoticeKind

_CASE = {
    "name": "欧阳䶮",
    "reference": "GXS-2026-00318-7",
    "link": "https://talent.example.cn/applications/…",
}


def _kind(code: str, audience: str, **sample: str) -> NoticeKind:
    return NoticeKind(code, audience, {**_CASE, **sample})


FILED = _kind(
    "application_filed",
    "applicant",
    employer="河北示例生物科技有限公司",
    due_on="2026-12-07",
    at_window="",
)
ENDORSEMENT_ASKED = _kind(
    "endorsement_asked", "agent", employer="河北示例生物科技有限公司", due_on="2026-12-07"
)
ENDORSEMENT_REMINDER = _kind(
    "endorsement_reminder", "agent", employer="河北示例生物科技有限公司", due_on="2026-12-07"
)
ENDORSEMENT_DECLINED = _kind(
    "endorsement_declined",
    "applicant",
    employer="河北示例生物科技有限公司",
    reason="合同起始日期与我单位记录不一致",
)
CHECKED_IN_PERSON = _kind(
    "checked_in_person",
    "applicant",
    place="综合窗口",
    filed_on="2026-11-21",
    received_on="2026-11-23",
    due_on="2026-11-30",
)
NOT_CONFIRMED_IN_PERSON = _kind(
    "not_confirmed_in_person",
    "applicant",
    place="综合窗口",
    reason="合同原件上的起始日期与填报不一致",
)
ENDORSEMENT_EXPIRED = _kind("endorsement_expired", "applicant", employer="河北示例生物科技有限公司")
RECEIVED = _kind(
    "application_received",
    "applicant",
    filed_on="2026-11-21",
    received_on="2026-11-23",
    due_on="2026-11-30",
)
CORRECTION_REQUESTED = _kind(
    "correction_requested",
    "applicant",
    items="1. 学位证书：照片看不清\n2. 劳动合同：缺签字页",
    due_on="2026-12-23",
)
CORRECTION_REMINDER = _kind("correction_reminder", "applicant", due_on="2026-12-23")
PLEDGE_BEGUN = _kind(
    "pledge_begun",
    "applicant",
    due_on="2026-12-23",
    paper="社会保险参保证明 / Proof of social insurance",
)
PLEDGE_REMINDER = _kind(
    "pledge_reminder",
    "applicant",
    due_on="2026-12-23",
    paper="社会保险参保证明 / Proof of social insurance",
)
PLEDGE_OVERDUE = _kind(
    "pledge_overdue",
    "applicant",
    due_on="2026-12-23",
    paper="社会保险参保证明 / Proof of social insurance",
)
PLEDGE_FULFILLED = _kind(
    "pledge_fulfilled", "applicant", paper="社会保险参保证明 / Proof of social insurance"
)
LAPSED = _kind("application_lapsed", "applicant")
ACCEPTED = _kind("application_accepted", "applicant", accepted_on="2026-11-23", due_on="2026-12-21")
NOT_ACCEPTED = _kind(
    "application_not_accepted",
    "applicant",
    reason="申请人在外区单位工作",
    office="长安区人才服务窗口",
)
DECISION_EXTENDED = _kind(
    "decision_extended", "applicant", reason="需核对境外学历", due_on="2027-01-05"
)
APPROVED = _kind("application_approved", "applicant", starts_on="2026-12-01", ends_on="2026-12-08")
REJECTED = _kind(
    "application_rejected",
    "applicant",
    reason="劳动合同单位不在区内",
    clause="示例 第四条",
    remedy="可在收到之日起 15 个工作日内申请复核",
    due_on="2026-12-21",
)
OBJECTION_RECORDED = _kind("objection_recorded", "applicant", due_on="2026-12-18")
OBJECTION_DECIDED = _kind(
    "objection_decided", "applicant", reason="经核实，所反映情况不属实", is_upheld=""
)
REVIEW_DECIDED = _kind("review_decided", "applicant", reason="维持原决定", is_overturned="")
WITHDRAWN = _kind("application_withdrawn", "applicant")
CARD_ISSUED = _kind(
    "card_issued", "applicant", number="GXC-2026-004217-3", valid_until="2031-12-08"
)
CARD_SUSPENDED = _kind("card_suspended", "cardholder", number="GXC-2026-004217-3", reason="loss")
CARD_REINSTATED = _kind("card_reinstated", "cardholder", number="GXC-2026-004217-3")
CARD_REPLACED = _kind(
    "card_replaced",
    "cardholder",
    number="GXC-2026-004217-3",
    new_number="GXC-2026-004300-9",
    valid_until="2031-12-08",
)
CARD_CANCELLED = _kind(
    "card_cancelled", "cardholder", number="GXC-2026-004217-3", reason="voluntary"
)
CARD_EXPIRING = _kind(
    "card_expiring", "cardholder", number="GXC-2026-004217-3", valid_until="2031-12-08"
)
CARD_EXPIRED = _kind(
    "card_expired", "cardholder", number="GXC-2026-004217-3", valid_until="2031-12-08"
)

KINDS = (
    FILED,
    ENDORSEMENT_ASKED,
    ENDORSEMENT_REMINDER,
    ENDORSEMENT_DECLINED,
    CHECKED_IN_PERSON,
    NOT_CONFIRMED_IN_PERSON,
    ENDORSEMENT_EXPIRED,
    RECEIVED,
    CORRECTION_REQUESTED,
    CORRECTION_REMINDER,
    PLEDGE_BEGUN,
    PLEDGE_REMINDER,
    PLEDGE_OVERDUE,
    PLEDGE_FULFILLED,
    LAPSED,
    ACCEPTED,
    NOT_ACCEPTED,
    DECISION_EXTENDED,
    APPROVED,
    REJECTED,
    OBJECTION_RECORDED,
    OBJECTION_DECIDED,
    REVIEW_DECIDED,
    WITHDRAWN,
    CARD_ISSUED,
    CARD_SUSPENDED,
    CARD_REINSTATED,
    CARD_REPLACED,
    CARD_CANCELLED,
    CARD_EXPIRING,
    CARD_EXPIRED,
)
