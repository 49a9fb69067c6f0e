"""A clerk checks a founder or only agent in person, in place of another agent's word (product.md A4)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, check_possible
from talentsvc.cards.endorsing import (
    cause_to_check,
    check_copy,
    confirm,
    decline,
    waiting_endorsement,
)
from talentsvc.cards.models import Endorsement, InPersonCheck
from talentsvc.cards.parts import check_part
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, CaseAction, CaseRole, InPersonCause, OriginalSeen
from talentsvc.core.errors import FourEyesViolated, InvalidInput, NotAllowedNow
from talentsvc.extensions.database import db


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a clerk found: which copy was compared with which originals, where, and what came of it."""

    is_confirmed: bool
    copy_sha256: bytes
    originals: Collection[OriginalSeen]
    place: str
    seen: str
    reason: str


def check_in_person(
    application_id: UUID,
    *,
    checked: Checked,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Confirm or decline the very copy an agent would be shown; it counts as this clerk's endorsement.

    Whoever checks is the endorser of the case from then on, so that somebody else recommends and
    decides. Errors: NotFoundHere, StaleVersion, NotAllowedNow (also where an agent has to answer),
    FourEyesViolated, InvalidInput(originals, place, seen, reason).
    """
    case = open_case(application_id, at=at, expected_version=expected_version)
    check_possible(case, CaseAction.ENDORSE)
    # As a clerk and as endorser: neither kin nor agent, nor anybody who judges the case.
    check_part(case, CaseRole.CLERK, actor)
    person_id = check_part(case, CaseRole.ENDORSER, actor)
    cause = cause_to_check(case.application)
    if cause is None:
        raise NotAllowedNow(case.state, CaseAction.ENDORSE, why="an_agent_answers")
    _check_complete(checked)
    if checked.is_confirmed:
        endorsement = _confirm(case, person_id, checked, cause, actor=actor, at=at)
    else:
        endorsement = _decline(case, person_id, checked, cause, actor=actor, at=at)
    _keep(endorsement, checked, cause, actor=actor, at=at)
    return case


def _check_complete(checked: Checked) -> None:
    if OriginalSeen.IDENTITY_DOCUMENT not in checked.originals:
        # Without it nobody knows whom the clerk has seen.
        raise InvalidInput("originals", "identity_not_seen")
    for field in ("place", "seen", "reason"):
        if not str(getattr(checked, field)).strip():
            raise InvalidInput(field, "required")


def _confirm(
    case: Case,
    person_id: UUID,
    checked: Checked,
    cause: InPersonCause,
    *,
    actor: Actor,
    at: datetime,
) -> Endorsement:
    endorsement, filing = confirm(
        case,
        person_id=person_id,
        copy_sha256=checked.copy_sha256,
        actor=actor,
        actor_class=ActorClass.CLERK,
        at=at,
        reason=checked.reason,
        data={"in_person": cause.value},
    )
    tell_applicant(
        case,
        messages.CHECKED_IN_PERSON,
        at=at,
        version=str(endorsement.id),
        place=checked.place.strip(),
        filed_on=filing.filed_on.isoformat(),
        received_on=filing.received_on.isoformat(),
        due_on=str(case.application.due_on),
    )
    return endorsement


def _decline(
    case: Case,
    person_id: UUID,
    checked: Checked,
    cause: InPersonCause,
    *,
    actor: Actor,
    at: datetime,
) -> Endorsement:
    check_copy(waiting_endorsement(case.application), checked.copy_sha256)
    endorsement = decline(
        case,
        person_id=person_id,
        reason=checked.reason,
        actor=actor,
        actor_class=ActorClass.CLERK,
        at=at,
        data={"in_person": cause.value},
    )
    tell_applicant(
        case,
        messages.NOT_CONFIRMED_IN_PERSON,
        at=at,
        version=str(endorsement.id),
        place=checked.place.strip(),
        reason=checked.reason.strip(),
    )
    return endorsement


def _keep(
    endorsement: Endorsement,
    checked: Checked,
    cause: InPersonCause,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    if actor.account_id is None:
        raise FourEyesViolated("no_person", role=CaseRole.ENDORSER.value)
    check = InPersonCheck(
        endorsement_id=endorsement.id,
        cause=cause,
        clerk_account_id=actor.account_id,
        originals=sorted(original.value for original in checked.originals),
        place=checked.place.strip(),
        reason=checked.reason.strip(),
        copy_sha256=checked.copy_sha256,
        checked_at=at,
    )
    check.seen = checked.seen.strip()
    db.session.add(check)
    db.session.flush()
