"""Words of the card room: states, actions and what happens to a case.

States and transitions follow facts.md 8.2 and 8.3; the ends of a case and the
clock's own steps follow decisions.md ("Time", "Cards that others issue, and ends of a case").
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ApplicationKind(StrEnum):
    """Why a case exists. A replacement is a card action, not a case: nothing is decided anew."""

    NEW = "new"
    RENEWAL = "renewal"


class ApplicationState(StrEnum):
    """Where a case stands (facts.md 8.2, narrowed to what the zone decides itself)."""

    DRAFT = "draft"
    AWAITING_ENDORSEMENT = "awaiting_endorsement"
    ENDORSEMENT_DECLINED = "endorsement_declined"
    ENDORSEMENT_EXPIRED = "endorsement_expired"
    RECEIVED = "received"
    CORRECTION_REQUESTED = "correction_requested"
    RESUBMITTED = "resubmitted"
    ACCEPTED = "accepted"
    SPECIAL_RECOGNITION = "special_recognition"
    RECOMMENDED = "recommended"
    PUBLIC_NOTICE = "public_notice"
    OBJECTION_OPEN = "objection_open"
    ISSUED = "issued"
    DELIVERED = "delivered"
    REJECTED = "rejected"
    REVIEW_OPEN = "review_open"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class CaseAction(StrEnum):
    """Every step that moves a case; the same words name the events of its timeline."""

    START = "start"
    SUBMIT = "submit"
    ENDORSE = "endorse"
    DECLINE_ENDORSEMENT = "decline_endorsement"
    EXPIRE_ENDORSEMENT = "expire_endorsement"
    REQUEST_CORRECTION = "request_correction"
    SUBMIT_CORRECTION = "submit_correction"
    LAPSE = "lapse"
    ACCEPT = "accept"
    ACCEPT_BY_SILENCE = "accept_by_silence"
    REFUSE_OUT_OF_SCOPE = "refuse_out_of_scope"
    SEND_FOR_RECOGNITION = "send_for_recognition"
    RECORD_RECOGNITION = "record_recognition"
    RECOMMEND = "recommend"
    RETURN_TO_REVIEWER = "return_to_reviewer"
    EXTEND_DECISION = "extend_decision"
    APPROVE = "approve"
    REJECT = "reject"
    RECORD_OBJECTION = "record_objection"
    UPHOLD_OBJECTION = "uphold_objection"
    DISMISS_OBJECTION = "dismiss_objection"
    ISSUE = "issue"
    HAND_OVER = "hand_over"
    WITHDRAW = "withdraw"
    REQUEST_REVIEW = "request_review"
    CONFIRM_REJECTION = "confirm_rejection"
    OVERTURN_REJECTION = "overturn_rejection"


class CardState(StrEnum):
    """Where a card stands (facts.md 8.3). Expiry is an effect of time, written down by a sweep."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REPLACED = "replaced"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class CardAction(StrEnum):
    """Every step that moves a card."""

    ISSUE = "issue"
    REPORT_LOSS = "report_loss"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    REPLACE = "replace"
    CANCEL = "cancel"
    EXPIRE = "expire"


class SuspensionReason(StrEnum):
    """Why a card is out of use for now (facts.md 8.3)."""

    LOSS = "loss"
    EMPLOYMENT_ENDED = "employment_ended"
    INQUIRY = "inquiry"


class CancellationReason(StrEnum):
    """Why a card ended before its date (facts.md 8.3)."""

    LEFT_ZONE = "left_zone"
    CONTRACT_ENDED = "contract_ended"
    DEATH = "death"
    VOLUNTARY = "voluntary"
    UPGRADED = "upgraded"
    REVOKED = "revoked"


class ActorClass(StrEnum):
    """In whose name a step is taken. Which person may stand for it: `access` and four eyes."""

    APPLICANT = "applicant"
    AGENT = "agent"
    CLERK = "clerk"
    REVIEWER = "reviewer"
    RECOGNISER = "recogniser"
    DECIDER = "decider"
    CLOCK = "clock"


class CaseRole(StrEnum):
    """The parts of a case that four eyes keep apart (decisions.md, "Who may do what")."""

    APPLICANT = "applicant"
    ENDORSER = "endorser"
    CLERK = "clerk"
    RECOGNISER = "recogniser"
    RECOMMENDER = "recommender"
    DECIDER = "decider"
    OBJECTION_DECIDER = "objection_decider"
    REVIEW_DECIDER = "review_decider"


class FourEyesRule(StrEnum):
    """Why a person is refused a role in a case; the codes of `FourEyesViolated`."""

    OWN_CASE = "own_case"
    KIN_OF_APPLICANT = "kin_of_applicant"
    AGENT_OF_EMPLOYER = "agent_of_employer"
    RECUSED = "recused"
    HOLDS_OTHER_ROLE = "holds_other_role"
    DECIDED_BEFORE = "decided_before"
    NOT_NEW_TO_CASE = "not_new_to_case"


class NoticeUnit(StrEnum):
    """What the length of a public notice counts; both occur in one city (facts.md 8b, 9)."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"


class DeadlineKind(StrEnum):
    """What a due date is about."""

    ENDORSEMENT = "endorsement"
    INTAKE = "intake"
    CORRECTION = "correction"
    CORRECTION_CHECK = "correction_check"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"
    NOTICE = "notice"
    OBJECTION = "objection"
    HAND_OVER = "hand_over"
    REVIEW_REQUEST = "review_request"
    REVIEW = "review"


class Urgency(StrEnum):
    """How near a due date is; the order is the order of a work list."""

    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    DUE_TOMORROW = "due_tomorrow"
    SOON = "soon"
    LATER = "later"


#: Due dates the office must keep; the others bind the applicant or the employer, or end a notice.
OFFICE_DEADLINES = frozenset(
    {
        DeadlineKind.INTAKE,
        DeadlineKind.CORRECTION_CHECK,
        DeadlineKind.RECOMMENDATION,
        DeadlineKind.DECISION,
        DeadlineKind.OBJECTION,
        DeadlineKind.HAND_OVER,
        DeadlineKind.REVIEW,
    }
)

#: A case in one of these states is over, save for the remedies that reopen it.
FINAL_STATES = frozenset(
    {
        ApplicationState.DELIVERED,
        ApplicationState.NOT_ACCEPTED,
        ApplicationState.WITHDRAWN,
        ApplicationState.LAPSED,
        ApplicationState.REJECTED,
    }
)

#: States in which the applicant may still change what was filled in.
EDITABLE_STATES = frozenset(
    {
        ApplicationState.DRAFT,
        ApplicationState.ENDORSEMENT_DECLINED,
        ApplicationState.ENDORSEMENT_EXPIRED,
    }
)


@dataclass(frozen=True)
class CardIssued:
    """A card came into force: the person's arrival in the zone has its proof (decisions.md, Statistics)."""

    card_id: UUID
    application_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class CardLeftForce:
    """A card was suspended, replaced, cancelled or expired."""

    card_id: UUID
    person_id: UUID


class DecisionKind(StrEnum):
    """What was decided; each kind names one of the four eyes (guarantees.md G3)."""

    RECOMMENDATION = "recommendation"
    RECOGNITION = "recognition"
    DECISION = "decision"
    OBJECTION = "objection"
    REVIEW = "review"


class DecisionOutcome(StrEnum):
    """Which way it went."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class EndorsementOutcome(StrEnum):
    """What the employer's agent answered."""

    WAITING = "waiting"
    ENDORSED = "endorsed"
    DECLINED = "declined"
    EXPIRED = "expired"
    OVERTAKEN = "overtaken"


class InPersonCause(StrEnum):
    """Why nobody of the employer may confirm for an applicant (decisions.md, "Who may do what")."""

    FOUNDER = "founder"
    ONLY_AGENT = "only_agent"


class OriginalSeen(StrEnum):
    """An original that a clerk compares when checking in person."""

    IDENTITY_DOCUMENT = "identity_document"
    BUSINESS_LICENCE = "business_licence"
    CONTRACT = "contract"
    SHARE_REGISTER = "share_register"
    INSURANCE_RECORD = "insurance_record"


class PledgeState(StrEnum):
    """What has become of a written pledge; that its day has passed is an effect of time and no state."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    TAKEN_BACK = "taken_back"


class PledgeStanding(StrEnum):
    """Where a pledge stands at a moment."""

    GIVEN = "given"
    RUNNING = "running"
    OVERDUE = "overdue"
    FULFILLED = "fulfilled"
    TAKEN_BACK = "taken_back"


class CopyPurpose(StrEnum):
    """When a frozen copy of the form was made."""

    FILED = "filed"
    CORRECTED = "corrected"


class CorrectionItemKind(StrEnum):
    """What a one-time notice asks to mend: a paper or an answer of the form."""

    EVIDENCE = "evidence"
    ANSWER = "answer"


class FindingOutcome(StrEnum):
    """What the reviewer found for one criterion."""

    MET = "met"
    NOT_MET = "not_met"


#: From receipt at the window on a pledge runs; it ends unredeemed only where the case itself does.
PLEDGE_RUNS_IN = frozenset(
    {
        ApplicationState.RECEIVED,
        ApplicationState.CORRECTION_REQUESTED,
        ApplicationState.RESUBMITTED,
        ApplicationState.ACCEPTED,
        ApplicationState.SPECIAL_RECOGNITION,
        ApplicationState.RECOMMENDED,
        ApplicationState.PUBLIC_NOTICE,
        ApplicationState.OBJECTION_OPEN,
        ApplicationState.REVIEW_OPEN,
        ApplicationState.ISSUED,
        ApplicationState.DELIVERED,
    }
)

#: Item of the evidence list whose file is printed on the card (facts.md 8.5, portrait 358×441 ▲).
PORTRAIT_ITEM = "portrait"
