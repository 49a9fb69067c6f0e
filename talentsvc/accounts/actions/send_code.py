"""Sending a one-time code or link to the address somebody typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from talentsvc.accounts.actions.issue_code import Issued, issue_code, issue_link
from talentsvc.accounts.messages import (
    ALREADY_REGISTERED,
    NO_ACCOUNT,
    RESET_CODE,
    RESET_PASSWORD,
    SIGN_IN_CODE,
    VERIFY_EMAIL,
    VERIFY_PHONE,
)
from talentsvc.accounts.models import Account
from talentsvc.accounts.rules.identifiers import Identifier
from talentsvc.accounts.terms import CodePurpose, MailedPages
from talentsvc.audit.terms import SubjectKind
from talentsvc.notices.actions.post import post
from talentsvc.notices.terms import NoticeKind, Recipient

_KIND_OF = {
    CodePurpose.VERIFY_EMAIL: VERIFY_EMAIL,
    CodePurpose.VERIFY_PHONE: VERIFY_PHONE,
    CodePurpose.SIGN_IN: SIGN_IN_CODE,
    CodePurpose.RESET_PASSWORD: RESET_CODE,
}


@dataclass(frozen=True)
class CodeAsked:
    """What asking for a code led to: the code's id, or how long to wait before asking again."""

    code_id: UUID | None = None
    waiting: timedelta | None = None


def verification_of(identifier: Identifier) -> CodePurpose:
    """The purpose of a code that proves an address."""
    return CodePurpose.VERIFY_EMAIL if identifier.is_email else CodePurpose.VERIFY_PHONE


def send_code(
    account: Account, identifier: Identifier, purpose: CodePurpose, *, at: datetime
) -> UUID:
    """Send six digits to the address; return the id under which they are checked."""
    issued = issue_code(account, purpose, at=at)
    params = {"name": account.display_name, "code": issued.secret, "minutes": issued.minutes}
    _send(_KIND_OF[purpose], account, identifier, issued, account.language, params, at)
    return issued.code_id


def send_reset_link(
    account: Account, identifier: Identifier, pages: MailedPages, *, at: datetime
) -> UUID:
    """Send a link that lets its reader set a new password; the link's page burns nothing by itself."""
    issued = issue_link(account, CodePurpose.RESET_PASSWORD, at=at)
    link = f"{pages.new_password}?token={issued.token}"
    params = {"name": account.display_name, "link": link, "minutes": issued.minutes}
    _send(RESET_PASSWORD, account, identifier, issued, account.language, params, at)
    return issued.code_id


def send_already_registered(
    account: Account,
    identifier: Identifier,
    purpose: CodePurpose,
    pages: MailedPages,
    *,
    at: datetime,
) -> UUID:
    """Tell the owner of an address, and nobody else, that it has an account; the page looks the same."""
    issued = issue_code(None, purpose, at=at)
    params = {
        "name": account.display_name,
        "sign_in_link": pages.sign_in,
        "reset_link": pages.reset,
    }
    _send(ALREADY_REGISTERED, account, identifier, issued, account.language, params, at)
    return issued.code_id


def send_no_account(
    identifier: Identifier, purpose: CodePurpose, pages: MailedPages, *, language: str, at: datetime
) -> UUID:
    """Tell whoever reads an address that it has no account; the page looks the same."""
    issued = issue_code(None, purpose, at=at)
    _send(NO_ACCOUNT, None, identifier, issued, language, {"register_link": pages.register}, at)
    return issued.code_id


def _send(
    kind: NoticeKind,
    account: Account | None,
    identifier: Identifier,
    issued: Issued,
    language: str,
    params: dict[str, str],
    at: datetime,
) -> None:
    """Post to the typed address alone: it may be unproved, and others of the account did not ask."""
    recipient = Recipient(
        language=language,
        email=identifier.value if identifier.is_email else None,
        phone=None if identifier.is_email else identifier.value,
        account_id=account.id if account is not None else None,
    )
    post(
        kind,
        recipient,
        subject_kind=SubjectKind.ACCOUNT,
        subject_id=account.id if account is not None else issued.code_id,
        params=params,
        at=at,
        version=str(issued.code_id),
    )
