"""The actor: whoever does something, with what they may do and how far it reaches."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import cast
from uuid import UUID

from flask import g, has_request_context
from flask_login import AnonymousUserMixin, current_user
from werkzeug.local import LocalProxy

from talentsvc.access.catalogue import CATALOGUE, Audience, Scope
from talentsvc.access.roles import AGENT_PERMISSIONS, PERMISSIONS_OF, SIGNED_IN_PERMISSIONS, Role


@dataclass(frozen=True)
class Actor:
    """Who acts. `acting_as` names the capacity written into the record: a role, `applicant`, `agent`, `clock`."""

    account_id: UUID | None = None
    person_id: UUID | None = None
    display_name: str = ""
    language: str = "zh"
    roles: frozenset[Role] = frozenset()
    employer_ids: frozenset[UUID] = frozenset()
    acting_as: str = "visitor"
    sign_in_id: UUID | None = None
    must_set_second_factor: bool = False
    permissions: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody is behind this actor."""
        return self.account_id is not None

    @property
    def is_staff(self) -> bool:
        """Whether this actor may open the desk."""
        return "desk.open" in self.permissions

    @property
    def is_agent(self) -> bool:
        """Whether this actor acts for at least one verified employer."""
        return bool(self.employer_ids)

    def may(self, permission: str) -> bool:
        """Whether this actor holds a permission of the catalogue (its scope apart)."""
        if CATALOGUE[permission].audience is Audience.EVERYONE:
            return True
        return permission in self.permissions

    def scope_of(self, permission: str) -> Scope:
        """How far a permission reaches for this actor."""
        return CATALOGUE[permission].scope if self.may(permission) else Scope.NONE

    def capacity(self, permission: str) -> str:
        """The role that gives a permission, for the record: the first of the actor's roles that has it."""
        audience = CATALOGUE[permission].audience
        if audience is Audience.AGENT:
            return "agent"
        for role in sorted(self.roles):
            if permission in PERMISSIONS_OF[role]:
                return role.value
        return "applicant" if self.is_signed_in else "visitor"


@lru_cache(maxsize=256)
def _permissions(roles: frozenset[Role], is_agent: bool) -> frozenset[str]:
    held = set(SIGNED_IN_PERMISSIONS)
    for role in roles:
        held |= PERMISSIONS_OF[role]
    if is_agent:
        held |= AGENT_PERMISSIONS
    return frozenset(held)


def permissions_for(roles: frozenset[Role], employer_ids: frozenset[UUID]) -> frozenset[str]:
    """All permissions of somebody who is signed in."""
    return _permissions(roles, bool(employer_ids))


ANONYMOUS = Actor()
#: Steps that fall due by themselves are taken by the clock, never by a person (decisions.md, "Time").
CLOCK = Actor(display_name="clock", acting_as="clock")
#: Work of the system itself: sweeps, seals, imports.
SYSTEM = Actor(display_name="system", acting_as="system")


class Visitor(AnonymousUserMixin):  # type: ignore[misc]
    """Somebody who is not signed in."""

    actor = ANONYMOUS


def _load_actor() -> Actor:
    if not has_request_context():
        return SYSTEM
    if "actor" not in g:
        g.actor = current_user.actor
    return cast(Actor, g.actor)


current_actor: Actor = cast(Actor, LocalProxy(_load_actor))


def acting() -> Actor:
    """The current actor, in the capacity that the route's permission gives; to hand to an action."""
    actor = _load_actor()
    permission = g.get("permission") if has_request_context() else None
    if permission is None or not actor.is_signed_in:
        return actor
    return replace(actor, acting_as=actor.capacity(permission))
