"""The links in messages lead to pages that exist."""

import re
from uuid import UUID

import pytest
from flask import Flask

from deploy.local.places import ROOT

SOURCE = (ROOT / "talentsvc" / "cards" / "telling.py").read_text(encoding="utf-8")
#: Every address that this file puts together, with an id where it names one.
PATHS = [
    re.sub(r"\{[^}]*\}", str(UUID(int=1)), path)
    for path in re.findall(r'_base_url\(\)\}([^"]*)"', SOURCE)
]


def test_there_are_links() -> None:
    assert len(PATHS) >= 3


@pytest.mark.parametrize("path", PATHS)
def test_a_link_leads_to_a_page(app: Flask, path: str) -> None:
    endpoint, _arguments = app.url_map.bind("localhost").match(path, method="GET")
    assert endpoint
