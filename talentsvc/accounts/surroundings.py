"""What surrounds a visit: where it comes from, where messages lead back to, what the cookie keeps."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64

from flask import request, session, url_for

from talentsvc.accounts.terms import MailedPages
from talentsvc.core.crypto import CannotDecrypt
from talentsvc.extensions.current import current_settings
from talentsvc.extensions.database import keyring


def client_address() -> str:
    """The visitor's network address, past trusted proxies only."""
    return request.remote_addr or "unknown"


def mailed_pages() -> MailedPages:
    """Whole addresses for messages; the host comes from the settings, never from the request."""
    base = current_settings().public_base_url
    return MailedPages(
        sign_in=base + url_for("accounts.sign_in"),
        register=base + url_for("accounts.register"),
        reset=base + url_for("accounts.reset"),
        new_password=base + url_for("accounts.new_password"),
        sign_ins=base + url_for("accounts.sign_ins"),
    )


def keep(name: str, values: dict[str, str]) -> None:
    """Keep a few values in the visitor's cookie, encrypted: an address must not lie there in clear."""
    sealed = keyring().seal(json.dumps(values).encode(), f"session.{name}")
    session[name] = urlsafe_b64encode(sealed).decode("ascii")


def kept(name: str) -> dict[str, str] | None:
    """What was kept, or None."""
    text = session.get(name)
    if not isinstance(text, str):
        return None
    try:
        opened = keyring().open(urlsafe_b64decode(text), f"session.{name}")
    except (CannotDecrypt, NotBase64):
        return None
    values: dict[str, str] = json.loads(opened)
    return values
