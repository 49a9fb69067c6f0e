"""The product on a private database, and somebody who uses it through its own pages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from deploy.local.postgres import Cluster
from talentsvc import create_app
from talentsvc.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
BUTTON = re.compile(r'<form[^>]*action="(/demo/sign-in/[^"]+)"[^>]*>(.*?)</form>', re.S)


def environment_for(cluster: Cluster, database: str, folder: Path) -> dict[str, str]:
    """Settings of a product on this database; keys and secret are made once in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "secret"
    secret.write_text("bench-" * 10, encoding="utf-8")
    return {
        **os.environ,
        "TALENTSVC_ENV": "demo",
        "TALENTSVC_DATABASE_URL": cluster.url("talentsvc_app", database),
        "TALENTSVC_OWNER_DATABASE_URL": cluster.url("talentsvc_owner", database),
        "TALENTSVC_REDIS_URL": "redis+socket:///nowhere.sock?virtual_host=0",
        "TALENTSVC_LIMITER_URL": "memory://",
        "TALENTSVC_VAR": str(folder / "var"),
        "TALENTSVC_KEYRING_FILE": str(folder / "keys.json"),
        "TALENTSVC_SECRET_KEY_FILE": str(secret),
        "TALENTSVC_PUBLIC_BASE_URL": "http://localhost",
    }


def command(environment: dict[str, str], *words: str) -> None:
    """Run one of the product's commands."""
    subprocess.run(
        [sys.executable, "-m", "talentsvc.cli", *words],
        env=environment,
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def product(environment: dict[str, str]) -> Iterator[Flask]:
    """The application in this process."""
    app = create_app(Settings.from_env(environment))
    yield app


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden inputs of the first form that has a form id."""
    found: dict[str, str] = {}
    for element in HIDDEN.findall(page):
        pair = dict(ATTRIBUTE.findall(element))
        if "name" in pair and pair["name"] not in found:
            found[pair["name"]] = pair.get("value", "")
    return found


def sign_in(client: FlaskClient, which: int) -> TestResponse:
    """Press one of the demonstration's sign-in buttons."""
    page = client.get("/demo").get_data(as_text=True)
    action, form = BUTTON.findall(page)[which]
    return client.post(action, data=hidden_fields(form))
