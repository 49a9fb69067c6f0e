"""Telling a company where it stands: what each message about a booth holds."""

from __future__ import annotations

from uuid import UUID

from flask import current_app

from talentsvc.audit.terms import SubjectKind
from talentsvc.core.clock import SHANGHAI, now
from talentsvc.employers.queries import agent_recipients
from talentsvc.events.messages import halls as messages
from talentsvc.events.models import Event, FairSession
from talentsvc.events.queries.halls import Company, company_of
from talentsvc.events.terms.registration import PlaceState
from talentsvc.extensions.database import db
from talentsvc.notices.actions.post import post
from talentsvc.notices.terms import NoticeKind


def tell_booth(registration_id: UUID) -> None:
    """Tell a company its booth; one that stands nowhere by now is told nothing."""
    company = company_of(registration_id)
    if company.booth is not None:
        _post(messages.BOOTH_GIVEN, company)


def tell_booth_change(registration_id: UUID) -> None:
    """Tell a company that it stands elsewhere, or nowhere though it holds a place."""
    company = company_of(registration_id)
    if company.booth is not None:
        _post(messages.BOOTH_CHANGED, company)
    elif company.registration.place is PlaceState.HELD:
        _post(messages.BOOTH_TAKEN_BACK, company)


def _post(kind: NoticeKind, company: Company) -> None:
    at = now()
    registration = company.registration
    session = db.session.get_one(FairSession, registration.session_id)
    event = db.session.get_one(Event, session.event_id)
    base = current_app.config["SETTINGS"].public_base_url
    path = f"/employers/{registration.employer_id}/registrations/{registration.id}/booth"
    for recipient in agent_recipients(registration.employer_id):
        is_english = recipient.language == "en"
        params = {
            "employer": company.employer.name,
            "event": event.title_en if is_english else event.title_zh,
            "place": session.place_en if is_english else session.place_zh,
            "starts": session.starts_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
            "booth": company.booth.number if company.booth else "",
            "zone": company.booth.zone if company.booth else "",
            "link": f"{base}{path}",
        }
        post(
            kind,
            recipient,
            subject_kind=SubjectKind.EVENT_REGISTRATION.value,
            subject_id=registration.id,
            params=params,
            at=at,
            # A company may be moved there and back again: each time is told.
            version=at.isoformat(),
        )
