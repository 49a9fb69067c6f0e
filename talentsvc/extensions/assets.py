"""Addresses of static files with their content's hash, so that they may be cached for ever."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from flask import current_app


@lru_cache(maxsize=256)
def _fingerprint(path: str, modified_ns: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


def asset(path: str) -> str:
    """The URL of a file under `static/`, with a fingerprint of its content."""
    full = os.path.join(current_app.static_folder or "static", path)
    try:
        # Each page asks for nine of them, so one look has to do.
        modified_ns = os.stat(full).st_mtime_ns
        return f"/static/{path}?v={_fingerprint(full, modified_ns)}"
    except OSError:
        return f"/static/{path}"
