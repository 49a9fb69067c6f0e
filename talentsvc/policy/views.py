"""Public pages of the rules: can I apply?"""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("policy", __name__)
