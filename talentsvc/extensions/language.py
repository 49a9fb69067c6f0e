"""Language: Chinese by default, English complete; the choice is a cookie, and kept for an account."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

from babel.dates import format_date, format_datetime
from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_locale, get_translations
from flask_login import current_user
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from talentsvc.core.clock import SHANGHAI

LANGUAGES = ("zh", "en")
COOKIE = "language"
LOCALES = {"zh": "zh_Hans_CN", "en": "en"}

babel = Babel()


def chosen_language() -> str:
    """The reader's language: the cookie, else the account's, else Chinese."""
    if not has_request_context():
        return "zh"
    cookie = request.cookies.get(COOKIE, "")
    if cookie in LANGUAGES:
        return cookie
    if "forced_language" in g:
        return str(g.forced_language)
    account_language = getattr(current_user, "language", None)
    return account_language if account_language in LANGUAGES else "zh"


def select_locale() -> str:
    """The Babel locale for this request."""
    return LOCALES[chosen_language()]


def install_language(app: Flask) -> None:
    """Choose the language per request, and look texts of templates up without asking for it each time."""
    babel.init_app(app, locale_selector=select_locale)
    app.jinja_env.globals["_"] = _template_text


def _catalogue() -> NullTranslations:
    """The catalogue in use. A page has a hundred texts, so it is found once and kept beside the locale.

    flask-babel keeps the locale in `g._flask_babel`; `force_locale` puts another one there for a while.
    """
    context: Any = g.get("_flask_babel")
    locale = getattr(context, "babel_locale", None)
    if locale is None:
        return cast(NullTranslations, get_translations())
    known = getattr(context, "known_catalogue", None)
    if known is None or known[0] is not locale:
        known = context.known_catalogue = (locale, get_translations())
    return cast(NullTranslations, known[1])


@pass_eval_context
def _template_text(eval_context: EvalContext, message: str, /, **values: Any) -> str:
    """`_()` of templates: a translated text, in which every value is escaped where the page is HTML."""
    text: str = _catalogue().ugettext(message)
    if eval_context.autoescape:
        text = Markup(text)  # noqa: S704 - our own catalogue, as in Jinja's extension
    return text % values if values or "%" in text else text


def is_chinese() -> bool:
    """Whether the current page is in Chinese."""
    locale = get_locale()
    return locale is None or locale.language == "zh"


def pick(zh: str, en: str) -> str:
    """The text of policy data in the reader's language; both are always there."""
    return zh if is_chinese() else en


def day_in_prose(day: date) -> str:
    """2026年11月22日 or 22 November 2026."""
    if is_chinese():
        return f"{day.year}年{day.month}月{day.day}日"
    return format_date(day, "d MMMM yyyy", locale="en")


def moment_in_prose(at: datetime) -> str:
    """A moment in Shanghai time, to the minute."""
    local = at.astimezone(SHANGHAI)
    if is_chinese():
        return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    return format_datetime(local.replace(tzinfo=None), "d MMMM yyyy, HH:mm", locale="en")
