"""Everything that can be done with a case or a card, from the ground's case in the right state."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from talentsvc.access.roles import Role
from talentsvc.calendar.terms import CalendarChanged
from talentsvc.cards.actions.accept_application import accept_application as accept
from talentsvc.cards.actions.add_evidence import add_evidence
from talentsvc.cards.actions.add_note import add_note
from talentsvc.cards.actions.approve_application import approve_application as approve
from talentsvc.cards.actions.assign_case import assign_case
from talentsvc.cards.actions.decide_objection import decide_objection
from talentsvc.cards.actions.decide_review import decide_review
from talentsvc.cards.actions.decline_endorsement import decline_endorsement
from talentsvc.cards.actions.endorse_application import endorse_application as endorse
from talentsvc.cards.actions.extend_decision import extend_decision
from talentsvc.cards.actions.hand_over_card import hand_over_card
from talentsvc.cards.actions.plan_due_dates import plan_due_dates
from talentsvc.cards.actions.recommend import CriterionFinding
from talentsvc.cards.actions.recommend import recommend as recommend_case
from talentsvc.cards.actions.record_objection import record_objection
from talentsvc.cards.actions.record_recognition import record_recognition
from talentsvc.cards.actions.refuse_out_of_scope import refuse_out_of_scope
from talentsvc.cards.actions.reject_application import reject_application as reject
from talentsvc.cards.actions.remove_evidence import remove_evidence
from talentsvc.cards.actions.request_correction import request_correction
from talentsvc.cards.actions.request_review import request_review
from talentsvc.cards.actions.return_to_reviewer import return_to_reviewer
from talentsvc.cards.actions.save_step import save_step
from talentsvc.cards.actions.send_for_recognition import send_for_recognition
from talentsvc.cards.actions.send_reminders import send_reminders
from talentsvc.cards.actions.start_application import start_application
from talentsvc.cards.actions.submit_application import NEEDED_CONSENTS, submit_application
from talentsvc.cards.actions.submit_correction import submit_correction
from talentsvc.cards.actions.sweep_cases import sweep_case
from talentsvc.cards.actions.withdraw_application import withdraw_application
from talentsvc.cards.filing import newest_copy
from talentsvc.cards.models import Application, Card, Evidence
from talentsvc.cards.reviewing import newest_evaluation
from talentsvc.cards.rules.answers import Step
from talentsvc.cards.rules.corrections import NoticeItem
from talentsvc.cards.terms import (
    ApplicationState,
    CorrectionItemKind,
    FindingOutcome,
)
from talentsvc.core.clock import now, start_of_day
from talentsvc.demo.papers import paper, store
from talentsvc.extensions.database import db
from talentsvc.files.terms import FilePurpose
from tests.guarantees.ground import Ground, MadeCase
from tests.guarantees.scenarios.registry import scenario

_S = ApplicationState
REASON = "经核实，情况属实，依规办理。"
REMEDY = "可在收到本决定之日起 15 个工作日内申请复核。"


def card_of(case: MadeCase) -> UUID:
    """The card a case led to."""
    return db.session.execute(select(Card.id).where(Card.application_id == case.id)).scalar_one()


def findings(case: MadeCase) -> list[CriterionFinding]:
    """A finding of "met" for every criterion of a case."""
    verdicts = newest_evaluation(case.id).get("verdicts", [])
    return [CriterionFinding(one["code"], FindingOutcome.MET, REASON) for one in verdicts]


def finding_fields(ground: Ground, case: MadeCase) -> dict[str, str]:
    """A finding for every criterion, as the page of the recommendation sends it."""
    with ground.app.app_context():
        found = findings(case)
    fields = {f"finding:{one.criterion_code}": "met" for one in found}
    return fields | {f"why:{one.criterion_code}": REASON for one in found}


@scenario
def start(ground: Ground) -> None:
    start_application(actor=ground.actor(ground.people.stranger), at=now())


@scenario
def save_a_step(ground: Ground) -> None:
    case = ground.case(_S.DRAFT)
    values = {"category_code": "special_skill"}
    actor = ground.actor(case.applicant)
    save_step(case.id, Step.CATEGORY, values, actor=actor, at=now(), expected_version=None)


@scenario
def add_a_paper(ground: Ground) -> None:
    case = ground.case(_S.DRAFT)
    actor = ground.actor(case.applicant)
    file = store(
        paper("diploma"),
        FilePurpose.EVIDENCE,
        account_id=UUID(case.applicant.account_id),
        at=now(),
    )
    add_evidence(case.id, item_code="diploma", file=file, actor=actor, at=now())


@scenario
def remove_a_paper(ground: Ground) -> None:
    case = ground.case(_S.ENDORSEMENT_DECLINED)
    evidence_id = db.session.execute(
        select(Evidence.id).where(Evidence.application_id == case.id).limit(1)
    ).scalar_one()
    remove_evidence(case.id, evidence_id, actor=ground.actor(case.applicant), at=now())


@scenario
def file_again(ground: Ground) -> None:
    case = ground.case(_S.ENDORSEMENT_DECLINED)
    actor = ground.actor(case.applicant)
    submit_application(case.id, consents=NEEDED_CONSENTS, actor=actor, at=now())


@scenario
def endorse_a_case(ground: Ground) -> None:
    case = ground.case(_S.AWAITING_ENDORSEMENT)
    copy = newest_copy(case.id)
    assert copy is not None
    endorse(case.id, copy_sha256=copy.sha256, actor=ground.agent(case.company), at=now())


@scenario
def decline_a_case(ground: Ground) -> None:
    case = ground.case(_S.AWAITING_ENDORSEMENT)
    decline_endorsement(case.id, reason=REASON, actor=ground.agent(case.company), at=now())


@scenario
def expire_an_endorsement(ground: Ground) -> None:
    sweep_case(ground.case(_S.AWAITING_ENDORSEMENT).id, at=now() + timedelta(days=60))


@scenario
def ask_for_a_correction(ground: Ground) -> None:
    items = [NoticeItem(CorrectionItemKind.EVIDENCE, "diploma", REASON)]
    case, clerk = ground.case(_S.RECEIVED), ground.officer(Role.CLERK)
    request_correction(case.id, items=items, actor=clerk, at=now())


@scenario
def hand_a_correction_in(ground: Ground) -> None:
    case = ground.case(_S.CORRECTION_REQUESTED)
    actor = ground.actor(case.applicant)
    file = store(
        paper("diploma"),
        FilePurpose.EVIDENCE,
        account_id=UUID(case.applicant.account_id),
        at=now(),
    )
    add_evidence(case.id, item_code="diploma", file=file, actor=actor, at=now())
    submit_correction(case.id, actor=actor, at=now())


@scenario
def let_a_case_lapse(ground: Ground) -> None:
    sweep_case(ground.case(_S.CORRECTION_REQUESTED).id, at=now() + timedelta(days=90))


@scenario
def accept_a_case(ground: Ground) -> None:
    accept(ground.case(_S.RECEIVED).id, actor=ground.officer(Role.CLERK), at=now())


@scenario
def accept_by_silence(ground: Ground) -> None:
    sweep_case(ground.case(_S.RECEIVED).id, at=now() + timedelta(days=12))


@scenario
def refuse_a_case(ground: Ground) -> None:
    refuse_out_of_scope(
        ground.case(_S.RECEIVED).id,
        reason=REASON,
        right_office="长安区政务服务中心",
        actor=ground.officer(Role.CLERK),
        at=now(),
    )


@scenario
def assign_a_case(ground: Ground) -> None:
    reviewer = UUID(ground.staff(Role.REVIEWER).account_id)
    case, clerk = ground.case(_S.RECEIVED), ground.officer(Role.CLERK)
    assign_case(case.id, to_account_id=reviewer, actor=clerk, at=now())


@scenario
def write_a_note(ground: Ground) -> None:
    case, clerk = ground.case(_S.RECEIVED), ground.officer(Role.CLERK)
    add_note(case.id, text="已电话联系。", actor=clerk, at=now())


@scenario
def ask_the_talent_office(ground: Ground) -> None:
    case, reviewer = ground.case(_S.ACCEPTED), ground.officer(Role.REVIEWER)
    send_for_recognition(case.id, reason=REASON, actor=reviewer, at=now())


@scenario
def recognise(ground: Ground) -> None:
    case, recogniser = ground.case(_S.SPECIAL_RECOGNITION), ground.officer(Role.RECOGNISER)
    record_recognition(case.id, is_recognised=True, reason=REASON, actor=recogniser, at=now())


@scenario
def recommend(ground: Ground) -> None:
    case = ground.case(_S.ACCEPTED)
    recommend_case(
        case.id,
        is_positive=True,
        reason=REASON,
        findings=findings(case),
        actor=ground.officer(Role.REVIEWER),
        at=now(),
    )


@scenario
def send_a_case_back(ground: Ground) -> None:
    case, decider = ground.case(_S.RECOMMENDED), ground.officer(Role.DECIDER)
    return_to_reviewer(case.id, reason=REASON, actor=decider, at=now())


@scenario
def extend_the_time(ground: Ground) -> None:
    case, decider = ground.case(_S.RECOMMENDED), ground.officer(Role.DECIDER)
    extend_decision(case.id, reason=REASON, actor=decider, at=now())


@scenario
def approve_a_case(ground: Ground) -> None:
    case, decider = ground.case(_S.RECOMMENDED), ground.officer(Role.DECIDER)
    approve(case.id, reason=REASON, actor=decider, at=now())


@scenario
def reject_a_case(ground: Ground) -> None:
    case = ground.case(_S.ACCEPTED)
    recommend_case(
        case.id,
        is_positive=False,
        reason=REASON,
        findings=findings(case),
        actor=ground.officer(Role.REVIEWER),
        at=now(),
    )
    reject(
        case.id,
        reason=REASON,
        clause="示例 第四条",
        remedy=REMEDY,
        actor=ground.officer(Role.DECIDER),
        at=now(),
    )


@scenario
def take_an_objection_in(ground: Ground) -> None:
    record_objection(
        ground.case(_S.PUBLIC_NOTICE).id,
        objector="示例来信人",
        grounds=REASON,
        actor=ground.officer(Role.CLERK),
        at=now(),
    )


@scenario
def uphold_an_objection(ground: Ground) -> None:
    case, decider = ground.case(_S.OBJECTION_OPEN), ground.officer(Role.DECIDER, 1)
    decide_objection(case.id, is_upheld=True, reason=REASON, actor=decider, at=now())


@scenario
def dismiss_an_objection(ground: Ground) -> None:
    case, decider = ground.case(_S.OBJECTION_OPEN), ground.officer(Role.DECIDER, 1)
    decide_objection(case.id, is_upheld=False, reason=REASON, actor=decider, at=now())


@scenario
def issue_a_card(ground: Ground) -> None:
    sweep_case(ground.case(_S.PUBLIC_NOTICE).id, at=now() + timedelta(days=30))


@scenario
def hand_a_card_over(ground: Ground) -> None:
    hand_over_card(ground.case(_S.ISSUED).id, actor=ground.officer(Role.CLERK), at=now())


@scenario
def ask_for_a_review(ground: Ground) -> None:
    case = ground.case(_S.REJECTED)
    request_review(case.id, reason=REASON, actor=ground.actor(case.applicant), at=now())


@scenario
def confirm_a_rejection(ground: Ground) -> None:
    case, decider = ground.case(_S.REVIEW_OPEN), ground.officer(Role.DECIDER, 1)
    decide_review(case.id, is_overturned=False, reason=REASON, actor=decider, at=now())


@scenario
def overturn_a_rejection(ground: Ground) -> None:
    case, decider = ground.case(_S.REVIEW_OPEN), ground.officer(Role.DECIDER, 1)
    decide_review(case.id, is_overturned=True, reason=REASON, actor=decider, at=now())


@scenario
def withdraw_while_the_employer_is_asked(ground: Ground) -> None:
    case = ground.case(_S.AWAITING_ENDORSEMENT)
    withdraw_application(case.id, actor=ground.actor(case.applicant), at=now())


@scenario
def withdraw_from_public_notice(ground: Ground) -> None:
    case = ground.case(_S.PUBLIC_NOTICE)
    withdraw_application(case.id, actor=ground.actor(case.applicant), at=now())


@scenario
def remind_of_a_correction(ground: Ground) -> None:
    case = ground.case(_S.CORRECTION_REQUESTED)
    due_on = db.session.get_one(Application, case.id).due_on
    assert due_on is not None
    assert send_reminders(case.id, at=start_of_day(due_on) - timedelta(hours=12))


@scenario
def remind_of_an_endorsement(ground: Ground) -> None:
    assert send_reminders(ground.case(_S.AWAITING_ENDORSEMENT).id, at=now() + timedelta(days=9))


@scenario
def work_out_due_dates_as_a_job(_ground: Ground) -> None:
    db.session.execute(update(Application).values(due_at=now()))
    plan_due_dates(CalendarChanged(2026))


@scenario
def work_out_due_dates_at_once(ground: Ground) -> None:
    kept = ground.case(_S.RECEIVED).id
    db.session.execute(update(Application).where(Application.id != kept).values(due_at=None))
    db.session.execute(update(Application).where(Application.id == kept).values(due_on=None))
    plan_due_dates(CalendarChanged(2026))
