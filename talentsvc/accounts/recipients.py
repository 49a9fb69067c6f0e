"""From an account to where its messages go."""

from __future__ import annotations

from uuid import UUID

from talentsvc.accounts.models import Account
from talentsvc.extensions.database import db
from talentsvc.notices.terms import Recipient


def recipient_of(account: Account) -> Recipient:
    """The proved addresses of an account; an address nobody proved gets nothing but its own proof."""
    return Recipient(
        language=account.language,
        email=account.email if account.email_verified_at else None,
        phone=account.phone if account.phone_verified_at else None,
        person_id=account.person_id,
        account_id=account.id,
    )


def recipient_of_account(account_id: UUID) -> Recipient:
    """The same by id. Errors: KeyError for an unknown account, which a foreign key makes impossible."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise KeyError(account_id)
    return recipient_of(account)
