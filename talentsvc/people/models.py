"""Persons, their identity documents, consents and declared kin."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.core.identity_numbers import DocumentKind, Sex
from talentsvc.extensions.database import Model, Sealed, enum_column, key_column
from talentsvc.people.terms import ConsentPurpose, KinRelation


class Person(Model):
    """A human being, counted once, with or without an account."""

    __tablename__ = "person"
    __table_args__ = (
        Index(
            "ix_person_name_tokens",
            text("to_tsvector('simple', name_tokens)"),
            postgresql_using="gin",
        ),
        Index("ix_person_sort", "sort_key", "id"),
    )

    id: Mapped[UUID] = key_column()
    name: Mapped[str] = mapped_column(comment="legal name as on the document")
    name_latin: Mapped[str | None] = mapped_column(
        comment="name in Latin letters as in the passport"
    )
    name_tokens: Mapped[str] = mapped_column(
        comment="characters, bigrams, pinyin, initials: for search"
    )
    sort_key: Mapped[str] = mapped_column(
        Text(collation="C"), comment="pinyin for sorting, byte by byte"
    )
    sex: Mapped[Sex] = enum_column(Sex, comment="GB/T 2261.1: male, female, unknown")
    birth_on: Mapped[date | None] = mapped_column(comment="date of birth")
    nationality: Mapped[str] = mapped_column(comment="ISO 3166-1 alpha-2")
    phone_sealed: Mapped[bytes | None] = mapped_column(comment="contact number, encrypted")
    phone_index: Mapped[bytes | None] = mapped_column(
        index=True, comment="blind index of the number"
    )
    created_at: Mapped[datetime] = mapped_column(comment="when first known")
    updated_at: Mapped[datetime] = mapped_column(comment="when last changed")

    phone = Sealed("phone_sealed")


class IdentityDocument(Model):
    """A document that proves who somebody is; its number is never the key, since it may change.

    Passport numbers are unique only within the state that issued them, so the issuer is part of
    what makes a document one document.
    """

    __tablename__ = "identity_document"
    __table_args__ = (
        UniqueConstraint("kind", "issued_by", "number_index", name="uq_identity_document_number"),
        Index("ix_identity_document_number", "number_index"),
        Index(
            "uq_identity_document_primary",
            "person_id",
            unique=True,
            postgresql_where=text("is_primary"),
        ),
    )

    id: Mapped[UUID] = key_column()
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, comment="whose")
    kind: Mapped[DocumentKind] = enum_column(DocumentKind, comment="kind of document")
    issued_by: Mapped[str] = mapped_column(
        default="CN", comment="ISO 3166-1 alpha-2 of the issuing state"
    )
    number_sealed: Mapped[bytes] = mapped_column(comment="number, encrypted")
    number_index: Mapped[bytes] = mapped_column(comment="blind index of the number")
    number_masked: Mapped[str] = mapped_column(comment="number as shown by default")
    valid_until: Mapped[date | None] = mapped_column(
        comment="last day of validity, none for unlimited"
    )
    is_primary: Mapped[bool] = mapped_column(
        default=True, comment="the one used for the person's cases"
    )
    created_at: Mapped[datetime] = mapped_column(comment="when recorded")

    number = Sealed("number_sealed")


class ConsentRecord(Model):
    """A consent given for one purpose under one version of the notice; withdrawal is a date, not a deletion."""

    __tablename__ = "consent_record"
    __table_args__ = (Index("ix_consent_record_account", "account_id", "purpose"),)

    id: Mapped[UUID] = key_column()
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), comment="who gave it")
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), comment="about whom")
    purpose: Mapped[ConsentPurpose] = enum_column(ConsentPurpose, comment="for what")
    notice_version: Mapped[str] = mapped_column(comment="version of the privacy notice")
    subject_id: Mapped[UUID | None] = mapped_column(comment="the case it was given for")
    given_at: Mapped[datetime] = mapped_column(comment="when given")
    withdrawn_at: Mapped[datetime | None] = mapped_column(comment="when withdrawn")


class Kinship(Model):
    """Declared kin between two persons."""

    __tablename__ = "kinship"
    __table_args__ = (
        CheckConstraint("person_id <> kin_id", name="two_persons"),
        UniqueConstraint("person_id", "kin_id", name="uq_kinship_pair"),
    )

    id: Mapped[UUID] = key_column()
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), comment="one")
    kin_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, comment="the other")
    relation: Mapped[KinRelation] = enum_column(
        KinRelation, comment="how the other is related to the one"
    )
    declared_at: Mapped[datetime] = mapped_column(comment="when declared")
