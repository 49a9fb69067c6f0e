"""`@requires`: each route declares one permission, checked before the view runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, TypeVar

from flask import Flask, abort, g, redirect, request, url_for

from talentsvc.access.actor import acting
from talentsvc.access.catalogue import CATALOGUE, Audience

View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: str) -> Callable[[View], View]:
    """Declare what a route needs. Errors: KeyError at import for a permission not in the catalogue.

    Not signed in: to the sign-in page and back. Signed in without the role: 403 at the desk, 404
    elsewhere, so that nothing is learnt about what exists (decisions.md, "Who may do what").
    """
    declared = CATALOGUE[permission]

    def declare(view: View) -> View:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            actor = acting()
            g.permission = permission
            if actor.may(permission):
                if actor.must_set_second_factor and declared.audience is Audience.STAFF:
                    abort(redirect(url_for("accounts.second_factor"), 303))
                return view(*args, **kwargs)
            if not actor.is_signed_in:
                _to_sign_in()
            abort(403 if declared.audience is Audience.STAFF else 404)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked  # type: ignore[return-value]

    return declare


def _to_sign_in() -> NoReturn:
    """Lead to the sign-in page by an exception, so that a refused form leaves nothing, not even a receipt."""
    if request.headers.get("X-Form-Id"):
        abort(401)
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    abort(redirect(url_for("accounts.sign_in", next=back), 303))


def undeclared_routes(app: Flask) -> list[str]:
    """Endpoints without a permission; `create_app` refuses to start while there is one."""
    return sorted(
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not hasattr(view, "permission")
    )
