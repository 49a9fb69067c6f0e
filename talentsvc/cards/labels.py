"""Words for the codes of the card room, in the reader's language."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.cards.terms import (
    ActorClass,
    ApplicationState,
    CancellationReason,
    CardAction,
    CardState,
    CaseAction,
    DeadlineKind,
    EndorsementOutcome,
    FourEyesRule,
    InPersonCause,
    OriginalSeen,
    SuspensionReason,
    Urgency,
)

_S, _A, _C = ApplicationState, CaseAction, CardState

#: What the desk calls a state.
STATES: dict[StrEnum, Any] = {
    _S.DRAFT: _l("Draft"),
    _S.AWAITING_ENDORSEMENT: _l("With the employer"),
    _S.ENDORSEMENT_DECLINED: _l("Declined by the employer"),
    _S.ENDORSEMENT_EXPIRED: _l("Employer did not answer"),
    _S.RECEIVED: _l("To be taken in"),
    _S.CORRECTION_REQUESTED: _l("Waiting for correction"),
    _S.RESUBMITTED: _l("Correction to be checked"),
    _S.ACCEPTED: _l("To be reviewed"),
    _S.SPECIAL_RECOGNITION: _l("With the talent office"),
    _S.RECOMMENDED: _l("To be decided"),
    _S.PUBLIC_NOTICE: _l("On public notice"),
    _S.OBJECTION_OPEN: _l("Objection open"),
    _S.ISSUED: _l("Card issued"),
    _S.DELIVERED: _l("Card handed over"),
    _S.REJECTED: _l("Rejected"),
    _S.REVIEW_OPEN: _l("Under review again"),
    _S.NOT_ACCEPTED: _l("Not taken in"),
    _S.WITHDRAWN: _l("Withdrawn"),
    _S.LAPSED: _l("Lapsed"),
}

#: What the timeline calls a step.
ACTIONS: dict[StrEnum, Any] = {
    _A.START: _l("Application begun"),
    _A.SUBMIT: _l("Submitted to the employer"),
    _A.ENDORSE: _l("Confirmed by the employer, received"),
    _A.DECLINE_ENDORSEMENT: _l("Declined by the employer"),
    _A.EXPIRE_ENDORSEMENT: _l("The employer did not answer in time"),
    _A.REQUEST_CORRECTION: _l("One-time notice given"),
    _A.SUBMIT_CORRECTION: _l("Correction handed in"),
    _A.LAPSE: _l("Lapsed: no correction in time"),
    _A.ACCEPT: _l("Accepted"),
    _A.ACCEPT_BY_SILENCE: _l("Accepted, because the time for a notice was over"),
    _A.REFUSE_OUT_OF_SCOPE: _l("Not taken in: another office is responsible"),
    _A.SEND_FOR_RECOGNITION: _l("Sent to the talent office"),
    _A.RECORD_RECOGNITION: _l("Answer of the talent office"),
    _A.RECOMMEND: _l("First review finished"),
    _A.RETURN_TO_REVIEWER: _l("Sent back to the reviewer"),
    _A.EXTEND_DECISION: _l("Time for the decision extended"),
    _A.APPROVE: _l("Approved, public notice begins"),
    _A.REJECT: _l("Rejected"),
    _A.RECORD_OBJECTION: _l("Objection received"),
    _A.UPHOLD_OBJECTION: _l("Objection upheld, review starts again"),
    _A.DISMISS_OBJECTION: _l("Objection dismissed"),
    _A.ISSUE: _l("Card issued"),
    _A.HAND_OVER: _l("Card handed over"),
    _A.WITHDRAW: _l("Withdrawn"),
    _A.REQUEST_REVIEW: _l("Review asked for"),
    _A.CONFIRM_REJECTION: _l("Review: the rejection stands"),
    _A.OVERTURN_REJECTION: _l("Review: approved, public notice begins"),
}

#: The same steps taken by a clerk who checked in person.
IN_PERSON_ACTIONS: dict[StrEnum, Any] = {
    _A.ENDORSE: _l("Checked in person at the window, received"),
    _A.DECLINE_ENDORSEMENT: _l("Checked in person, not confirmed"),
}


def action_words(action: CaseAction, acting_as: str) -> Any:
    """What the timeline calls a step, by who took it."""
    if acting_as == ActorClass.CLERK.value:
        return IN_PERSON_ACTIONS.get(action, ACTIONS[action])
    return ACTIONS[action]


CARD_STATES: dict[StrEnum, Any] = {
    _C.ACTIVE: _l("Valid"),
    _C.SUSPENDED: _l("Suspended"),
    _C.REPLACED: _l("Replaced"),
    _C.CANCELLED: _l("Cancelled"),
    _C.EXPIRED: _l("Expired"),
}

CARD_ACTIONS: dict[StrEnum, Any] = {
    CardAction.ISSUE: _l("Issued"),
    CardAction.REPORT_LOSS: _l("Reported lost"),
    CardAction.SUSPEND: _l("Suspended"),
    CardAction.REINSTATE: _l("Back in use"),
    CardAction.REPLACE: _l("Replaced"),
    CardAction.CANCEL: _l("Cancelled"),
    CardAction.EXPIRE: _l("Expired"),
}

SUSPENSIONS: dict[StrEnum, Any] = {
    SuspensionReason.LOSS: _l("Lost"),
    SuspensionReason.EMPLOYMENT_ENDED: _l("Employment ended"),
    SuspensionReason.INQUIRY: _l("Under inquiry"),
}

CANCELLATIONS: dict[StrEnum, Any] = {
    CancellationReason.LEFT_ZONE: _l("Left the zone"),
    CancellationReason.CONTRACT_ENDED: _l("Contract ended"),
    CancellationReason.DEATH: _l("Death of the holder"),
    CancellationReason.VOLUNTARY: _l("Asked for by the holder"),
    CancellationReason.UPGRADED: _l("Holds a higher card now"),
    CancellationReason.REVOKED: _l("Revoked for deceit"),
}

DEADLINES: dict[StrEnum, Any] = {
    DeadlineKind.ENDORSEMENT: _l("Answer of the employer"),
    DeadlineKind.INTAKE: _l("Taking in"),
    DeadlineKind.CORRECTION: _l("Correction"),
    DeadlineKind.CORRECTION_CHECK: _l("Check of the correction"),
    DeadlineKind.RECOMMENDATION: _l("First review"),
    DeadlineKind.DECISION: _l("Decision"),
    DeadlineKind.NOTICE: _l("End of the public notice"),
    DeadlineKind.OBJECTION: _l("Decision on the objection"),
    DeadlineKind.HAND_OVER: _l("Handing over"),
    DeadlineKind.REVIEW_REQUEST: _l("Last day to ask for a review"),
    DeadlineKind.REVIEW: _l("Decision on the review"),
}

ENDORSEMENTS: dict[StrEnum, Any] = {
    EndorsementOutcome.WAITING: _l("Waiting for your answer"),
    EndorsementOutcome.ENDORSED: _l("Confirmed"),
    EndorsementOutcome.DECLINED: _l("Not confirmed"),
    EndorsementOutcome.EXPIRED: _l("Not answered in time"),
    EndorsementOutcome.OVERTAKEN: _l("Withdrawn by the applicant"),
}

#: Why a clerk checks in person, as the desk reads it.
CHECK_CAUSES: dict[StrEnum, Any] = {
    InPersonCause.FOUNDER: _l("The applicant is founder or owner of the employer."),
    InPersonCause.ONLY_AGENT: _l("The applicant is the employer's only agent."),
}

ORIGINALS: dict[StrEnum, Any] = {
    OriginalSeen.IDENTITY_DOCUMENT: _l("Identity document"),
    OriginalSeen.BUSINESS_LICENCE: _l("Business licence"),
    OriginalSeen.CONTRACT: _l("Labour contract or letter of appointment"),
    OriginalSeen.SHARE_REGISTER: _l("Articles or register of shareholders"),
    OriginalSeen.INSURANCE_RECORD: _l("Record of social insurance"),
}

URGENCIES: dict[StrEnum, Any] = {
    Urgency.OVERDUE: _l("Overdue"),
    Urgency.DUE_TODAY: _l("Due today"),
    Urgency.DUE_TOMORROW: _l("Due tomorrow"),
    Urgency.SOON: _l("Due soon"),
    Urgency.LATER: _l("Later"),
}

FOUR_EYES: dict[StrEnum, Any] = {
    FourEyesRule.OWN_CASE: _l("This is your own case."),
    FourEyesRule.KIN_OF_APPLICANT: _l("The applicant is your declared relative."),
    FourEyesRule.AGENT_OF_EMPLOYER: _l("You act for the employer of this case."),
    FourEyesRule.RECUSED: _l("You stepped back from this case."),
    FourEyesRule.HOLDS_OTHER_ROLE: _l("You had another part in this case."),
    FourEyesRule.DECIDED_BEFORE: _l("You decided this case before."),
    FourEyesRule.NOT_NEW_TO_CASE: _l("This needs a person who is new to the case."),
}

#: Kinds of evidence and steps as the check list and a one-time notice name them come from the rule set.
STEPS: dict[str, Any] = {
    "category": _l("Category"),
    "identity": _l("About you"),
    "education": _l("Education"),
    "work": _l("Work"),
    "evidence": _l("Papers"),
    "check": _l("Check and send"),
}
