"""Addresses of static files with their content's hash, so that they may be cached for ever."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import current_app


@lru_cache(maxsize=256)
def _fingerprint(path: str, modified_ns: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


def asset(path: str) -> str:
    """The URL of a file under `static/`, with a fingerprint of its content."""
    full = Path(current_app.static_folder or "static") / path
    if not full.is_file():
        return f"/static/{path}"
    return f"/static/{path}?v={_fingerprint(str(full), full.stat().st_mtime_ns)}"
