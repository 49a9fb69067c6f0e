"""Words of what companies do at a fair: registering, being audited, waiting, confirming."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class RegistrationState(StrEnum):
    """Where a company's registration for one session stands (facts.md 8.7).

    Whether it has a place is `PlaceState`; whether it has a booth follows from the published plan.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    CONFIRMED = "confirmed"
    CHECKED_IN = "checked_in"
    NO_SHOW = "no_show"
    RESULTS_REPORTED = "results_reported"
    CANCELLED_IN_TIME = "cancelled_in_time"
    CANCELLED_LATE = "cancelled_late"
    EXPIRED = "expired"
    SESSION_CANCELLED = "session_cancelled"


class PlaceState(StrEnum):
    """Whether a registration has one of the session's places, waits for one, or neither."""

    NONE = "none"
    HELD = "held"
    WAITING = "waiting"


class RegistrationStep(StrEnum):
    """What can be done with a registration."""

    START = "start_registration"
    EDIT = "edit_registration"
    SUBMIT = "submit_registration"
    RETURN = "return_registration"
    APPROVE = "approve_registration"
    REJECT = "reject_registration"
    CONFIRM = "confirm_registration"
    CANCEL = "cancel_registration"
    CANCEL_LATE = "cancel_registration_late"
    EXPIRE = "expire_registration"
    GIVE_PLACE = "give_place"
    QUEUE = "queue_registration"
    PROMOTE = "promote_registration"
    CHECK_IN = "check_in_company"
    RELEASE = "release_booth"
    REPORT_RESULTS = "report_results"
    END_WITH_SESSION = "end_with_session"


class AuditVerdict(StrEnum):
    """What the desk found of a company or a position; both audits must pass (facts.md 8.7)."""

    PENDING = "pending"
    PASSED = "passed"
    FAILED = "failed"


class AttendeeProof(StrEnum):
    """How an attendee is shown to be staff of the company (facts.md 3.1)."""

    WAITING = "waiting"
    PROVED = "proved"
    NOT_PROVED = "not_proved"


@dataclass(frozen=True)
class PlaceFreed:
    """A place became free; the first who waits moves up."""

    session_id: UUID


@dataclass(frozen=True)
class CompanyMissed:
    """A company did not come, or gave its place back too late: a breach."""

    registration_id: UUID


#: Attendees for one booth, positions and headcount of one registration at most (▲ facts.md 8.7; design).
MOST_ATTENDEES = 3
MOST_POSITIONS = 30
MOST_HEADCOUNT = 999
