"""Home page, language switch, and the answers for whoever watches the service."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
)
from sqlalchemy import text

from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.events.place_words import city_name
from talentsvc.events.queries.occasions import coming_occasions
from talentsvc.extensions.database import db
from talentsvc.extensions.language import COOKIE, LANGUAGES

log = structlog.get_logger(__name__)

blueprint = Blueprint("site", __name__)

YEAR_SECONDS = 365 * 24 * 3600
#: Events on the front page.
COMING_SHOWN = 3


@blueprint.get("/")
@requires("public")
def home() -> str:
    """The front page, with what is on next. One query."""
    return render_template(
        "site/home.html", coming=coming_occasions(now(), COMING_SHOWN), city_name=city_name
    )


@blueprint.get("/language/<language>")
@requires("public")
def set_language(language: str) -> Any:
    """Remember the language in a cookie and go back; nothing is written on the server."""
    if language not in LANGUAGES:
        abort(404)
    response = redirect(safe_next(request.args.get("next", "/")), 303)
    secure = current_app.config["SETTINGS"].public_base_url.startswith("https://")
    response.set_cookie(
        COOKIE, language, max_age=YEAR_SECONDS, samesite="Lax", secure=secure, httponly=True
    )
    return response


def safe_next(target: str) -> str:
    """A path on this site, whatever was asked for: never a way to lead somebody elsewhere."""
    parts = urlsplit(target)
    is_local = (
        not parts.scheme
        and not parts.netloc
        and target.startswith("/")
        and not target.startswith("//")
    )
    return target if is_local and "\\" not in target else "/"


@blueprint.get("/healthz")
@requires("public")
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@requires("public")
def readyz() -> Any:
    """The process can do its work: the database answers. Redis may be away, forms work without it."""
    try:
        db.session.execute(text("SELECT 1"))
    except Exception:
        log.warning("not_ready", exc_info=True)
        return jsonify(status="database unavailable"), 503
    return jsonify(status="ok")
