"""From a rendered notice to the bytes of a mail (RFC 5322), without a connection."""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from talentsvc.core.clock import SHANGHAI
from talentsvc.notices.rendering import RenderedNotice
from talentsvc.notices.smtp import Mail

#: Every server takes seven bits; the declared texts are Chinese, so they travel as base64.
_POLICY = SMTP.clone(cte_type="7bit")
_DOT_FIRST = re.compile(rb"^\.", re.MULTILINE)
#: Nobody owns this name, so nothing sent there can arrive anywhere (RFC 2606).
SMS_DOMAIN = "sms.invalid"
DEMO_SMS = "【演示短信】"


def mail_message(notice: RenderedNotice, *, mail_from: str, at: datetime) -> Mail:
    """An e-mail with a plain and a formatted part. Errors: ValueError for an impossible address."""
    recipient = ascii_domain(notice.address)
    message = _headed(notice, notice.subject, recipient, mail_from, at)
    message.set_content(f"{notice.text}\n\n-- \n{notice.sender_name}\n{notice.footer}\n")
    message.add_alternative(notice.html, subtype="html")
    return _mail(message, notice, mail_from, recipient)


def demo_sms_message(notice: RenderedNotice, *, mail_from: str, at: datetime) -> Mail:
    """What a phone would show, as a mail to nobody, so that the demonstration's mail page has it."""
    recipient = f"{notice.address}@{SMS_DOMAIN}"
    message = _headed(notice, f"{DEMO_SMS}{notice.subject}", recipient, mail_from, at)
    message.set_content(f"{DEMO_SMS}{notice.address}\n\n{notice.text}\n")
    return _mail(message, notice, mail_from, recipient)


def ascii_domain(address: str) -> str:
    """The address with its domain as the name servers know it. Errors: ValueError."""
    local, _, domain = address.rpartition("@")
    if not local or not domain:
        raise ValueError("an address has two parts")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def _headed(
    notice: RenderedNotice, subject: str, recipient: str, mail_from: str, at: datetime
) -> EmailMessage:
    is_international = not recipient.isascii()
    message = EmailMessage(policy=_POLICY.clone(utf8=is_international))
    message["Subject"] = subject
    message["From"] = Address(notice.sender_name, addr_spec=parseaddr(mail_from)[1])
    message["To"] = _address(recipient)
    message["Date"] = at.astimezone(SHANGHAI)
    message["Message-ID"] = notice.message_id
    # No out-of-office answer is wanted (RFC 3834), nor by Exchange, which asks for its own header.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    return message


def _address(recipient: str) -> Address:
    """Read strictly, which the library only does for ASCII."""
    if recipient.isascii():
        return Address(addr_spec=recipient)
    local, _, domain = recipient.rpartition("@")
    return Address(username=local, domain=domain)


def _mail(message: EmailMessage, notice: RenderedNotice, mail_from: str, recipient: str) -> Mail:
    # Only now: filling in the content clears every header that begins with "Content-".
    message["Content-Language"] = notice.language_tag
    # A line that begins with a dot would end the message: it is sent with two (RFC 5321, 4.5.2).
    content = _DOT_FIRST.sub(b"..", message.as_bytes())
    options = () if recipient.isascii() else ("SMTPUTF8", "BODY=8BITMIME")
    return Mail(parseaddr(mail_from)[1], recipient, content, options)
