"""Courses that cases of the demonstration have taken: one for every state a case can be in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from talentsvc.access.roles import Role
from talentsvc.cards.actions.accept_application import accept_application
from talentsvc.cards.actions.approve_application import approve_application
from talentsvc.cards.actions.assign_case import assign_case
from talentsvc.cards.actions.check_in_person import Checked, check_in_person
from talentsvc.cards.actions.decline_endorsement import decline_endorsement
from talentsvc.cards.actions.endorse_application import endorse_application
from talentsvc.cards.actions.hand_over_card import hand_over_card
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.actions.recommend import CriterionFinding, recommend
from talentsvc.cards.actions.record_objection import record_objection
from talentsvc.cards.actions.refuse_out_of_scope import refuse_out_of_scope
from talentsvc.cards.actions.reject_application import reject_application
from talentsvc.cards.actions.request_correction import request_correction
from talentsvc.cards.actions.request_review import request_review
from talentsvc.cards.actions.send_for_recognition import send_for_recognition
from talentsvc.cards.actions.submit_correction import submit_correction
from talentsvc.cards.actions.withdraw_application import withdraw_application
from talentsvc.cards.filing import newest_copy
from talentsvc.cards.models import Application
from talentsvc.cards.reviewing import newest_evaluation
from talentsvc.cards.rules.corrections import NoticeItem
from talentsvc.cards.terms import ApplicationState, CorrectionItemKind, FindingOutcome, OriginalSeen
from talentsvc.demo.script import Applicant, add_paper, begin, complete, file_it
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work

Course = Callable[[Applicant, datetime], None]
BLURRED = "学位证书照片看不清，请在光线充足处重新拍摄，四角完整。"


@dataclass(frozen=True)
class Plan:
    """How many cases take a course, how many days ago they were filed, and under which category."""

    course: Course
    days_ago: tuple[int, ...]
    category_code: str = "full_time_bachelor"


def later(at: datetime, days: int, hours: int = 0) -> datetime:
    """Some days on, in office hours as long as the beginning was."""
    return at + timedelta(days=days, hours=hours)


def draft(who: Applicant, at: datetime) -> None:
    """Begun and left for another day."""
    begin(who, at)


def filed(who: Applicant, at: datetime) -> None:
    """Waiting for the employer."""
    begin(who, at)
    complete(who, later(at, 0, 1))
    file_it(who, later(at, 0, 2))


def filed_by_founder(who: Applicant, at: datetime) -> None:
    """Waiting for somebody to confirm for a founder: another agent, or a clerk at the window."""
    who.is_founder = True
    filed(who, at)


def checked(who: Applicant, at: datetime) -> None:
    """A founder came to the window with the originals, and a clerk confirmed in person."""
    filed_by_founder(who, at)
    when = later(at, 0, 4)
    with unit_of_work():
        copy = newest_copy(who.case.id)
        check_in_person(
            who.case.id,
            checked=Checked(
                is_confirmed=True,
                copy_sha256=copy.sha256 if copy else b"",
                originals=(OriginalSeen.IDENTITY_DOCUMENT, OriginalSeen.BUSINESS_LICENCE),
                place="综合窗口",
                seen="本人到场，身份证件与营业执照原件均与填报一致。",
                reason="申请人为单位创始人，经当面核验属实。",
            ),
            actor=who.officer(Role.CLERK, when, 1),
            at=when,
        )


def declined(who: Applicant, at: datetime) -> None:
    """The employer does not confirm."""
    filed(who, at)
    when = later(at, 1)
    with unit_of_work():
        decline_endorsement(
            who.case.id,
            reason="合同起始日期与我单位记录不一致，请核对后重报。",
            actor=who.agent(when),
            at=when,
        )


def received(who: Applicant, at: datetime) -> None:
    """At the window."""
    filed(who, at)
    when = later(at, 0, 3)
    with unit_of_work():
        copy = newest_copy(who.case.id)
        endorse_application(
            who.case.id, copy_sha256=copy.sha256 if copy else b"", actor=who.agent(when), at=when
        )


def correcting(who: Applicant, at: datetime) -> None:
    """A one-time notice is out."""
    received(who, at)
    when = later(at, 1)
    items = [NoticeItem(CorrectionItemKind.EVIDENCE, "diploma", BLURRED)]
    with unit_of_work():
        request_correction(who.case.id, items=items, actor=who.officer(Role.CLERK, when), at=when)


def corrected(who: Applicant, at: datetime) -> None:
    """The correction is in and waits to be checked."""
    correcting(who, at)
    when = later(at, 2)
    with unit_of_work():
        add_paper(who, "diploma", when)
    with unit_of_work():
        submit_correction(who.case.id, actor=who.actor(when), at=when)


def out_of_scope(who: Applicant, at: datetime) -> None:
    """Another office is responsible."""
    received(who, at)
    when = later(at, 1)
    with unit_of_work():
        refuse_out_of_scope(
            who.case.id,
            reason="申请人实际在外区单位工作，不属于本区受理范围。",
            right_office="长安区政务服务中心人才窗口",
            actor=who.officer(Role.CLERK, when),
            at=when,
        )


def accepted(who: Applicant, at: datetime) -> None:
    """With the reviewer."""
    received(who, at)
    when = later(at, 1)
    with unit_of_work():
        accept_application(who.case.id, actor=who.officer(Role.CLERK, when), at=when)
    if who.number % 2:
        with unit_of_work():
            reviewer = who.world.staff[Role.REVIEWER][0]
            assign_case(
                who.case.id, to_account_id=reviewer.id, actor=who.officer(Role.CLERK, when), at=when
            )


def pledged(who: Applicant, at: datetime) -> None:
    """With the reviewer, one minor paper pledged for later."""
    who.pledged = ("insurance_proof",)
    accepted(who, at)


def recognising(who: Applicant, at: datetime) -> None:
    """With the talent office."""
    accepted(who, at)
    when = later(at, 2)
    with unit_of_work():
        send_for_recognition(
            who.case.id,
            reason="申请人申报特殊技能，需人才办认定。",
            actor=who.officer(Role.REVIEWER, when),
            at=when,
        )


def recommended(who: Applicant, at: datetime) -> None:
    """With the decider."""
    accepted(who, at)
    _recommend(who, later(at, 2), is_positive=True)


def _recommend(who: Applicant, when: datetime, *, is_positive: bool) -> None:
    with unit_of_work():
        verdicts = newest_evaluation(who.case.id).get("verdicts", [])
        findings = [
            CriterionFinding(
                verdict["code"], FindingOutcome.MET, "经核对原件与在岗情况，符合该项要求。"
            )
            for verdict in verdicts
        ]
        recommend(
            who.case.id,
            is_positive=is_positive,
            reason="材料齐全，建议通过。" if is_positive else "用工地点不在区内，建议不予通过。",
            findings=findings,
            actor=who.officer(Role.REVIEWER, when),
            at=when,
        )


def on_notice(who: Applicant, at: datetime) -> None:
    """On public notice, or further if its days are over by now."""
    recommended(who, at)
    when = later(at, 3)
    with unit_of_work():
        approve_application(
            who.case.id, reason="同意初审意见。", actor=who.officer(Role.DECIDER, when), at=when
        )


def objected(who: Applicant, at: datetime) -> None:
    """An objection is open."""
    on_notice(who, at)
    when = later(at, 4)
    with unit_of_work():
        record_objection(
            who.case.id,
            objector="示例来信人，来信登记 007 号",
            grounds="反映申请人未在公示单位在岗。",
            actor=who.officer(Role.CLERK, when),
            at=when,
        )


def issued(who: Applicant, at: datetime) -> None:
    """The clock has issued the card."""
    on_notice(who, at)
    when = later(at, 22)
    with unit_of_work():
        open_case(who.case.id, at=when)


def delivered(who: Applicant, at: datetime) -> None:
    """The card is in its holder's hands."""
    issued(who, at)
    when = later(at, 23)
    with unit_of_work():
        state = db.session.get_one(Application, who.case.id).state
        if state is not ApplicationState.ISSUED:
            raise RuntimeError(f"{who.case.reference} stands at {state}, the notice is not over")
        hand_over_card(who.case.id, actor=who.officer(Role.CLERK, when), at=when)


def rejected(who: Applicant, at: datetime) -> None:
    """Not approved, with clause and remedy."""
    accepted(who, at)
    _recommend(who, later(at, 2), is_positive=False)
    when = later(at, 3)
    with unit_of_work():
        reject_application(
            who.case.id,
            reason="实际用工地点不在本区，不符合申领范围。",
            clause="示例 第四条",
            remedy="可在收到本决定之日起 15 个工作日内向人才工作窗口申请复核。",
            actor=who.officer(Role.DECIDER, when),
            at=when,
        )


def under_review(who: Applicant, at: datetime) -> None:
    """A review of the rejection was asked for."""
    rejected(who, at)
    when = later(at, 5)
    with unit_of_work():
        request_review(
            who.case.id,
            reason="已补充在岗证明与区内社保缴纳记录，请求复核。",
            actor=who.actor(when),
            at=when,
        )


def withdrawn(who: Applicant, at: datetime) -> None:
    """The applicant withdrew."""
    received(who, at)
    when = later(at, 1)
    with unit_of_work():
        withdraw_application(who.case.id, actor=who.actor(when), at=when)


PLANS: tuple[Plan, ...] = (
    Plan(delivered, (150, 120, 96, 75, 60, 48)),
    Plan(delivered, (110,), "title_or_scarce_trade"),
    Plan(issued, (27, 26)),
    Plan(on_notice, (7, 6, 5, 4)),
    Plan(objected, (8,)),
    Plan(rejected, (12, 9)),
    Plan(under_review, (14,)),
    Plan(recommended, (6, 5, 4)),
    Plan(recognising, (7,), "special_skill"),
    Plan(accepted, (5, 4, 3)),
    Plan(accepted, (3,), "title_or_scarce_trade"),
    Plan(pledged, (27, 3)),
    Plan(corrected, (6, 5)),
    Plan(correcting, (24, 4, 3)),
    Plan(correcting, (50,)),
    Plan(received, (4, 3, 2, 1)),
    Plan(filed, (2, 1)),
    Plan(filed, (25,)),
    Plan(filed_by_founder, (1,)),
    Plan(checked, (2,)),
    Plan(declined, (4,)),
    Plan(out_of_scope, (9,)),
    Plan(withdrawn, (10,)),
    Plan(draft, (2, 1)),
)
