"""How an account is addressed, and in which language."""

from __future__ import annotations

from datetime import datetime

from talentsvc.access.actor import Actor
from talentsvc.accounts.models import Account
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.extensions.database import db


def set_preferences(
    account: Account, *, display_name: str, language: str, actor: Actor, at: datetime
) -> None:
    """Change the display name and the language of pages and messages.

    The name itself stays out of the record, which keeps nothing personal in clear.
    """
    before = {"language": account.language}
    is_renamed = display_name != account.display_name
    if not is_renamed and language == account.language:
        return
    account.display_name = display_name
    account.language = language
    db.session.flush()
    after = {"language": language, "is_renamed": is_renamed}
    record(
        SubjectKind.ACCOUNT,
        account.id,
        "set_preferences",
        actor=actor,
        at=at,
        before=before,
        after=after,
    )
