"""The words for what events and registrations are and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.events.terms.event import Admission, EventKind, EventPhase, EventState, RankingKey
from talentsvc.events.terms.registration import (
    AttendeeProof,
    AuditVerdict,
    PlaceState,
    RegistrationState,
)

EVENT_KINDS: Mapping[EventKind, Any] = {
    EventKind.CAMPUS_TRIP: _l("Campus recruitment trip"),
    EventKind.DOUBLE_CHOICE_FAIR: _l("Double-choice fair"),
    EventKind.TALK: _l("Company talk"),
    EventKind.TALENT_PROJECT_FAIR: _l("Talent and project fair"),
    EventKind.FORUM: _l("Forum"),
    EventKind.SALON: _l("Salon"),
    EventKind.EXPERT_EXCHANGE: _l("Exchange with experts"),
    EventKind.POLICY_BRIEFING: _l("Policy briefing"),
    EventKind.TALENT_DAY: _l("Talent day"),
    EventKind.TRAINING: _l("Training"),
}
EVENT_STATES: Mapping[EventState, Any] = {
    EventState.DRAFT: _l("Draft"),
    EventState.PUBLISHED: _l("Published"),
    EventState.CANCELLED: _l("Called off"),
}
EVENT_PHASES: Mapping[EventPhase, Any] = {
    EventPhase.PLANNED: _l("Planned"),
    EventPhase.REGISTRATION_OPEN: _l("Open for companies"),
    EventPhase.AUDIT: _l("Registrations being audited"),
    EventPhase.CONFIRMATION: _l("Companies confirm"),
    EventPhase.ALLOCATION: _l("Booths being given"),
    EventPhase.LIVE: _l("Taking place"),
    EventPhase.RESULTS_DUE: _l("Results being reported"),
    EventPhase.CLOSED: _l("Event over"),
}
ADMISSIONS: Mapping[Admission, Any] = {
    Admission.FIRST_COME: _l("In the order of filing"),
    Admission.SELECTION: _l("Chosen by the stated ranking"),
}
RANKING_KEYS: Mapping[RankingKey, Any] = {
    RankingKey.FEWEST_BREACHES: _l("Fewest broken promises"),
    RankingKey.LEAD_INDUSTRY: _l("Lead industries first"),
    RankingKey.POINTS: _l("Innovation points"),
    RankingKey.FILED_FIRST: _l("Order of filing"),
}
REGISTRATION_STATES: Mapping[RegistrationState, Any] = {
    RegistrationState.DRAFT: _l("Not filed yet"),
    RegistrationState.SUBMITTED: _l("Being audited"),
    RegistrationState.RETURNED: _l("Returned to be corrected"),
    RegistrationState.APPROVED: _l("Audit passed"),
    RegistrationState.REJECTED: _l("Not admitted"),
    RegistrationState.CONFIRMED: _l("Confirmed"),
    RegistrationState.CHECKED_IN: _l("Checked in"),
    RegistrationState.NO_SHOW: _l("Did not come"),
    RegistrationState.RESULTS_REPORTED: _l("Results reported"),
    RegistrationState.CANCELLED_IN_TIME: _l("Withdrawn in time"),
    RegistrationState.CANCELLED_LATE: _l("Withdrawn late"),
    RegistrationState.EXPIRED: _l("Lapsed"),
    RegistrationState.SESSION_CANCELLED: _l("The session was cancelled"),
}
PLACE_STATES: Mapping[PlaceState, Any] = {
    PlaceState.NONE: _l("No place"),
    PlaceState.HELD: _l("Place held"),
    PlaceState.WAITING: _l("On the waiting list"),
}
AUDIT_VERDICTS: Mapping[AuditVerdict, Any] = {
    AuditVerdict.PENDING: _l("Not looked at yet"),
    AuditVerdict.PASSED: _l("Passed"),
    AuditVerdict.FAILED: _l("Failed"),
}
ATTENDEE_PROOFS: Mapping[AttendeeProof, Any] = {
    AttendeeProof.WAITING: _l("Proof not looked at yet"),
    AttendeeProof.PROVED: _l("Proved to be staff"),
    AttendeeProof.NOT_PROVED: _l("Not proved to be staff"),
}
