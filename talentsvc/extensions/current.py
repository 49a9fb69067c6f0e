"""What is current: the settings, and the reference of the request that is being answered.

Actions ask here, so that they need to know neither Flask nor a request (architecture.md, rooms).
"""

from __future__ import annotations

from typing import cast

from flask import current_app, g, has_request_context

from talentsvc.settings import Settings


def current_settings() -> Settings:
    """The settings of this process."""
    return cast(Settings, current_app.config["SETTINGS"])


def request_reference() -> str:
    """The reference of the current request, or empty in a worker or a command."""
    return str(g.get("request_reference", "")) if has_request_context() else ""
