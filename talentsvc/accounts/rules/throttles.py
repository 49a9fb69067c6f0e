"""What is counted when tries are counted."""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from math import ceil

from talentsvc.accounts.terms import Tried

_HOME_NETWORK_BITS = 64


def account_key(tried: Tried, name: str) -> str:
    """The thing counted for an account: what was typed, whether or not anybody has it."""
    return f"{tried.value}:account:{name}"


def address_key(tried: Tried, address: str) -> str:
    """The thing counted for a network address; an IPv6 subscriber owns a whole /64."""
    return f"{tried.value}:address:{_network(address)}"


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        mapped = parsed.ipv4_mapped
        if mapped is not None:
            return str(mapped)
        return str(ipaddress.ip_network((parsed, _HOME_NETWORK_BITS), strict=False))
    return str(parsed)


def waiting_time(
    count: int, most: int, window_started_at: datetime, window: timedelta, at: datetime
) -> timedelta | None:
    """How long until the next try is allowed, or None when it is allowed now."""
    ends_at = window_started_at + window
    return ends_at - at if count >= most and ends_at > at else None


def minutes_of(waiting: timedelta) -> int:
    """Whole minutes to tell somebody, at least one, never too few."""
    return max(1, ceil(waiting.total_seconds() / 60))
