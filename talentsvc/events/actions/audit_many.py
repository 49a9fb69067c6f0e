"""Many registrations are approved or rejected by one decision: a job, each company by itself (G15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.accounts.models import Account
from talentsvc.accounts.queries import actor_for
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.events.actions.audit_registration import Finding, audit_registration
from talentsvc.events.eventwork import record_event
from talentsvc.events.queries.occasions import session_of
from talentsvc.events.registration_work import positions_of
from talentsvc.events.terms.registration import RegistrationStep
from talentsvc.extensions.database import db
from talentsvc.jobs.actions.start_job import start_job
from talentsvc.jobs.models import Job
from talentsvc.jobs.queries import params_at_work

JOB_KIND = "audit_registrations"
PERMISSION = "registrations.audit"
#: Decided with one form at most.
MOST_DECIDED_AT_ONCE = 500
_STEPS = frozenset({RegistrationStep.APPROVE, RegistrationStep.REJECT})


def audit_many(
    session_id: UUID,
    registration_ids: Sequence[UUID],
    step: RegistrationStep,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Job:
    """Ask for one decision about many. Each is decided once, by the rules of a single decision.

    Errors: NotFoundHere; InvalidInput when none or too many are chosen, or a rejection lacks its reason.
    """
    session = session_of(session_id)
    wanted = list(dict.fromkeys(registration_ids))
    if step not in _STEPS or not 1 <= len(wanted) <= MOST_DECIDED_AT_ONCE:
        raise InvalidInput("registrations", "choose")
    if step is RegistrationStep.REJECT and not reason.strip():
        raise InvalidInput("reason", "reason_required")
    params = {
        "session": str(session.id),
        "step": step.value,
        "reason": reason.strip(),
        "account": str(actor.account_id) if actor.account_id else None,
    }
    job = start_job(JOB_KIND, params, wanted, asked_by=actor.account_id, at=at)
    record_event(
        session.event_id,
        "audit_many",
        actor=actor,
        at=at,
        after={"session": session.id, "step": step, "companies": len(wanted), "job": job.id},
    )
    return job


def audit_one_of_many(registration_id: UUID) -> None:
    """Decide about one: the job's step. What one officer may not decide, or must look at, is refused.

    Flagged words are never released in bulk. Errors: those of `audit_registration`; NotFoundHere when
    the officer has lost the right meanwhile.
    """
    params = params_at_work(JOB_KIND, registration_id)
    step = RegistrationStep(params["step"])
    is_approved = step is RegistrationStep.APPROVE
    audit_registration(
        registration_id,
        step,
        findings={one.number: Finding(passed=True) for one in positions_of(registration_id)}
        if is_approved
        else {},
        reason=params["reason"],
        expected_version=None,
        actor=_officer(params["account"]),
        at=now(),
    )


def _officer(account_id: str | None) -> Actor:
    account = db.session.get(Account, UUID(account_id)) if account_id else None
    if account is None:
        raise NotFoundHere()
    actor = actor_for(account, None, now())
    if not actor.may(PERMISSION):
        raise NotFoundHere()
    return replace(actor, acting_as=actor.capacity(PERMISSION))
