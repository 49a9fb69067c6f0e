"""Words for what accounts store as codes: roles, sign-in buttons, ends of sign-ins."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.access.roles import Role
from talentsvc.accounts.terms import AccountState, SignInEnd

ROLE_NAMES: dict[Role, Any] = {
    Role.CLERK: _l("Window clerk"),
    Role.REVIEWER: _l("Case reviewer"),
    Role.RECOGNISER: _l("Talent-office recogniser"),
    Role.DECIDER: _l("Case decider"),
    Role.POLICY_EDITOR: _l("Policy editor"),
    Role.POLICY_APPROVER: _l("Policy approver"),
    Role.SYSTEM_ADMIN: _l("System administrator"),
    Role.SECURITY_ADMIN: _l("Security administrator"),
    Role.AUDIT_ADMIN: _l("Audit administrator"),
    Role.EVENTS_OFFICER: _l("Events officer"),
    Role.CHECK_IN: _l("Check-in at the door"),
}

#: What a role does, in one line, beside its sign-in button and where it is given.
ROLE_HINTS: dict[Role, Any] = {
    Role.CLERK: _l("Takes cases in, checks what is complete, hands cards over"),
    Role.REVIEWER: _l("Makes the first finding"),
    Role.RECOGNISER: _l("Says whether a special skill is recognised"),
    Role.DECIDER: _l("Decides; never a case of their own finding"),
    Role.POLICY_EDITOR: _l("Drafts rules and the working-day calendar"),
    Role.POLICY_APPROVER: _l("Approves rules drafted by somebody else"),
    Role.SYSTEM_ADMIN: _l("Looks after operation; reads no cases"),
    Role.SECURITY_ADMIN: _l("Gives and ends roles; reads no cases"),
    Role.AUDIT_ADMIN: _l("Reads the record; reads no cases"),
    Role.EVENTS_OFFICER: _l("Plans events, audits companies, gives booths"),
    Role.CHECK_IN: _l("Lets people in on the day of an event"),
}

#: The demo's accounts outside the desk.
_PUBLIC_NAMES: dict[str, Any] = {
    "applicant": _l("Applicant"),
    "cardholder": _l("Cardholder"),
    "agent": _l("Employer agent"),
}
_PUBLIC_HINTS: dict[str, Any] = {
    "applicant": _l("Applies for a card and follows the case"),
    "cardholder": _l("Has a card in force"),
    "agent": _l("Confirms applications for an employer"),
}

STATE_NAMES: dict[AccountState, Any] = {
    AccountState.UNVERIFIED: _l("Not verified"),
    AccountState.ACTIVE: _l("Active"),
    AccountState.CLOSED: _l("Closed"),
}

END_NAMES: dict[SignInEnd, Any] = {
    SignInEnd.SIGNED_OUT: _l("Signed out"),
    SignInEnd.SIGNED_OUT_EVERYWHERE: _l("Signed out everywhere"),
    SignInEnd.PASSWORD_CHANGED: _l("Password changed"),
    SignInEnd.ROLES_CHANGED: _l("Roles changed"),
    SignInEnd.SECOND_FACTOR_CHANGED: _l("Second step changed"),
    SignInEnd.REPLACED: _l("Signed in anew"),
}
#: Ended by nobody: the time simply passed.
TIMED_OUT = _l("Timed out")


def demo_name(code: str) -> Any:
    """The name of a demo button: a role, somebody outside the desk, or the code as it is."""
    return ROLE_NAMES[Role(code)] if code in set(Role) else _PUBLIC_NAMES.get(code, code)


def demo_hint(code: str) -> Any:
    """What the account behind a demo button can do."""
    return ROLE_HINTS[Role(code)] if code in set(Role) else _PUBLIC_HINTS.get(code, "")


def is_desk_role(code: str | None) -> bool:
    """Whether a demo button opens the desk."""
    return code in set(Role)
