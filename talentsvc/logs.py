"""Structured logs: one JSON line per event, with the request's reference and never personal data."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

from talentsvc.settings import Settings

# structlog draws tracebacks with rich wherever rich is installed, and the limiter's commands install
# it. Ours are text in a line of JSON, and rich would be a tenth of what starting a process costs.
if "rich" in sys.modules:
    import structlog
else:
    sys.modules["rich"] = None  # type: ignore[assignment]
    import structlog

    del sys.modules["rich"]


def configure(settings: Settings) -> None:
    """Send structlog and the standard library's loggers to standard error in one shape."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _without_rows,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_json
        else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


#: What PostgreSQL adds to a refusal: the whole row, up to what SQLAlchemy or the traceback says next.
_DETAIL = re.compile(
    r"DETAIL:  .*?(?=\n\[SQL|\n\(Background|\n\nThe above|\n\nDuring|\Z)", re.DOTALL
)


def _without_rows(
    _logger: Any, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Take the rows out of what a constraint says; its name, which stays, tells what went wrong."""
    for key in ("exception", "error"):
        if isinstance(event.get(key), str):
            event[key] = _DETAIL.sub("DETAIL:  (left out)", event[key])
    return event
