"""The case itself: its state, its four eyes, its draft, its frozen copies and its events."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Sequence, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.cards.terms import ApplicationKind, ApplicationState, CaseAction, CopyPurpose
from talentsvc.employers.terms import Industry, Park
from talentsvc.extensions.database import Base, Model, Sealed, enum_column, key_column
from talentsvc.policy.terms import Tier

#: Numbers of references; gaps are normal, repeats impossible (decisions.md, "Identity").
application_number = Sequence("application_number", metadata=Base.metadata)

#: The four eyes of a case: pairwise different persons (guarantees.md G3). An officer who upheld an
#: objection or decided a review is somebody else again.
FOUR_EYES = (
    "person_id",
    "endorser_person_id",
    "recommender_person_id",
    "decider_person_id",
    "objection_decider_person_id",
    "review_decider_person_id",
)


#: Cases in which anybody still has to do something. Written out, so that the planner can tell from
#: the text of a query that the partial index serves it.
IN_WORK = (
    "state IN ('awaiting_endorsement', 'received', 'correction_requested', 'resubmitted', 'accepted',"
    " 'special_recognition', 'recommended', 'public_notice', 'objection_open', 'issued', 'review_open')"
)


def _four_eyes_checks() -> list[CheckConstraint]:
    checks = []
    for i, one in enumerate(FOUR_EYES):
        for other in FOUR_EYES[i + 1 :]:
            short = f"{one.removesuffix('_person_id')}_is_not_{other.removesuffix('_person_id')}"
            checks.append(CheckConstraint(f"{one} <> {other}", name=short))
    return checks


class Application(Model):
    """One person's case for a card."""

    __tablename__ = "application"
    __table_args__ = (
        *_four_eyes_checks(),
        CheckConstraint(
            "state = 'draft' OR (person_id IS NOT NULL AND employer_id IS NOT NULL AND category_code IS NOT NULL"
            " AND filed_at IS NOT NULL) OR state = 'withdrawn'",
            name="filed",
        ),
        Index("ix_application_board", "state", "board_at", "id"),
        Index("ix_application_board_industry", "state", "industry", "board_at", "id"),
        Index("ix_application_own", "account_id", "created_at", "id"),
        Index("ix_application_mine", "assigned_to_account_id", "state", "board_at", "id"),
        Index(
            "ix_application_images",
            "images_until",
            "id",
            postgresql_where=text("images_until IS NOT NULL"),
        ),
        Index("ix_application_clock", "clock_at", postgresql_where=text("clock_at IS NOT NULL")),
        # The list of everything in work: closed cases outnumber it a hundred to one and stay out.
        Index("ix_application_in_work", "board_at", "id", postgresql_where=text(IN_WORK)),
        Index(
            "uq_application_open",
            "person_id",
            "tier",
            unique=True,
            postgresql_where=text(
                "state NOT IN ('draft', 'delivered', 'rejected', 'not_accepted', 'withdrawn', 'lapsed', 'issued')"
            ),
        ),
    )

    id: Mapped[UUID] = key_column()
    reference: Mapped[str] = mapped_column(unique=True, comment="GXS-year-number-check")
    kind: Mapped[ApplicationKind] = enum_column(ApplicationKind, comment="new or renewal")
    tier: Mapped[Tier] = enum_column(Tier, comment="card applied for")
    category_code: Mapped[str | None] = mapped_column(
        comment="way to qualify, a code of the rule set"
    )
    rule_set_id: Mapped[UUID] = mapped_column(
        ForeignKey("rule_set.id"), comment="rule set the case is judged by"
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id"), comment="account that fills it in"
    )
    person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, comment="the applicant"
    )
    employer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("employer.id"), index=True, comment="who endorses"
    )
    using_unit: Mapped[str | None] = mapped_column(comment="where a dispatched person really works")
    industry: Mapped[Industry | None] = enum_column(
        Industry, nullable=True, comment="of the employer when filed"
    )
    park: Mapped[Park | None] = enum_column(
        Park, nullable=True, comment="of the employer when filed"
    )
    state: Mapped[ApplicationState] = enum_column(ApplicationState, comment="where the case stands")
    version: Mapped[int] = mapped_column(
        default=1, comment="raised with each change; a stale page is told"
    )
    assigned_to_account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id"), comment="officer who has it"
    )
    due_at: Mapped[datetime | None] = mapped_column(comment="end of the deadline that runs now")
    due_on: Mapped[date | None] = mapped_column(comment="its last day")
    due_kind: Mapped[str | None] = mapped_column(comment="which deadline runs")
    is_due_provisional: Mapped[bool] = mapped_column(
        default=False, comment="reaches into a year without official table"
    )
    board_at: Mapped[datetime] = mapped_column(
        comment="order on the desk: end of the deadline, else last change"
    )
    clock_at: Mapped[datetime | None] = mapped_column(
        comment="when the clock takes its next step by itself"
    )
    filed_at: Mapped[datetime | None] = mapped_column(comment="when submitted to the employer")
    received_on: Mapped[date | None] = mapped_column(comment="day received by the window")
    accepted_on: Mapped[date | None] = mapped_column(
        comment="day from which the decision clock runs"
    )
    decided_at: Mapped[datetime | None] = mapped_column(comment="when approved or rejected")
    closed_at: Mapped[datetime | None] = mapped_column(comment="when it came to an end")
    images_until: Mapped[date | None] = mapped_column(
        comment="last day on which its sensitive images are kept; none while open or once gone"
    )
    endorser_person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"),
        comment="who endorsed: an agent, or a clerk after a check in person",
    )
    recommender_person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), comment="who recommended"
    )
    decider_person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), comment="who decided"
    )
    objection_decider_person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), comment="who decided an objection"
    )
    review_decider_person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), comment="who decided a review"
    )
    created_at: Mapped[datetime] = mapped_column(comment="when begun")
    updated_at: Mapped[datetime] = mapped_column(comment="when last changed")

    __mapper_args__ = {"version_id_col": version}


class ApplicationDraft(Model):
    """What has been filled in so far, encrypted as a whole."""

    __tablename__ = "application_draft"

    id: Mapped[UUID] = mapped_column(
        ForeignKey("application.id"), primary_key=True, comment="the application"
    )
    answers_sealed: Mapped[bytes] = mapped_column(comment="answers of all steps as JSON, encrypted")
    updated_at: Mapped[datetime] = mapped_column(comment="when last saved")
    version: Mapped[int] = mapped_column(default=1, comment="raised with each save")

    answers_json = Sealed("answers_sealed")


class ApplicationCopy(Model):
    """A frozen copy of the form as filed: what exactly was endorsed and decided."""

    __tablename__ = "application_copy"
    __table_args__ = (
        UniqueConstraint("application_id", "number", name="uq_application_copy_number"),
    )

    id: Mapped[UUID] = key_column()
    application_id: Mapped[UUID] = mapped_column(
        ForeignKey("application.id"), comment="the application"
    )
    number: Mapped[int] = mapped_column(comment="1, 2, 3 ...")
    purpose: Mapped[CopyPurpose] = enum_column(CopyPurpose, comment="filed or corrected")
    content_sealed: Mapped[bytes] = mapped_column(
        comment="canonical JSON of answers and evidence hashes, encrypted"
    )
    sha256: Mapped[bytes] = mapped_column(
        comment="hash of the canonical JSON; the endorsement names it"
    )
    created_at: Mapped[datetime] = mapped_column(comment="when frozen")

    content_json = Sealed("content_sealed")


class CaseEvent(Model):
    """One step of a case: the clock is a pure function of these."""

    __tablename__ = "case_event"
    __table_args__ = (
        UniqueConstraint("application_id", "sequence", name="uq_case_event_sequence"),
    )

    id: Mapped[UUID] = key_column()
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), comment="the case")
    sequence: Mapped[int] = mapped_column(comment="1, 2, 3 ... within the case")
    action: Mapped[CaseAction] = enum_column(CaseAction, comment="what was done")
    from_state: Mapped[ApplicationState | None] = enum_column(
        ApplicationState, nullable=True, comment="state before", name_suffix="from"
    )
    to_state: Mapped[ApplicationState] = enum_column(
        ApplicationState, comment="state after", name_suffix="to"
    )
    actor_account_id: Mapped[UUID | None] = mapped_column(comment="who; none for the clock")
    actor_person_id: Mapped[UUID | None] = mapped_column(comment="which person; none for the clock")
    acting_as: Mapped[str] = mapped_column(comment="capacity")
    at: Mapped[datetime] = mapped_column(comment="when it took effect")
    recorded_at: Mapped[datetime] = mapped_column(comment="when it was written down")
    effective_on: Mapped[date | None] = mapped_column(
        comment="day a clock starts from, where it differs"
    )
    reason: Mapped[str | None] = mapped_column(comment="reason in words, shown to the applicant")
    data: Mapped[dict[str, Any]] = mapped_column(
        comment="what else the clock or the timeline needs; nothing personal"
    )


class CaseNote(Model):
    """A note between officers; the applicant never sees it."""

    __tablename__ = "case_note"

    id: Mapped[UUID] = key_column()
    application_id: Mapped[UUID] = mapped_column(
        ForeignKey("application.id"), index=True, comment="the case"
    )
    author_account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id"), comment="who wrote it"
    )
    text_sealed: Mapped[bytes] = mapped_column(comment="the note, encrypted")
    created_at: Mapped[datetime] = mapped_column(comment="when")

    text = Sealed("text_sealed")
