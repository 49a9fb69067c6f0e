"""When a sign-in was last seen: one of the two things a GET may write (decisions.md, "Reading and writing").

At most once a minute, after the answer has gone out, on a connection of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from talentsvc.accounts.models import SignIn
from talentsvc.accounts.terms import SEEN_EVERY
from talentsvc.extensions.database import db

log = structlog.get_logger(__name__)


def note_seen(sign_in_id: UUID, at: datetime) -> Callable[[], None]:
    """Return what writes the time down; it needs no application context any more.

    Losing one only ends an idle sign-in a minute early, so a failure is counted in the log and the
    answer, which is already out, stays.
    """
    engine = db.engine
    statement = (
        update(SignIn)
        .where(
            SignIn.id == sign_in_id,
            SignIn.ended_at.is_(None),
            SignIn.last_seen_at <= at - SEEN_EVERY,
        )
        .values(last_seen_at=at)
    )

    def write() -> None:
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(statement)
        except SQLAlchemyError:
            log.warning("last_seen_not_written", exc_info=True)

    return write
