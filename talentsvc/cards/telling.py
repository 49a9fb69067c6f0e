"""Telling people about a case: who gets a message, and what every message about a case holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import current_app

from talentsvc.accounts.recipients import recipient_of_account
from talentsvc.audit.terms import SubjectKind
from talentsvc.cards import messages
from talentsvc.cards.casework import Case
from talentsvc.cards.models import Application, Card
from talentsvc.core.errors import NotFoundHere
from talentsvc.employers.queries import agent_recipients
from talentsvc.extensions.database import db
from talentsvc.notices.actions.post import post
from talentsvc.notices.terms import NoticeKind
from talentsvc.people.models import Person


def tell_applicant(
    case: Case, kind: NoticeKind, *, at: datetime, version: str = "1", **params: str
) -> None:
    """Post a message about a case to whoever applied. `version` tells repeats of a kind apart."""
    application = case.application
    post(
        kind,
        recipient_of_account(application.account_id),
        subject_kind=SubjectKind.APPLICATION.value,
        subject_id=application.id,
        params={**_common(application), **params},
        at=at,
        version=version,
    )


def tell_accepted(case: Case, *, at: datetime) -> None:
    """Tell the applicant from when the decision clock runs and when it ends."""
    last_days = [deadline.due_on for deadline in case.deadlines if deadline.due_on is not None]
    tell_applicant(
        case,
        messages.ACCEPTED,
        at=at,
        version=str(len(case.events)),
        accepted_on=str(case.application.accepted_on),
        due_on=str(max(last_days)) if last_days else "",
    )


def tell_agents(
    case: Case, kind: NoticeKind, *, at: datetime, version: str = "1", **params: str
) -> None:
    """Post a message to every agent of the employer that endorses."""
    application = case.application
    if application.employer_id is None:
        return
    link = f"{_base_url()}/employers/endorsements"
    for recipient in agent_recipients(application.employer_id):
        post(
            kind,
            recipient,
            subject_kind=SubjectKind.APPLICATION.value,
            subject_id=application.id,
            params={**_common(application), "link": link, **params},
            at=at,
            version=version,
        )


def tell_holder(
    card: Card, kind: NoticeKind, *, at: datetime, version: str = "1", **params: str
) -> None:
    """Post a message about a card to its holder."""
    application = db.session.get(Application, card.application_id)
    if application is None:
        raise NotFoundHere()
    post(
        kind,
        recipient_of_account(application.account_id),
        subject_kind=SubjectKind.CARD.value,
        subject_id=card.id,
        params={
            **_common(application),
            "number": card.number,
            "valid_until": card.valid_until.isoformat(),
            "link": f"{_base_url()}/cards",
            **params,
        },
        at=at,
        version=version,
    )


def _common(application: Application) -> Mapping[str, str]:
    person = db.session.get(Person, application.person_id) if application.person_id else None
    return {
        "name": person.name if person else "",
        "reference": application.reference,
        "link": f"{_base_url()}/applications/{application.id}",
    }


def _base_url() -> str:
    return str(current_app.config["SETTINGS"].public_base_url)
