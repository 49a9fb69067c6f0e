"""The one list of permissions (decisions.md, "Who may do what").

Every route names one of these; a route that names none, or an unknown one, does not start.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """For whom a permission exists."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed_in"
    AGENT = "agent"
    STAFF = "staff"


class Scope(StrEnum):
    """How far a permission reaches; an object out of reach does not exist for the asker (404)."""

    NONE = "none"
    OWN = "own"
    EMPLOYER = "employer"
    ASSIGNED = "assigned"
    OFFICE = "office"
    ALL = "all"


class Sensitivity(StrEnum):
    """What is seen through it: open, personal, or sensitive (logged on each use)."""

    OPEN = "open"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


@dataclass(frozen=True)
class Permission:
    """One thing that can be allowed."""

    code: str
    audience: Audience
    scope: Scope
    sensitivity: Sensitivity = Sensitivity.PERSONAL


def _catalogue(*permissions: Permission) -> dict[str, Permission]:
    return {permission.code: permission for permission in permissions}


CATALOGUE = _catalogue(
    Permission("public", Audience.EVERYONE, Scope.NONE, Sensitivity.OPEN),
    # Anyone signed in, for what is one's own.
    Permission("account.manage", Audience.SIGNED_IN, Scope.OWN),
    Permission("inbox.read", Audience.SIGNED_IN, Scope.OWN),
    Permission("applications.own", Audience.SIGNED_IN, Scope.OWN),
    Permission("cards.own", Audience.SIGNED_IN, Scope.OWN),
    Permission("employers.register", Audience.SIGNED_IN, Scope.OWN),
    Permission("visits.own", Audience.SIGNED_IN, Scope.OWN),
    Permission("candidates.own", Audience.SIGNED_IN, Scope.OWN),
    # Agents, for their employers.
    Permission("employers.manage", Audience.AGENT, Scope.EMPLOYER),
    Permission("endorsements.decide", Audience.AGENT, Scope.EMPLOYER),
    Permission("registrations.manage", Audience.AGENT, Scope.EMPLOYER),
    Permission("candidates.meet", Audience.AGENT, Scope.EMPLOYER),
    # Staff.
    Permission("desk.open", Audience.STAFF, Scope.NONE, Sensitivity.OPEN),
    Permission("cases.read", Audience.STAFF, Scope.ALL),
    Permission("cases.assign", Audience.STAFF, Scope.ALL),
    Permission("cases.note", Audience.STAFF, Scope.ALL),
    Permission("cases.take_in", Audience.STAFF, Scope.ALL),
    Permission("cases.hand_over", Audience.STAFF, Scope.ALL),
    Permission("cases.recommend", Audience.STAFF, Scope.ALL),
    Permission("cases.recognise", Audience.STAFF, Scope.ALL),
    Permission("cases.decide", Audience.STAFF, Scope.ALL),
    Permission("cards.read", Audience.STAFF, Scope.ALL),
    Permission("cards.manage", Audience.STAFF, Scope.ALL),
    Permission("evidence.open", Audience.STAFF, Scope.ALL, Sensitivity.SENSITIVE),
    Permission("persons.reveal", Audience.STAFF, Scope.ALL, Sensitivity.SENSITIVE),
    Permission("employers.read", Audience.STAFF, Scope.ALL),
    Permission("employers.verify", Audience.STAFF, Scope.ALL),
    Permission("employers.import", Audience.STAFF, Scope.ALL, Sensitivity.OPEN),
    Permission("employers.standing", Audience.STAFF, Scope.ALL),
    Permission("events.read", Audience.STAFF, Scope.ALL, Sensitivity.OPEN),
    Permission("events.edit", Audience.STAFF, Scope.ALL, Sensitivity.OPEN),
    Permission("registrations.read", Audience.STAFF, Scope.ALL),
    Permission("registrations.audit", Audience.STAFF, Scope.ALL),
    Permission("booths.allocate", Audience.STAFF, Scope.ALL),
    Permission("events.check_in", Audience.STAFF, Scope.ALL),
    Permission("events.results", Audience.STAFF, Scope.ALL),
    Permission("policy.read", Audience.STAFF, Scope.ALL, Sensitivity.OPEN),
    Permission("policy.edit", Audience.STAFF, Scope.ALL, Sensitivity.OPEN),
    Permission("policy.approve", Audience.STAFF, Scope.ALL, Sensitivity.OPEN),
    Permission("calendar.read", Audience.STAFF, Scope.ALL, Sensitivity.OPEN),
    Permission("calendar.edit", Audience.STAFF, Scope.ALL, Sensitivity.OPEN),
    Permission("notices.read", Audience.STAFF, Scope.ALL),
    Permission("notices.preview", Audience.STAFF, Scope.NONE, Sensitivity.OPEN),
    Permission("tasks.settle", Audience.STAFF, Scope.ALL),
    Permission("accounts.grant", Audience.STAFF, Scope.ALL),
    Permission("audit.read", Audience.STAFF, Scope.ALL),
    Permission("system.operate", Audience.STAFF, Scope.NONE, Sensitivity.OPEN),
)
