"""Desk pages of employers: verification."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("employers_desk", __name__, url_prefix="/desk/employers")
