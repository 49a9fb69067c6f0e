"""Roles: named sets of permissions, in code. Who holds one, from when until when, is a row in `accounts`."""

from __future__ import annotations

from enum import StrEnum

from talentsvc.access.catalogue import CATALOGUE, Audience


class Role(StrEnum):
    """The roles of product.md and decisions.md that this part of the product needs."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    RECOGNISER = "recogniser"
    DECIDER = "decider"
    POLICY_EDITOR = "policy_editor"
    POLICY_APPROVER = "policy_approver"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    EVENTS_OFFICER = "events_officer"
    CHECK_IN = "check_in"


_READS_CASES = frozenset(
    {
        "desk.open",
        "cases.read",
        "cases.note",
        "cards.read",
        "employers.read",
        "policy.read",
        "calendar.read",
        "notices.preview",
    }
)

PERMISSIONS_OF: dict[Role, frozenset[str]] = {
    Role.CLERK: _READS_CASES
    | {
        "cases.take_in",
        "cases.hand_over",
        "cases.assign",
        "cards.manage",
        "employers.verify",
        "evidence.open",
        "persons.reveal",
        "notices.read",
        "tasks.settle",
    },
    Role.REVIEWER: _READS_CASES
    | {"cases.recommend", "cases.assign", "evidence.open", "persons.reveal", "tasks.settle"},
    Role.RECOGNISER: _READS_CASES | {"cases.recognise", "evidence.open"},
    Role.DECIDER: _READS_CASES
    | {
        "cases.decide",
        "cases.assign",
        "cards.manage",
        "evidence.open",
        "persons.reveal",
        "tasks.settle",
    },
    Role.EVENTS_OFFICER: frozenset(
        {
            "desk.open",
            "employers.read",
            "employers.import",
            "employers.standing",
            "events.read",
            "events.edit",
            "registrations.read",
            "registrations.audit",
            "booths.allocate",
            "events.check_in",
            "events.results",
            "calendar.read",
            "notices.preview",
            "notices.read",
            "tasks.settle",
        }
    ),
    # At the door, often temporary: sees who comes, decides nothing.
    Role.CHECK_IN: frozenset({"desk.open", "events.read", "events.check_in"}),
    Role.POLICY_EDITOR: frozenset(
        {
            "desk.open",
            "policy.read",
            "policy.edit",
            "calendar.read",
            "calendar.edit",
            "notices.preview",
        }
    ),
    Role.POLICY_APPROVER: frozenset(
        {"desk.open", "policy.read", "policy.approve", "calendar.read"}
    ),
    Role.SYSTEM_ADMIN: frozenset({"desk.open", "system.operate"}),
    Role.SECURITY_ADMIN: frozenset({"desk.open", "accounts.grant"}),
    Role.AUDIT_ADMIN: frozenset({"desk.open", "audit.read"}),
}

#: The three administrators (facts.md 6.2): nobody holds two of these, nor one of them and a business role.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})

#: What everyone who is signed in may do with what is their own.
SIGNED_IN_PERMISSIONS = frozenset(
    code for code, permission in CATALOGUE.items() if permission.audience is Audience.SIGNED_IN
)
AGENT_PERMISSIONS = frozenset(
    code for code, permission in CATALOGUE.items() if permission.audience is Audience.AGENT
)


def conflicting_roles(held: frozenset[Role], wanted: Role) -> frozenset[Role]:
    """Roles already held that exclude the wanted one: administrators read no business data."""
    others = held - {wanted}
    if wanted in ADMINISTRATORS:
        return others
    return others & ADMINISTRATORS
