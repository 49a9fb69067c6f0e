"""Where to go next, when the address says so: a path of this site and nothing else."""

from __future__ import annotations

from urllib.parse import urlsplit


def local_path(target: str | None, default: str = "/") -> str:
    """The path that was asked for, or the default: never a way to lead somebody elsewhere.

    Browsers read a backslash as a slash and drop tabs and line breaks, so all of those are refused.
    """
    if not target or not target.isprintable() or "\\" in target:
        return default
    try:
        parts = urlsplit(target)
    except ValueError:
        return default
    is_local = not parts.scheme and not parts.netloc and target.startswith("/")
    return target if is_local and not target.startswith("//") else default
