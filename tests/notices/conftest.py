"""A mail server and the senders that lead to it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from talentsvc.notices.sending import Senders, open_senders
from talentsvc.settings import Settings
from tests.notices.post_office import PostOffice, open_post_office


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server of this test's own."""
    with open_post_office() as office:
        yield office


@pytest.fixture
def settings(app: Flask, office: PostOffice) -> Settings:
    """The settings of the application, with this test's mail server."""
    return replace(app.config["SETTINGS"], smtp_port=office.port)


@pytest.fixture
def senders(settings: Settings) -> Iterator[Senders]:
    """The ways out over this test's mail server."""
    with open_senders(settings) as senders:
        yield senders
