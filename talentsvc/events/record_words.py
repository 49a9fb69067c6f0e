"""What the record calls a step with an event, a company's registration, or a visit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.events.terms.registration import RegistrationStep
from talentsvc.events.terms.visit import VisitStep

EVENT_ACTIONS: Mapping[str, Any] = {
    "create_event": _l("Event entered"),
    "edit_event": _l("Event changed"),
    "publish_event": _l("Event published"),
    "cancel_event": _l("Event called off"),
    "add_session": _l("Session added"),
    "edit_session": _l("Session changed"),
    "cancel_session": _l("Session called off"),
    "select_companies": _l("Companies chosen by the ranking"),
    "invite_guests": _l("Guests invited"),
    "answer_invitation": _l("Invitation answered"),
}
REGISTRATION_ACTIONS: Mapping[str, Any] = {
    RegistrationStep.START: _l("Registration begun"),
    RegistrationStep.EDIT: _l("Registration filled in"),
    RegistrationStep.SUBMIT: _l("Registration filed"),
    RegistrationStep.RETURN: _l("Registration returned"),
    RegistrationStep.APPROVE: _l("Registration approved"),
    RegistrationStep.REJECT: _l("Registration not admitted"),
    RegistrationStep.CONFIRM: _l("Place confirmed"),
    RegistrationStep.CANCEL: _l("Withdrawn in time"),
    RegistrationStep.CANCEL_LATE: _l("Withdrawn late"),
    RegistrationStep.EXPIRE: _l("Registration lapsed"),
    RegistrationStep.GIVE_PLACE: _l("Place given"),
    RegistrationStep.QUEUE: _l("Put on the waiting list"),
    RegistrationStep.PROMOTE: _l("Moved up from the waiting list"),
    RegistrationStep.CHECK_IN: _l("Company checked in"),
    RegistrationStep.RELEASE: _l("Booth released, company did not come"),
    RegistrationStep.REPORT_RESULTS: _l("Results reported"),
    RegistrationStep.END_WITH_SESSION: _l("Ended with the session"),
    VisitStep.REGISTER: _l("Person signed up"),
    VisitStep.CANCEL: _l("Person does not come"),
    VisitStep.PROMOTE: _l("Person moved up"),
    VisitStep.CHECK_IN: _l("Person let in"),
    VisitStep.END_WITH_SESSION: _l("Ended with the session"),
    "give_feedback": _l("Feedback given"),
}
