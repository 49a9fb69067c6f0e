"""Sending the code of a registration to somebody who signs in before having proved the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from talentsvc.accounts.actions.count_try import count_try
from talentsvc.accounts.actions.send_code import send_code, verification_of
from talentsvc.accounts.models import Account
from talentsvc.accounts.rules.identifiers import Identifier
from talentsvc.accounts.terms import CodePurpose, Tried


@dataclass(frozen=True)
class VerificationSent:
    """The code that was sent, or how long to wait."""

    purpose: CodePurpose
    code_id: UUID | None = None
    waiting: timedelta | None = None


def send_verification(
    account: Account, identifier: Identifier, *, client_address: str, at: datetime
) -> VerificationSent:
    """Send a new code; whoever asks has typed the right password."""
    purpose = verification_of(identifier)
    waiting = count_try(
        Tried.SEND_CODE, name=identifier.value, client_address=client_address, at=at
    )
    if waiting is not None:
        return VerificationSent(purpose, waiting=waiting)
    return VerificationSent(purpose, send_code(account, identifier, purpose, at=at))
