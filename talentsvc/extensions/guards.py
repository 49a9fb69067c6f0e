"""Third-party guards: CSRF tokens, sign-in, rate limits."""

from __future__ import annotations

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_wtf import CSRFProtect

csrf = CSRFProtect()
login_manager = LoginManager()
# Limits guard what is cheap to ask and dear to answer; sign-in and one-time codes have their own
# throttle in PostgreSQL, which fails closed (decisions.md, "Messages, waking, limits").
limiter = Limiter(
    key_func=get_remote_address, strategy="sliding-window-counter", swallow_errors=True
)
