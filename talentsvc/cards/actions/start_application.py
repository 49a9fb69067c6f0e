"""Beginning an application: a reference at once, so that one number holds from the first moment."""

from __future__ import annotations

from datetime import datetime

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.cards.drafting import empty_draft
from talentsvc.cards.models import Application, ApplicationDraft, CaseEvent
from talentsvc.cards.models.application import application_number
from talentsvc.cards.terms import ActorClass, ApplicationKind, ApplicationState, CaseAction
from talentsvc.core.clock import local_date
from talentsvc.core.errors import NotFoundHere, QuotaExhausted
from talentsvc.core.references import ReferenceKind, format_reference
from talentsvc.extensions.database import db
from talentsvc.policy.queries import rule_set_in_force
from talentsvc.policy.terms import Tier


def start_application(*, actor: Actor, at: datetime) -> Application:
    """Make a draft for the zone's card, judged by the rules in force today.

    Errors: NotFoundHere without an account; QuotaExhausted("no_rules") when no rule set is in force.
    """
    if actor.account_id is None:
        raise NotFoundHere()
    rules = rule_set_in_force(local_date(at))
    if rules is None:
        raise QuotaExhausted("no_rules")
    number = db.session.execute(application_number.next_value()).scalar_one()
    application = Application(
        reference=format_reference(ReferenceKind.APPLICATION, local_date(at).year, number),
        kind=ApplicationKind.NEW,
        tier=Tier.C,
        rule_set_id=rules.id,
        account_id=actor.account_id,
        state=ApplicationState.DRAFT,
        board_at=at,
        created_at=at,
        updated_at=at,
    )
    db.session.add(application)
    db.session.flush()
    draft = ApplicationDraft(id=application.id, updated_at=at)
    draft.answers_json = empty_draft()
    event = CaseEvent(
        application_id=application.id,
        sequence=1,
        action=CaseAction.START,
        from_state=None,
        to_state=ApplicationState.DRAFT,
        actor_account_id=actor.account_id,
        actor_person_id=actor.person_id,
        acting_as=ActorClass.APPLICANT.value,
        at=at,
        recorded_at=at,
        data={},
    )
    db.session.add_all([draft, event])
    record(
        SubjectKind.APPLICATION,
        application.id,
        CaseAction.START.value,
        actor=actor,
        at=at,
        after={"state": application.state, "rule_set": rules.id},
    )
    return application
