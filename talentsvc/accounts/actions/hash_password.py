"""Hashing a password at the cost of the settings."""

from __future__ import annotations

from flask import current_app

from talentsvc.accounts.rules.hashing import HashCost
from talentsvc.settings import Settings


def hash_cost() -> HashCost:
    """What one hash costs in this installation."""
    settings: Settings = current_app.config["SETTINGS"]
    return HashCost(settings.password_memory_kib, settings.password_rounds)


def hash_password(checked_password: str) -> str:
    """Hash what `check_password` returned. Takes a tenth of a second: hold no lock meanwhile."""
    return hash_cost().hash(checked_password)
