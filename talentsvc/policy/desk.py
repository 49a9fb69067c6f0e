"""Desk pages of the rule sets."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("policy_desk", __name__, url_prefix="/desk/policy")
