"""Running a `talentsvc` command in this process, which is faster than a process of its own."""

from typing import Any
from unittest.mock import patch

from click.testing import CliRunner
from flask import Flask

import talentsvc
from talentsvc import cli
from talentsvc.extensions.database import db
from tests.guarantees.ground import Ground


def settings_of(ground: Ground) -> dict[str, str]:
    """The environment in which a command works on a ground."""
    settings = ground.app.config["SETTINGS"]
    return {
        "TALENTSVC_ENV": "test",
        "TALENTSVC_DATABASE_URL": settings.database_url,
        "TALENTSVC_REDIS_URL": settings.redis_url,
        "TALENTSVC_VAR": str(settings.var_dir),
        "TALENTSVC_PUBLIC_BASE_URL": settings.public_base_url,
        "TALENTSVC_KEYRING_FILE": str(settings.keyring_file),
        "TALENTSVC_SECRET_KEY_FILE": str(ground.servers.folder / "secret_key"),
    }


def command(environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    """Its exit code and what it said; its connections are closed, as the end of a process does."""
    made: list[Flask] = []

    def create(*given: Any) -> Flask:
        made.append(talentsvc.create_app(*given))
        return made[-1]

    with patch.object(cli, "create_app", create):
        done = CliRunner().invoke(cli.main, list(arguments), env=environment)
    for app in made:
        with app.app_context():
            db.engine.dispose()
    return done.exit_code, done.output
