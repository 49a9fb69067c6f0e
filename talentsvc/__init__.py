"""talentsvc: talent green cards, recruitment events and talent-inflow figures of a high-tech zone.

`create_app` wires the rooms together and holds no logic of its own.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from talentsvc import logs, reactions
from talentsvc.access.actor import Visitor, current_actor
from talentsvc.access.route import undeclared_routes
from talentsvc.accounts.queries import load_signed_in
from talentsvc.audit.actions.record import write_entries
from talentsvc.core.crypto import KeyRing
from talentsvc.employers.queries import employer_ids_of_agent
from talentsvc.extensions import headers, requests
from talentsvc.extensions.assets import asset
from talentsvc.extensions.database import db, tune_connections
from talentsvc.extensions.errors import register_error_pages
from talentsvc.extensions.guards import csrf, limiter, login_manager
from talentsvc.extensions.key_proof import guard_connections
from talentsvc.extensions.language import (
    chosen_language,
    day_in_prose,
    install_language,
    moment_in_prose,
    pick,
)
from talentsvc.extensions.receipts import new_form_id
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.registry import register_kinds
from talentsvc.rooms import BLUEPRINTS, NOTICE_KINDS
from talentsvc.settings import Settings
from talentsvc.site.navigation import navigation, zone

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application. Errors: InvalidSettings, WrongKey; a route without a permission stops it too."""
    settings = settings or Settings.from_env()
    logs.configure(settings)
    app = Flask(
        "talentsvc",
        root_path=str(ROOT / "talentsvc"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    _configure(app, settings)
    _install(app, settings)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_error_pages(app)
    register_kinds(NOTICE_KINDS)
    undeclared = undeclared_routes(app)
    if undeclared:
        raise RuntimeError(f"routes without a permission: {', '.join(undeclared)}")
    requests.guard_unsafe_views(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    secure = settings.public_base_url.startswith("https://")
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={
            "pool_pre_ping": False,
            "pool_size": 5,
            "max_overflow": 10,
            "pool_timeout": 10,
            # An error's text reaches the log, and the values of its statement may be personal.
            "hide_parameters": True,
        },
        SESSION_COOKIE_NAME="__Host-talentsvc" if secure else "talentsvc",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=settings.upload_bytes + 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="zh_Hans_CN",
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
        RATELIMIT_STORAGE_URI=settings.limiter_url,
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_ENABLED=settings.environment != "test",
        JSON_AS_ASCII=False,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _install(app: Flask, settings: Settings) -> None:
    ring = KeyRing.load(settings.keyring_file)
    app.extensions["talentsvc.keyring"] = ring
    db.init_app(app)
    with app.app_context():
        tune_connections()
    guard_connections(app, ring)
    install_language(app)
    csrf.init_app(app)
    limiter.init_app(app)
    login_manager.init_app(app)
    login_manager.anonymous_user = Visitor
    login_manager.user_loader(load_signed_in)
    app.extensions["talentsvc.employer_lookup"] = employer_ids_of_agent
    unit_of_work.install(app, reactions.REACTIONS, before_commit=(write_entries,))
    app.before_request(requests.start_request)
    app.after_request(headers.add_headers)
    app.jinja_env.globals.update(
        asset=asset,
        csp_nonce=headers.csp_nonce,
        current_actor=current_actor,
        day_in_prose=day_in_prose,
        is_demo=settings.is_demo,
        locale=chosen_language,
        moment_in_prose=moment_in_prose,
        navigation=navigation,
        new_form_id=new_form_id,
        pick=pick,
        zone=zone(settings),
    )
    whitenoise = WhiteNoise(
        app.wsgi_app, root=str(ROOT / "static"), prefix="static/", max_age=31536000
    )
    app.wsgi_app = whitenoise  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(whitenoise, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
