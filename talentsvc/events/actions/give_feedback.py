"""Somebody who was there says how it was."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import NotAllowedNow
from talentsvc.events.models import VisitFeedback
from talentsvc.events.rules.visiting import checked_feedback
from talentsvc.events.terms.visit import VisitState
from talentsvc.events.visiting import lock_visit
from talentsvc.extensions.database import db


def give_feedback(
    visit_id: UUID, *, grade: int | None, words: str, actor: Actor, at: datetime
) -> VisitFeedback:
    """Keep one feedback a visit, from whoever was let in.

    Errors: NotFoundHere for somebody else's, NotAllowedNow, InvalidInput; a second one is refused by constraint.
    """
    kept_grade, said = checked_feedback(grade, words)
    _session, visit = lock_visit(visit_id, account_id=actor.account_id)
    if visit.state is not VisitState.CHECKED_IN:
        raise NotAllowedNow(visit.state, "give_feedback")
    feedback = VisitFeedback(visit_id=visit.id, grade=kept_grade, words=said, given_at=at)
    db.session.add(feedback)
    record(
        SubjectKind.EVENT_REGISTRATION,
        visit.id,
        "give_feedback",
        actor=actor,
        at=at,
        after={"grade": kept_grade},
    )
    db.session.flush()
    return feedback
