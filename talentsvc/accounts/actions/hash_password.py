"""Hashing a password at the cost of the settings."""

from __future__ import annotations

from talentsvc.accounts.rules.hashing import HashCost
from talentsvc.extensions.current import current_settings


def hash_cost() -> HashCost:
    """What one hash costs in this installation."""
    settings = current_settings()
    return HashCost(settings.password_memory_kib, settings.password_rounds)


def hash_password(checked_password: str) -> str:
    """Hash what `check_password` returned. Takes a tenth of a second: hold no lock meanwhile."""
    return hash_cost().hash(checked_password)
