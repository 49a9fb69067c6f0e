"""What the desk calls each kind of message: short, without the name or reference that its subject line carries."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

#: One title for each kind that `rooms.NOTICE_KINDS` declares.
TITLES: dict[str, Any] = {
    "registration_filed": _l("Registration for a fair received"),
    "registration_returned": _l("Registration for a fair to be corrected"),
    "registration_approved": _l("Registration for a fair approved"),
    "registration_rejected": _l("Registration for a fair not admitted"),
    "registration_confirmed": _l("Place at a fair confirmed"),
    "registration_promoted": _l("Company moved up from the waiting list"),
    "registration_chosen": _l("Company chosen for a fair"),
    "registration_queued": _l("Company on the waiting list of a fair"),
    "attendee_not_proved": _l("Proof of staff not accepted"),
    "registration_lapsed": _l("Registration for a fair lapsed"),
    "registration_session_cancelled": _l("Session of a fair cancelled"),
    "event_invitation": _l("Invitation to an event"),
    "visit_place": _l("Registered for a session"),
    "visit_promoted": _l("Moved up from the waiting list"),
    "visit_session_cancelled": _l("Session cancelled"),
    "visit_session_moved": _l("Session moved"),
    "visit_waiting": _l("On the waiting list of a session"),
    "agent_confirmed": _l("Agent confirmed"),
    "agent_ended": _l("Authorisation of an agent ended"),
    "agent_refused": _l("Agent refused"),
    "agent_requested": _l("Somebody asks to become an agent"),
    "already_registered": _l("There is an account already"),
    "application_accepted": _l("Application accepted"),
    "application_approved": _l("Application approved, public notice begins"),
    "application_filed": _l("Application sent to the employer"),
    "application_lapsed": _l("Application lapsed"),
    "application_not_accepted": _l("Application not taken in"),
    "application_received": _l("Receipt for an application"),
    "application_rejected": _l("Application rejected"),
    "application_withdrawn": _l("Application withdrawn"),
    "authorisation_expiring": _l("Authorisation of an agent ends soon"),
    "card_cancelled": _l("Card cancelled"),
    "card_expired": _l("Card expired"),
    "card_expiring": _l("Card expires soon"),
    "card_issued": _l("Card issued"),
    "card_reinstated": _l("Card back in use"),
    "card_replaced": _l("Card replaced"),
    "card_suspended": _l("Card suspended"),
    "correction_reminder": _l("Reminder of a correction"),
    "correction_requested": _l("One-time notice"),
    "decision_extended": _l("Time for the decision extended"),
    "employer_refused": _l("Registration of a company sent back"),
    "employer_verified": _l("Company verified"),
    "endorsement_asked": _l("Employer asked to confirm"),
    "endorsement_declined": _l("Employer did not confirm"),
    "endorsement_expired": _l("Employer did not answer"),
    "endorsement_reminder": _l("Reminder to the employer"),
    "new_sign_in": _l("Sign-in on a new device"),
    "no_account": _l("There is no account with this address"),
    "objection_decided": _l("Objection decided"),
    "objection_recorded": _l("Objection received"),
    "password_changed": _l("Password changed"),
    "reset_code": _l("Code to set a new password"),
    "reset_password": _l("Link to set a new password"),
    "review_decided": _l("Review decided"),
    "role_changed": _l("Roles changed"),
    "second_factor_removed": _l("Second step switched off"),
    "second_factor_set": _l("Second step switched on"),
    "sign_in_code": _l("Code to sign in"),
    "verify_email": _l("Code to prove an e-mail address"),
    "verify_phone": _l("Code to prove a mobile number"),
}


def notice_title(code: str) -> Any:
    """The title of a kind; its code for one that this version does not know any more."""
    return TITLES.get(code, code)
