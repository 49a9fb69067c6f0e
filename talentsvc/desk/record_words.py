"""Words of the record: what was done, in which capacity, to what, and what somebody looked at."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from talentsvc.access.roles import Role
from talentsvc.accounts.labels import ROLE_NAMES
from talentsvc.audit.terms import LookKind, SealPeriod, SubjectKind
from talentsvc.cards.labels import ACTIONS, CARD_ACTIONS
from talentsvc.employers.labels import ACTIONS as EMPLOYER_ACTIONS
from talentsvc.events.hall_words import HALL_ACTIONS, REGISTRATION_HALL_ACTIONS
from talentsvc.events.record_words import EVENT_ACTIONS, REGISTRATION_ACTIONS

SUBJECTS: dict[StrEnum, Any] = {
    SubjectKind.APPLICATION: _l("Application"),
    SubjectKind.CARD: _l("Card"),
    SubjectKind.ACCOUNT: _l("Account"),
    SubjectKind.PERSON: _l("Person"),
    SubjectKind.EMPLOYER: _l("Employer"),
    SubjectKind.RULE_SET: _l("Rules"),
    SubjectKind.CALENDAR: _l("Working days"),
    SubjectKind.NOTICE: _l("Message"),
    SubjectKind.TASK: _l("Task"),
    SubjectKind.SYSTEM: _l("System"),
    SubjectKind.EVENT: _l("Event"),
    SubjectKind.EVENT_REGISTRATION: _l("Registration of a company"),
}

SEAL_PERIODS: dict[StrEnum, Any] = {
    SealPeriod.HOURLY: _l("Hourly"),
    SealPeriod.DAILY: _l("Daily"),
}

LOOKS: dict[StrEnum, Any] = {
    LookKind.REVEAL: _l("Number opened"),
    LookKind.FILE: _l("File opened"),
    LookKind.RECORD: _l("Page opened"),
}

#: Capacities that are no role of the desk. `applicant` is whoever acts for themselves, an officer
#: at their own account too.
_OTHER_CAPACITIES: dict[str, Any] = {
    "applicant": _l("In their own name"),
    "agent": _l("Employer agent"),
    "visitor": _l("Visitor"),
    "clock": _l("Clock"),
    "system": _l("System"),
}

_ACCOUNT_ACTIONS: dict[str, Any] = {
    "create_account": _l("Account created"),
    "register_again": _l("Registered again"),
    "verify_account": _l("Address proved"),
    "begin_sign_in": _l("Signed in"),
    "end_sign_ins": _l("Signed out"),
    "change_password": _l("Password changed"),
    "reset_password": _l("New password set"),
    "confirm_second_factor": _l("Second step switched on"),
    "remove_second_factor": _l("Second step switched off"),
    "reset_second_factor": _l("Second step reset"),
    "set_preferences": _l("Name or language changed"),
    "grant_role": _l("Role given"),
    "end_role_grant": _l("Role ended"),
    "give_consents": _l("Consents given"),
    "withdraw_consent": _l("Consent withdrawn"),
}

#: Codes mean what they mean for their subject alone: a card is issued, and so is a case's.
_ACTIONS: dict[StrEnum, Mapping[Any, Any]] = {
    SubjectKind.APPLICATION: {
        **ACTIONS,
        "assign": _l("Officer assigned"),
        "note": _l("Internal note written"),
        "delete_image": _l("Sensitive image deleted by the retention rule"),
        "give_pledge": _l("Paper pledged"),
        "take_pledge_back": _l("Pledge taken back"),
        "record_pledge": _l("Pledge taken in at the window"),
        "fulfil_pledge": _l("Pledge fulfilled"),
        "pledge_overdue": _l("Pledged paper overdue"),
    },
    SubjectKind.CARD: CARD_ACTIONS,
    SubjectKind.ACCOUNT: _ACCOUNT_ACTIONS,
    SubjectKind.PERSON: {
        "record_person": _l("Person recorded"),
        "update_person": _l("Person's data changed"),
        "declare_kin": _l("Kin declared"),
    },
    SubjectKind.EMPLOYER: EMPLOYER_ACTIONS,
    SubjectKind.RULE_SET: {"store": _l("Rules stored"), "activate": _l("Rules put into force")},
    SubjectKind.CALENDAR: {"replace_year": _l("Working days of a year replaced")},
    SubjectKind.NOTICE: {"resend": _l("Message sent again")},
    SubjectKind.TASK: {"settle": _l("Task settled")},
    SubjectKind.EVENT: {**EVENT_ACTIONS, **HALL_ACTIONS},
    SubjectKind.EVENT_REGISTRATION: {**REGISTRATION_ACTIONS, **REGISTRATION_HALL_ACTIONS},
}


def action_words(subject: SubjectKind, action: str) -> Any:
    """What was done to a subject; the code itself for one that has no words."""
    return _ACTIONS.get(subject, {}).get(action, action)


def capacity_name(acting_as: str) -> Any:
    """In which capacity somebody acted: a role of the desk, the applicant, an agent, the clock."""
    if acting_as in set(Role):
        return ROLE_NAMES[Role(acting_as)]
    return _OTHER_CAPACITIES.get(acting_as, acting_as)


def look_words(kind: LookKind, detail: str, papers: Mapping[str, str] | None = None) -> str:
    """What was opened. `papers` names the kinds of evidence of a case by their codes.

    A detail is a short code of whoever wrote it; a paper's is `preview of degree 1` at the desk and
    `degree/preview` on the applicant's side.
    """
    if papers:
        for word in detail.replace("/", " ").split():
            if word in papers:
                return str(_("%(name)s: %(value)s", name=LOOKS[kind], value=papers[word]))
    return str(_DETAILS.get(detail, LOOKS[kind]))


_DETAILS: dict[str, Any] = {
    "case": _l("Page of the case opened"),
    "copy for the employer": _l("Copy for the employer opened"),
    "photo": _l("Photo opened"),
    "pdf": _l("Printed card opened"),
    "person": _l("Page of the person opened"),
    "phone": _l("Phone number opened"),
}
