"""The `talentsvc` command: migrate, demo, audit, doctor, keys."""

from __future__ import annotations

import os
from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from flask import Flask

from talentsvc import ROOT, create_app
from talentsvc.core.crypto import KeyRing
from talentsvc.settings import InvalidSettings


@click.group()
def main() -> None:
    """Run and look after talentsvc."""


def application() -> Flask:
    """The application for a command; refuses with a plain sentence when it may not start."""
    try:
        return create_app()
    except InvalidSettings as error:
        raise click.ClickException("\n".join(error.problems)) from error


@main.group()
def keys() -> None:
    """Keys that encrypt, find and seal."""


@keys.command("init")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
def keys_init(path: Path) -> None:
    """Make a new key file; an existing one is never overwritten."""
    try:
        KeyRing.generate().save(path)
    except FileExistsError as error:
        raise click.ClickException(f"{path} exists; keys are never overwritten") from error
    click.echo(f"keys written to {path}")


def alembic_config(url: str) -> Config:
    """Alembic's configuration for a database."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["url"] = url
    return config


@main.command()
@click.option("--revision", default="head", show_default=True)
def migrate(revision: str) -> None:
    """Bring the database to a revision, as the role that owns it."""
    url = os.environ.get("TALENTSVC_OWNER_DATABASE_URL", "")
    if not url:
        raise click.ClickException("TALENTSVC_OWNER_DATABASE_URL is not set")
    command.upgrade(alembic_config(url), revision)
