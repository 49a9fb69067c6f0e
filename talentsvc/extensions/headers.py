"""Security headers of every answer; a strict content security policy with a nonce per request."""

from __future__ import annotations

import secrets

from flask import Response, current_app, g, request


def csp_nonce() -> str:
    """The nonce of this request, for the few scripts a page names."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def add_headers(response: Response) -> Response:
    """Add what a browser needs to keep a page safe; a view that set its own policy keeps it."""
    policy = (
        "default-src 'none'; "
        f"script-src 'nonce-{csp_nonce()}'; "
        "style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
    )
    headers = response.headers
    headers.setdefault("Content-Security-Policy", policy)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
    if current_app.config["SETTINGS"].is_production:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if not request.path.startswith("/static/"):
        # Pages show personal data: no shared or back-button copy outlives the sign-in.
        headers.setdefault("Cache-Control", "no-store")
    return response
