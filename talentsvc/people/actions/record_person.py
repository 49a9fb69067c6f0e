"""Recording who somebody is: the person behind an account, with the document that proves it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.accounts.models import Account
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.clock import local_date
from talentsvc.core.errors import InvalidInput
from talentsvc.core.identity_numbers import DocumentKind, Sex
from talentsvc.core.locking import lock_in_order
from talentsvc.core.masking import mask_number
from talentsvc.core.names import name_tokens, sort_key
from talentsvc.extensions.database import blind_index, db
from talentsvc.extensions.requests import remember_after_refusal
from talentsvc.people.models import IdentityDocument, Person
from talentsvc.people.rules import RENUMBERED, PersonDetails, check_person
from talentsvc.people.terms import DOCUMENT_INDEX, DUPLICATE_WORKING_DAYS, PHONE_INDEX
from talentsvc.tasks.actions.open_task import open_task
from talentsvc.tasks.terms import TaskKind


def record_person(
    *,
    account: Account,
    name: str,
    name_latin: str | None,
    nationality: str,
    document_kind: DocumentKind,
    document_number: str,
    document_valid_until: date | None,
    phone: str | None,
    sex: Sex,
    birth_on: date | None,
    actor: Actor,
    at: datetime,
) -> Person:
    """Create or update the person of an account and the identity document used for its cases.

    A number that is known already for somebody else, with or without an account, is never taken
    over: that would hand one person's cases to another (decisions.md, "Identity"). The desk gets a
    task, written after the refusal, and the applicant learns only that staff will help.
    Errors: InvalidInput with the field, among them ("document_number", "belongs_to_another").
    """
    details = check_person(
        name=name,
        name_latin=name_latin,
        nationality=nationality,
        document_kind=document_kind,
        document_number=document_number,
        document_valid_until=document_valid_until,
        phone=phone,
        sex=sex,
        birth_on=birth_on,
        on=local_date(at),
    )
    lock_in_order(db.session, Account, [account.id])
    _refuse_number_of_another(account, details, at)
    return _kept(account, details, actor, at)


def _kept(account: Account, details: PersonDetails, actor: Actor, at: datetime) -> Person:
    known = db.session.get(Person, account.person_id) if account.person_id else None
    person = known or Person(created_at=at)
    _write(person, details, at)
    if known is None:
        db.session.add(person)
        db.session.flush()
        account.person_id = person.id
    _write_document(person, details, at, documents=_documents_of(person) if known else [])
    record(
        SubjectKind.PERSON,
        person.id,
        "update_person" if known else "record_person",
        actor=actor,
        at=at,
        after={"nationality": details.nationality, "document_kind": details.document.kind.value},
        personal=_personal(details),
        person_id=person.id,
    )
    db.session.flush()
    return person


def _refuse_number_of_another(account: Account, details: PersonDetails, at: datetime) -> None:
    holder_id = db.session.execute(
        select(IdentityDocument.person_id).where(
            IdentityDocument.kind == details.document.kind,
            IdentityDocument.issued_by == details.issued_by,
            IdentityDocument.number_index == blind_index(DOCUMENT_INDEX, details.document.number),
        )
    ).scalar_one_or_none()
    if holder_id is None or holder_id == account.person_id:
        return
    remember_after_refusal(partial(_open_duplicate_task, account.id, holder_id, at))
    raise InvalidInput("document_number", "belongs_to_another")


def _open_duplicate_task(account_id: UUID, holder_id: UUID, at: datetime) -> None:
    open_task(
        TaskKind.DUPLICATE_DOCUMENT,
        owner=Role.CLERK,
        subject_kind=SubjectKind.PERSON.value,
        subject_id=holder_id,
        params={"account_id": str(account_id)},
        dedupe_key=f"duplicate_document:{account_id}:{holder_id}",
        working_days=DUPLICATE_WORKING_DAYS,
        at=at,
    )


def _write(person: Person, details: PersonDetails, at: datetime) -> None:
    person.name = details.name
    person.name_latin = details.name_latin
    person.name_tokens = name_tokens(f"{details.name} {details.name_latin or ''}")
    person.sort_key = sort_key(details.name)
    person.sex = details.sex
    person.birth_on = details.birth_on
    person.nationality = details.nationality
    person.phone = details.phone
    person.phone_index = blind_index(PHONE_INDEX, details.phone) if details.phone else None
    person.updated_at = at


def _documents_of(person: Person) -> list[IdentityDocument]:
    statement = select(IdentityDocument).where(IdentityDocument.person_id == person.id)
    return list(db.session.execute(statement).scalars())


def _write_document(
    person: Person, details: PersonDetails, at: datetime, *, documents: list[IdentityDocument]
) -> None:
    """Make the document the primary one: found again, corrected in place, or added beside older ones."""
    document = _same(documents, details) or _corrected(documents, details)
    for other in documents:
        if other is not document:
            other.is_primary = False
    # One primary document at a time: the old one steps back before the new one comes.
    db.session.flush()
    if document is None:
        document = IdentityDocument(person_id=person.id, created_at=at)
        db.session.add(document)
    document.is_primary = True
    document.kind = details.document.kind
    document.issued_by = details.issued_by
    document.number = details.document.number
    document.number_index = blind_index(DOCUMENT_INDEX, details.document.number)
    document.number_masked = mask_number(details.document.number)
    document.valid_until = details.valid_until


def _same(documents: list[IdentityDocument], details: PersonDetails) -> IdentityDocument | None:
    index = blind_index(DOCUMENT_INDEX, details.document.number)
    wanted = (details.document.kind, details.issued_by, index)
    return next(
        (
            found
            for found in documents
            if (found.kind, found.issued_by, found.number_index) == wanted
        ),
        None,
    )


def _corrected(
    documents: list[IdentityDocument], details: PersonDetails
) -> IdentityDocument | None:
    kind = details.document.kind
    return (
        None
        if kind in RENUMBERED
        else next((found for found in documents if found.kind == kind), None)
    )


def _personal(details: PersonDetails) -> Mapping[str, str]:
    values = {
        "name": details.name,
        "name_latin": details.name_latin,
        "document_number": details.document.number,
        "phone": details.phone,
        "birth_on": details.birth_on.isoformat(),
    }
    return {field: value for field, value in values.items() if value}
