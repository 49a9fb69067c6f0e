"""Pages of companies: registration, their agents, and what is next."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("employers", __name__, url_prefix="/employers")

from talentsvc.employers.views import (  # noqa: E402 - routes register on the blueprint above
    agents,
    change,
    company,
    registration,
)

__all__ = ["agents", "blueprint", "change", "company", "registration"]
