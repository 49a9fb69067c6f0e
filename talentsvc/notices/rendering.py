"""From a row to a message: texts by kind and language, rendered in a sandbox that only fills placeholders."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import current_app, render_template
from flask_babel import force_locale
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from talentsvc.extensions.language import LOCALES
from talentsvc.notices.models import Notice

_environment = SandboxedEnvironment(
    undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False
)


@dataclass(frozen=True)
class RenderedNotice:
    """What is handed to the mail server; `address` is empty in the inbox."""

    subject: str
    text: str
    html: str
    address: str
    message_id: str


def render_notice(notice: Notice) -> RenderedNotice:
    """Render one message in its language. The Message-ID is stable over all tries."""
    params: dict[str, str] = json.loads(notice.params_json) if notice.params_json else {}
    subject, text = render_texts(notice.kind, notice.language, params)
    domain = current_app.config["SETTINGS"].mail_from.rpartition("@")[2]
    return RenderedNotice(
        subject=subject,
        text=text,
        html=render_template(
            "notices/mail.html", subject=subject, text=text, language=notice.language
        ),
        address=notice.address or "",
        message_id=f"<{notice.id}@{domain}>",
    )


def _html(subject: str, text: str, language: str) -> str:
    with force_locale(LOCALES[language]):
        return render_template("notices/mail.html", subject=subject, text=text, language=language)


def render_texts(kind: str, language: str, params: Mapping[str, str]) -> tuple[str, str]:
    """Subject and body of a kind. Errors: UndefinedError for a placeholder without a value."""
    subject_line, _, body = _source(kind, language).partition("\n")
    zone = current_app.config["SETTINGS"]
    values = {"zone": zone.zone_name_zh if language == "zh" else zone.zone_name_en, **params}
    subject = _environment.from_string(subject_line.strip()).render(values)
    text = _environment.from_string(body.strip()).render(values)
    # A subject is one line whatever a name contains: no header can be added through it.
    return " ".join(subject.split()), text


@lru_cache(maxsize=256)
def _source(kind: str, language: str) -> str:
    folder = Path(current_app.root_path).parent / "templates" / "notices"
    return (folder / f"{kind}.{language}.txt").read_text(encoding="utf-8")
