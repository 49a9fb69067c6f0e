"""Reads of persons: finding them, their documents, kin and consents."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, text, union

from talentsvc.accounts.models import Account
from talentsvc.audit.models import AccessLog
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import NotFoundHere
from talentsvc.core.identity_numbers import DocumentKind
from talentsvc.core.names import query_tokens
from talentsvc.core.paging import Key, PageOf, keyset
from talentsvc.core.phones import InvalidPhone, check_mobile
from talentsvc.core.typed_text import compact_upper
from talentsvc.extensions.database import blind_index, db
from talentsvc.people.models import ConsentRecord, IdentityDocument, Kinship, Person
from talentsvc.people.terms import DOCUMENT_INDEX, PHONE_INDEX, ConsentPurpose

PAGE_SIZE = 25
#: No real question means more people than this; a list that reaches it asks for a narrower one.
MOST_FOUND = 200

_SIMPLE = text("'simple'")


@dataclass(frozen=True, slots=True)
class KinOf:
    """Declared kin of a person, seen from either side."""

    person_id: UUID
    name: str
    relation: str
    is_declared_by_other: bool


def person_of(person_id: UUID) -> Person:
    """A person. Errors: NotFoundHere."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFoundHere()
    return person


def person_by_document(
    kind: DocumentKind, number: str, issued_by: str | None = None
) -> Person | None:
    """The person with a document number, as typed; None when nobody or, for passports, several have it.

    Passport numbers repeat between states: `issued_by` (ISO 3166-1 alpha-2) tells them apart.
    """
    conditions = [
        IdentityDocument.kind == kind,
        IdentityDocument.number_index == blind_index(DOCUMENT_INDEX, compact_upper(number)),
    ]
    if issued_by is not None:
        conditions.append(IdentityDocument.issued_by == issued_by)
    statement = (
        select(Person)
        .join(IdentityDocument, IdentityDocument.person_id == Person.id)
        .where(*conditions)
    )
    found = db.session.execute(statement.limit(2)).scalars().all()
    return found[0] if len(found) == 1 else None


def primary_document(person_id: UUID) -> IdentityDocument | None:
    """The document used for a person's cases."""
    return db.session.execute(
        select(IdentityDocument).where(
            IdentityDocument.person_id == person_id, IdentityDocument.is_primary
        )
    ).scalar_one_or_none()


def documents_of(person_id: UUID) -> list[IdentityDocument]:
    """All documents of a person, the one in use first."""
    statement = (
        select(IdentityDocument)
        .where(IdentityDocument.person_id == person_id)
        .order_by(IdentityDocument.is_primary.desc(), IdentityDocument.created_at.desc())
    )
    return list(db.session.execute(statement).scalars())


def masked_document(person: Person) -> str:
    """The number in use as every page may show it; empty for a person without a document."""
    document = primary_document(person.id)
    return document.number_masked if document is not None else ""


def masked_documents(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """The same for a list of persons, in one query."""
    statement = select(IdentityDocument.person_id, IdentityDocument.number_masked).where(
        IdentityDocument.person_id.in_(person_ids), IdentityDocument.is_primary
    )
    return {person_id: masked for person_id, masked in db.session.execute(statement)}


def persons_matching(query: str) -> Select[UUID]:
    """A statement of the ids of persons that a question means, for `Column.in_(…)`.

    A question with a digit is a whole document or phone number, looked up by its blind index; any
    other one is a name in characters, pinyin or initials. A blank one means nobody.
    """
    typed = compact_upper(query)
    if any(char.isdigit() for char in typed):
        return _by_number(typed)
    condition = name_condition(query)
    return select(Person.id).where(condition if condition is not None else text("false"))


def name_condition(query: str) -> ColumnElement[bool] | None:
    """The condition on `Person` for a name in characters, pinyin or initials; None for a blank one."""
    terms = query_tokens(query)
    if not terms:
        return None
    asked = func.to_tsquery(_SIMPLE, " & ".join(terms))
    return func.to_tsvector(_SIMPLE, Person.name_tokens).op("@@")(asked)


def search_person_ids(query: str, limit: int = MOST_FOUND) -> list[UUID]:
    """Ids of the persons that a question means, at most `limit`. One query."""
    return list(db.session.execute(persons_matching(query).limit(limit)).scalars())


def persons_page(query: str, cursor: str | None, size: int = PAGE_SIZE) -> PageOf[Any]:
    """Rows (Person, kind and masked number of the document in use) by name. One query.

    Errors: InvalidInput for a cursor of another list.
    """
    statement = select(Person, IdentityDocument.kind, IdentityDocument.number_masked).outerjoin(
        IdentityDocument, and_(IdentityDocument.person_id == Person.id, IdentityDocument.is_primary)
    )
    if query.strip():
        statement = statement.where(Person.id.in_(persons_matching(query)))
    return keyset(db.session, statement, (Key(Person.sort_key), Key(Person.id)), cursor, size)


def kin_of(person_id: UUID) -> list[KinOf]:
    """Everybody declared kin of a person, from either side. One query."""
    statement = (
        select(Kinship, Person)
        .join(Person, or_(Person.id == Kinship.kin_id, Person.id == Kinship.person_id))
        .where(
            or_(Kinship.person_id == person_id, Kinship.kin_id == person_id), Person.id != person_id
        )
        .order_by(Kinship.declared_at, Kinship.id)
    )
    return [
        KinOf(other.id, other.name, kinship.relation.value, kinship.kin_id == person_id)
        for kinship, other in db.session.execute(statement)
    ]


def consents_of(person_id: UUID) -> list[ConsentRecord]:
    """Every consent ever given about a person, the newest first."""
    statement = (
        select(ConsentRecord)
        .where(ConsentRecord.person_id == person_id)
        .order_by(ConsentRecord.given_at.desc(), ConsentRecord.purpose)
    )
    return list(db.session.execute(statement).scalars())


def consents_in_force(account_id: UUID, subject_id: UUID | None) -> frozenset[ConsentPurpose]:
    """What an account agreed to for a case and has not withdrawn, under any version of the notice."""
    statement = select(ConsentRecord.purpose).where(
        ConsentRecord.account_id == account_id,
        ConsentRecord.subject_id == subject_id,
        ConsentRecord.withdrawn_at.is_(None),
    )
    return frozenset(db.session.execute(statement).scalars())


def looks_page(person_id: UUID, cursor: str | None, size: int = PAGE_SIZE) -> PageOf[Any]:
    """Rows (AccessLog, name of whoever looked or None), the latest first. One query."""
    statement = (
        select(AccessLog, Account.display_name)
        .outerjoin(Account, Account.id == AccessLog.actor_account_id)
        .where(AccessLog.subject_kind == SubjectKind.PERSON, AccessLog.subject_id == person_id)
    )
    order = (Key(AccessLog.at, descending=True), Key(AccessLog.id, descending=True))
    return keyset(db.session, statement, order, cursor, size)


def _by_number(typed: str) -> Select[UUID]:
    """Persons by a whole number: each branch has its own index, which an OR over both would not use."""
    branches = [
        select(IdentityDocument.person_id.label("id")).where(
            IdentityDocument.number_index == blind_index(DOCUMENT_INDEX, typed)
        )
    ]
    try:
        phone = check_mobile(typed)
    except InvalidPhone:
        pass
    else:
        branches.append(
            select(Person.id).where(Person.phone_index == blind_index(PHONE_INDEX, phone))
        )
    found = union(*branches).subquery()
    return select(found.c.id)
