"""Sign-in buttons of the demonstration, one per role; they exist in the demo alone."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("demo", __name__, url_prefix="/demo")
