"""Desk pages of employers: verification of registrations and authorisations."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("employers_desk", __name__, url_prefix="/desk/employers")

from talentsvc.employers.desk import (  # noqa: E402 - routes register on the blueprint above
    agents,
    board,
    changes,
    employer,
)

__all__ = ["agents", "blueprint", "board", "changes", "employer"]
