"""Telling people about an event: what every message about a session holds."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import current_app

from talentsvc.audit.terms import SubjectKind
from talentsvc.core.clock import SHANGHAI
from talentsvc.events.models import Event, EventInvitation, FairSession
from talentsvc.notices.actions.post import post
from talentsvc.notices.terms import NoticeKind, Recipient


def about_session(event: Event, session: FairSession, language: str) -> dict[str, str]:
    """The parameters that messages about a session share, in the reader's language and the zone's time."""
    is_chinese = language != "en"
    return {
        "event": event.title_zh if is_chinese else event.title_en,
        "place": session.place_zh if is_chinese else session.place_en,
        "starts": session.starts_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
        "link": f"{_base()}/events/{event.id}",
    }


def tell(
    kind: NoticeKind,
    recipient: Recipient,
    event: Event,
    session: FairSession,
    *,
    about: UUID,
    at: datetime,
    version: str = "1",
    **params: str,
) -> None:
    """Post to somebody about a session, once for each thing (`about`) and version of it."""
    post(
        kind,
        recipient,
        subject_kind=SubjectKind.EVENT.value,
        subject_id=event.id,
        params={**about_session(event, session, recipient.language), **params},
        at=at,
        version=f"{about}:{version}",
    )


def tell_guest(
    kind: NoticeKind, invitation: EventInvitation, event: Event, *, token: str, at: datetime
) -> None:
    """Post to a guest who may have no account."""
    is_chinese = invitation.language != "en"
    post(
        kind,
        Recipient(language=invitation.language, email=invitation.email),
        subject_kind=SubjectKind.EVENT.value,
        subject_id=event.id,
        params={
            "name": invitation.name,
            "event": event.title_zh if is_chinese else event.title_en,
            "summary": event.summary_zh if is_chinese else event.summary_en,
            "organiser": event.organiser_zh if is_chinese else event.organiser_en,
            "link": f"{_base()}/events/invitations/{token}",
        },
        at=at,
        version=str(invitation.id),
    )


def _base() -> str:
    return str(current_app.config["SETTINGS"].public_base_url)
