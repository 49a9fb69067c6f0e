"""Pages of accounts: register, sign in, reset, second factor, inbox."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
