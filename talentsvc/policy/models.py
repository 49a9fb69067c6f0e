"""Rule sets as dated data; past decisions keep theirs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.extensions.database import Model, enum_column, key_column
from talentsvc.policy.terms import RuleSetStatus


class StoredRuleSet(Model):
    """One version of the zone's rules: tiers, categories, criteria, evidence and parameters."""

    __tablename__ = "rule_set"
    __table_args__ = (
        UniqueConstraint("code", "version", name="uq_rule_set_version"),
        CheckConstraint(
            "effective_until IS NULL OR effective_until >= effective_from", name="period"
        ),
        Index(
            "uq_rule_set_in_force",
            "status",
            unique=True,
            postgresql_where=text("status = 'active'"),
        ),
    )

    id: Mapped[UUID] = key_column()
    code: Mapped[str] = mapped_column(comment="name of the rule set")
    version: Mapped[int] = mapped_column(comment="1, 2, 3 ...")
    status: Mapped[RuleSetStatus] = enum_column(RuleSetStatus, comment="draft, active or retired")
    is_example: Mapped[bool] = mapped_column(
        comment="example policy: every verdict and card says so"
    )
    title_zh: Mapped[str] = mapped_column(comment="title")
    title_en: Mapped[str] = mapped_column(comment="title")
    effective_from: Mapped[date] = mapped_column(comment="first day")
    effective_until: Mapped[date | None] = mapped_column(comment="last day, none for open")
    content: Mapped[dict[str, Any]] = mapped_column(
        comment="tiers, categories, criteria, evidence, parameters"
    )
    content_sha256: Mapped[bytes] = mapped_column(comment="hash of the canonical content")
    created_at: Mapped[datetime] = mapped_column(comment="when stored")
    approved_by_account_id: Mapped[UUID | None] = mapped_column(comment="who activated it")
