"""What a person does on the pages of an application: reads, types, uploads, presses."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cards.world import MadeCase
from tests.people.world import Someone, sent, sign_in

PDF_ITEMS = ("contract", "insurance_proof", "diploma", "chsi_record")


class Browser:
    """Somebody signed in, without JavaScript."""

    def __init__(self, app: Flask, who: Someone, language: str = "en") -> None:
        self.client: FlaskClient = sign_in(app, app.test_client(), who)
        self.client.set_cookie("language", language)

    def get(self, path: str) -> str:
        """A page that must be there."""
        response = self.client.get(path)
        assert response.status_code == 200, (path, response.status_code, response.location)
        return response.text

    def post(self, path: str, **values: Any) -> TestResponse:
        """Send a form that was rendered just now."""
        return self.client.post(path, data=sent(**values))

    def upload(self, path: str, name: str, data: bytes, **values: Any) -> TestResponse:
        """Send one file, as a form without script does."""
        return self.client.post(path, data=sent(files=(io.BytesIO(data), name), **values))


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert found, f"no {name}"
    value = re.search(r'value="([^"]*)"', found[0])
    return unescape(value[1]) if value else ""


def is_ticked(page: str, name: str) -> bool:
    """Whether a box of a page is ticked."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert found, f"no {name}"
    return " checked" in found[0]


def step_path(case: MadeCase, step: str) -> str:
    """Where a step is."""
    return f"/applications/{case.application_id}/{step}"


def typed(answers: dict[str, Any]) -> dict[str, Any]:
    """Answers as a browser sends them: ticked boxes, yes and no."""
    found: dict[str, Any] = {}
    for name, value in answers.items():
        if name == "is_contract_open_ended":
            if value:
                found[name] = "y"
        elif isinstance(value, bool):
            found[name] = "yes" if value else "no"
        else:
            found[name] = value
    return found


CONSENTS = {
    "notice_read": "y",
    "sensitive_images": "y",
    "share_with_employer": "y",
    "public_notice": "y",
}
