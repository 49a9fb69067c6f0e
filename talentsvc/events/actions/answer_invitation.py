"""A guest says yes or no; the yes is bound to the account that said it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import NotAllowedNow, NotFoundHere
from talentsvc.events.models import EventInvitation
from talentsvc.events.terms.visit import InvitationState
from talentsvc.events.tokens import token_hash
from talentsvc.extensions.database import db


def answer_invitation(token: str, *, accepts: bool, actor: Actor, at: datetime) -> EventInvitation:
    """Answer once; saying no needs no account, saying yes one that registers afterwards.

    Errors: NotFoundHere for an unknown or withdrawn one, NotAllowedNow when it was answered.
    """
    invitation = db.session.execute(
        select(EventInvitation)
        .where(EventInvitation.token_hash == token_hash(token))
        .with_for_update()
    ).scalar_one_or_none()
    if invitation is None or invitation.state is InvitationState.WITHDRAWN:
        raise NotFoundHere()
    if accepts and actor.account_id is None:
        raise NotFoundHere()
    if invitation.state is not InvitationState.SENT:
        raise NotAllowedNow(invitation.state, "answer_invitation")
    invitation.state = InvitationState.ACCEPTED if accepts else InvitationState.DECLINED
    invitation.account_id = actor.account_id if accepts else None
    invitation.answered_at = at
    record(
        SubjectKind.EVENT,
        invitation.event_id,
        "answer_invitation",
        actor=actor,
        at=at,
        after={"invitation": invitation.id, "state": invitation.state},
    )
    db.session.flush()
    return invitation
