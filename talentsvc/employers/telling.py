"""Telling companies: who gets a message about an employer, and what every one of them holds."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from talentsvc.accounts.models import Account
from talentsvc.accounts.recipients import recipient_of, recipient_of_account
from talentsvc.audit.terms import SubjectKind
from talentsvc.employers.models import Employer, EmployerAgent
from talentsvc.employers.queries import agent_recipients
from talentsvc.extensions.database import db
from talentsvc.notices.actions.post import post
from talentsvc.notices.terms import NoticeKind, Recipient

PATH = "/employers/"


def tell_registrant(employer: Employer, kind: NoticeKind, *, at: datetime, **params: str) -> None:
    """Post to whoever registered an employer; an employer entered at the desk has nobody to tell."""
    if employer.registered_by_account_id is None:
        return
    recipient = recipient_of_account(employer.registered_by_account_id)
    # A registration may be refused and mended several times: each version of it is told once.
    _post(kind, recipient, employer, employer.id, at, str(employer.version), params)


def tell_agent(
    employer: Employer, agent: EmployerAgent, kind: NoticeKind, *, at: datetime, **params: str
) -> None:
    """Post to the person of an authorisation, if that person has an account."""
    account = _account_of(agent.person_id)
    if account is not None:
        _post(
            kind,
            recipient_of(account),
            employer,
            agent.id,
            at,
            agent.authorised_until.isoformat(),
            params,
        )


def tell_agents(
    employer: Employer, about: UUID, kind: NoticeKind, *, at: datetime, **params: str
) -> None:
    """Post to everybody who may act for an employer today."""
    for recipient in agent_recipients(employer.id):
        _post(kind, recipient, employer, about, at, "1", params)


def _post(
    kind: NoticeKind,
    recipient: Recipient,
    employer: Employer,
    about: UUID,
    at: datetime,
    version: str,
    params: dict[str, str],
) -> None:
    link = f"{current_app.config['SETTINGS'].public_base_url}{PATH}"
    post(
        kind,
        recipient,
        subject_kind=SubjectKind.EMPLOYER.value,
        subject_id=employer.id,
        params={"employer": employer.name, "link": link, **params},
        at=at,
        version=f"{about}:{version}",
    )


def _account_of(person_id: UUID) -> Account | None:
    return db.session.execute(
        select(Account).where(Account.person_id == person_id)
    ).scalar_one_or_none()
