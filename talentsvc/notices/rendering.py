"""From a row to a message: texts by kind and language, rendered in a sandbox that only fills placeholders."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache, partial
from pathlib import Path

from flask import current_app, render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from talentsvc.extensions.language import LOCALES
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import Channel
from talentsvc.notices.wording import blocks, day, greet, one_line, whole_references
from talentsvc.settings import Settings

LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True)
class RenderedNotice:
    """What a sender needs. `text` is the body alone; `html` is empty where the channel has no use for it."""

    subject: str
    text: str
    html: str
    address: str
    message_id: str
    sender_name: str
    footer: str
    language_tag: str


def render_notice(notice: Notice) -> RenderedNotice:
    """Render one message in its language. The Message-ID is stable over all tries."""
    settings: Settings = current_app.config["SETTINGS"]
    params: dict[str, str] = json.loads(notice.params_json or "{}")
    subject, text = render_texts(notice.kind, notice.language, params)
    domain = parseaddr(settings.mail_from)[1].rpartition("@")[2]
    with force_locale(LOCALES[notice.language]):
        sender_name = f"{_zone_name(settings, notice.language)} · {_('Talent Services')}"
        footer = _("This message was sent automatically. Nobody reads answers to it.")
        html = ""
        if notice.channel is Channel.EMAIL:
            html = _html(subject, text, notice.language, footer, settings)
    return RenderedNotice(
        subject=subject,
        text=text,
        html=html,
        address=notice.address or "",
        message_id=f"<{notice.id}@{domain}>",
        sender_name=sender_name,
        footer=footer,
        language_tag=LANGUAGE_TAGS[notice.language],
    )


def render_texts(kind: str, language: str, params: Mapping[str, str]) -> tuple[str, str]:
    """Subject and body of a kind.

    Errors: UndefinedError for a placeholder without a value, FileNotFoundError for an unknown kind.
    """
    subject, body = _templates(_folder(), kind, language)
    zone = _zone_name(current_app.config["SETTINGS"], language)
    values = {"zone": zone, **params}
    return one_line(subject.render(values)), body.render(values).strip()


def _html(subject: str, text: str, language: str, footer: str, settings: Settings) -> str:
    return render_template(
        "notices/mail.html",
        subject=subject,
        heading_pieces=whole_references(subject),
        blocks=blocks(text, settings.public_base_url),
        zone_name=_zone_name(settings, language),
        footer=footer,
        language_tag=LANGUAGE_TAGS[language],
    )


def _zone_name(settings: Settings, language: str) -> str:
    return settings.zone_name_zh if language == "zh" else settings.zone_name_en


def _folder() -> Path:
    return Path(current_app.root_path).parent / "templates" / "notices"


@lru_cache(maxsize=2)
def _environment(language: str) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["day"] = partial(day, language=language)
    environment.filters["greet"] = partial(greet, language=language)
    return environment


@lru_cache(maxsize=256)
def _templates(folder: Path, kind: str, language: str) -> tuple[Template, Template]:
    source = (folder / f"{kind}.{language}.txt").read_text(encoding="utf-8")
    subject, _separator, body = source.partition("\n")
    environment = _environment(language)
    return environment.from_string(subject.strip()), environment.from_string(body.strip())
