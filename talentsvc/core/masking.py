"""How personal values look wherever they need not be read: lists, notices, logs, previews.

Masking hides; it does not encrypt. Each function returns something harmless for odd input
instead of raising, because it runs while pages and error messages are built.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\s.\-\u00b7\u2027\u30fb\u2022]+")
_MASK = "*"


def mask_name(name: str) -> str:
    """Return a name with only its first character (East Asian) or its initials readable.

    欧阳䶮 → 欧**, 张三 → 张*, Amara Okafor → A**** O*****. A single character is hidden as well.
    """
    text = unicodedata.normalize("NFC", name).strip()
    if any(unicodedata.east_asian_width(char) in "WF" for char in text):
        joined = "".join(text.split())
        head, tail = joined[:1], joined[1:]
        return head + _WORD.sub(_hide, tail) if tail else _MASK * len(head)
    return _WORD.sub(_initial, text)


def mask_number(number: str, *, head: int = 3, tail: int = 2) -> str:
    """Return a document or account number with its first and last characters readable.

    Never shows more than a third of the number; the birth date inside a resident number stays
    hidden with the default head and tail.
    """
    shown = len(number) // 3
    tail = min(tail, shown // 2)
    head = min(head, shown - tail)
    hidden = len(number) - head - tail
    return number[:head] + _MASK * hidden + number[head + hidden :]


def mask_phone(phone: str) -> str:
    """Return a phone number as 138****5678 (mainland, from E.164 or national form).

    Other numbers are masked as `mask_number` does.
    """
    national = phone.removeprefix("+86")
    if re.fullmatch(r"1[0-9]{10}", national):
        return f"{national[:3]}****{national[-4:]}"
    return mask_number(phone)


def mask_email(email: str) -> str:
    """Return an address as z***@example.com; the number of stars says nothing."""
    local, at, domain = email.rpartition("@")
    if not at or not local:
        return _MASK * 3
    head = local[0] if len(local) > 1 else ""
    return f"{head}{_MASK * 3}@{domain}"


def _hide(match: re.Match[str]) -> str:
    return _MASK * len(match[0])


def _initial(match: re.Match[str]) -> str:
    word = match[0]
    return word[0] + _MASK * (len(word) - 1) if len(word) > 1 else _MASK
