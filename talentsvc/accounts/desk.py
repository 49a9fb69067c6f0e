"""Desk pages of the security administrator: who holds which role."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("accounts_desk", __name__, url_prefix="/desk/accounts")
