"""What was filed: the newest frozen copy of a case."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select

from talentsvc.cards.models import ApplicationCopy
from talentsvc.extensions.database import db


def newest_copy(application_id: UUID) -> ApplicationCopy | None:
    """The newest frozen copy, or None for a case that was never filed."""
    return db.session.execute(
        select(ApplicationCopy)
        .where(ApplicationCopy.application_id == application_id)
        .order_by(ApplicationCopy.number.desc())
        .limit(1)
    ).scalar_one_or_none()


def filed_answers(application_id: UUID) -> dict[str, Any]:
    """The answers as filed: step → field → value; empty when nothing was filed."""
    copy = newest_copy(application_id)
    if copy is None or copy.content_json is None:
        return {}
    return cast(dict[str, Any], json.loads(copy.content_json)["answers"])


def contract_start(application_id: UUID) -> date | None:
    """First day of the contract as filed."""
    text = filed_answers(application_id).get("work", {}).get("contract_start_on")
    return date.fromisoformat(text) if text else None
