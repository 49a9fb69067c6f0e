"""Pages of companies: registration, agents, endorsements to give."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("employers", __name__, url_prefix="/employers")
