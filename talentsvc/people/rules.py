"""What may be recorded of a person: names, documents and what a number says (facts.md 5.1, 8b 13-16)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from talentsvc.core.errors import InvalidInput
from talentsvc.core.identity_numbers import (
    DocumentKind,
    IdentityNumber,
    InvalidIdentityNumber,
    Sex,
    check_identity_number,
)
from talentsvc.core.phones import check_mobile

LONGEST_NAME = 100

#: Held by citizens alone. Not so the travel permit of Hong Kong and Macao: since July 2024 it is
#: also given to permanent residents there who are foreigners.
_OF_CITIZENS = frozenset(
    {DocumentKind.RESIDENT_ID, DocumentKind.HMT_RESIDENCE_PERMIT, DocumentKind.TAIWAN_TRAVEL_PERMIT}
)
_OF_FOREIGNERS = frozenset(
    {DocumentKind.FOREIGN_PERMANENT_2017, DocumentKind.FOREIGN_PERMANENT_2023}
)
#: A renewed passport has a new number; the other documents keep theirs for life, so that another
#: number of the same kind is a correction of what was typed.
RENUMBERED = frozenset({DocumentKind.PASSPORT})

CHINA = "CN"


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """Checked and normalised values of a person; `phone` is E.164."""

    name: str
    name_latin: str | None
    nationality: str
    document: IdentityNumber
    issued_by: str
    valid_until: date | None
    phone: str | None
    sex: Sex
    birth_on: date

    def __repr__(self) -> str:
        return f"<PersonDetails {self.document.kind.value}>"


def check_person(
    *,
    name: str,
    name_latin: str | None,
    nationality: str,
    document_kind: DocumentKind,
    document_number: str,
    document_valid_until: date | None,
    phone: str | None,
    sex: Sex,
    birth_on: date | None,
    on: date,
) -> PersonDetails:
    """Check everything typed about a person on a day.

    Birth date and sex come from the number where it carries them, since the number proves them and
    a typed value does not. Raises InvalidInput with the field and the reason.
    """
    country = checked_nationality(nationality, document_kind)
    document = checked_document(document_kind, document_number, on)
    if document_valid_until is not None and document_valid_until < on:
        raise InvalidInput("document_valid_until", "past")
    return PersonDetails(
        name=checked_name(name),
        name_latin=checked_latin_name(name_latin),
        nationality=country,
        document=document,
        issued_by=country if document_kind is DocumentKind.PASSPORT else CHINA,
        valid_until=document_valid_until,
        phone=check_mobile(phone) if phone else None,
        sex=sex if document.sex is Sex.UNKNOWN else document.sex,
        birth_on=checked_birth(document.birth_on or birth_on, on),
    )


def checked_name(name: str) -> str:
    """Return a legal name in one form: NFC, single spaces. Any script, no digits or controls."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if not tidy:
        raise InvalidInput("name", "missing")
    if len(tidy) > LONGEST_NAME:
        raise InvalidInput("name", "too_long")
    if not _is_name(tidy):
        raise InvalidInput("name", "characters")
    return tidy


def checked_latin_name(name: str | None) -> str | None:
    """Return a name in Latin letters as in the machine-readable part of a passport, or None."""
    tidy = " ".join(unicodedata.normalize("NFC", name or "").split())
    if not tidy:
        return None
    if len(tidy) > LONGEST_NAME or not re.fullmatch(
        r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f .,'\u2019-]*", tidy
    ):
        raise InvalidInput("name_latin", "characters")
    return tidy


def checked_nationality(nationality: str, kind: DocumentKind) -> str:
    """Return the country code; a document that only citizens or only foreigners hold must fit it."""
    country = nationality.strip().upper()
    if not re.fullmatch("[A-Z]{2}", country):
        raise InvalidInput("nationality", "missing")
    is_citizen = country == CHINA
    if (kind in _OF_CITIZENS and not is_citizen) or (kind in _OF_FOREIGNERS and is_citizen):
        raise InvalidInput("nationality", "does_not_fit")
    return country


def checked_document(kind: DocumentKind, number: str, on: date) -> IdentityNumber:
    """Return the checked number. Raises InvalidInput for the field `document_number`."""
    try:
        checked = check_identity_number(kind, number, on=on)
    except InvalidIdentityNumber as error:
        raise InvalidInput("document_number", error.reason.value) from None
    if kind is DocumentKind.PASSPORT and _is_resident_number(checked.number, on):
        # Taken as a passport it would make a second person of somebody who is known already.
        raise InvalidInput("document_number", "not_a_passport")
    return checked


def checked_birth(birth_on: date | None, on: date) -> date:
    """Return the birth date: age limits of the rules need one."""
    if birth_on is None:
        raise InvalidInput("birth_on", "missing")
    if not date(1900, 1, 1) <= birth_on <= on:
        raise InvalidInput("birth_on", "out_of_range")
    return birth_on


def _is_name(text: str) -> bool:
    """Letters of any script with their marks, and what joins the parts of a name."""
    kinds = [unicodedata.category(char)[0] for char in text if char not in " .,'-’·‧・•"]
    return "L" in kinds and all(kind in "LM" for kind in kinds)


def _is_resident_number(number: str, on: date) -> bool:
    if len(number) != 18:
        return False
    try:
        check_identity_number(DocumentKind.RESIDENT_ID, number, on=on)
    except InvalidIdentityNumber:
        return False
    return True
