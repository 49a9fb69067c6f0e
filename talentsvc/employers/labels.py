"""The words for what employers are and where they stand, for the pages of every feature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.employers.terms import AgentState, EmployerState, Industry, Park

INDUSTRIES: Mapping[Industry, Any] = {
    Industry.BIOMEDICINE: _l("Biomedicine"),
    Industry.ELECTRONICS: _l("New-generation electronics"),
    Industry.NEW_MATERIALS: _l("New chemical materials"),
    Industry.OTHER: _l("Other industry"),
}
PARKS: Mapping[Park, Any] = {
    Park.BIOMEDICINE_PARK: _l("International Biomedicine Park"),
    Park.ELECTRONICS_PARK: _l("Electronics Technology Park"),
    Park.CHEMICAL_PARK: _l("Circular Chemical Park"),
    Park.OUTSIDE_PARKS: _l("Outside the three parks"),
}
EMPLOYER_STATES: Mapping[EmployerState, Any] = {
    EmployerState.PENDING: _l("Waiting for verification"),
    EmployerState.VERIFIED: _l("Verified"),
    EmployerState.REFUSED: _l("To be mended"),
}
AGENT_STATES: Mapping[AgentState, Any] = {
    AgentState.PENDING: _l("Waiting for confirmation"),
    AgentState.ACTIVE: _l("Authorised"),
    AgentState.REFUSED: _l("Not confirmed"),
    AgentState.ENDED: _l("Ended"),
}
#: The data of an employer that can be corrected, in the order they are shown.
FIELD_NAMES: Mapping[str, Any] = {
    "name": _l("Registered name"),
    "employer_type": _l("Kind of employer"),
    "level": _l("Whose employer it is"),
    "industry": _l("Industry"),
    "park": _l("Park"),
    "is_registered_in_zone": _l("Registered in the zone"),
    "is_taxed_in_zone": _l("Taxed in the zone"),
}
EXPIRED: Any = _l("Expired")

#: What the record calls a step with an employer.
ACTIONS: Mapping[str, Any] = {
    "register_employer": _l("Company registered"),
    "mend_employer": _l("Mended and sent again"),
    "verify_employer": _l("Company verified"),
    "refuse_employer": _l("Sent back to be mended"),
    "ask_for_change": _l("Correction asked for"),
    "accept_change": _l("Correction accepted"),
    "refuse_change": _l("Correction refused"),
    "ask_for_authorisation": _l("Somebody asked to act for it"),
    "authorise_agent": _l("Agent authorised"),
    "confirm_agent": _l("Agent confirmed"),
    "refuse_agent": _l("Agent refused"),
    "end_agent": _l("Authorisation ended"),
    "remind_of_expiry": _l("Agent reminded of the end"),
    "record_breach": _l("Broken promise at a fair"),
    "lift_breach": _l("Broken promise lifted"),
}
