"""The `talentsvc` command: migrate, demo, audit, doctor, keys."""

from __future__ import annotations

import os
from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from flask import Flask

from talentsvc import ROOT, create_app
from talentsvc.accounts.queries import demo_accounts
from talentsvc.audit.actions.seal import publish_seal, seal_audit
from talentsvc.audit.terms import SealPeriod
from talentsvc.audit.verify import verify_audit
from talentsvc.core.clock import now
from talentsvc.core.crypto import KeyRing
from talentsvc.demo.bulk import add_people
from talentsvc.demo.load import is_loaded, load_demo
from talentsvc.demo.world import PASSWORD
from talentsvc.desk.doctor import findings
from talentsvc.extensions.unit_of_work import unit_of_work
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


@main.group()
def audit() -> None:
    """The record that cannot be rewritten unseen."""


@audit.command("verify")
def audit_verify() -> None:
    """Check every chain and seal; exit code 1 names the first thing that was changed."""
    app = application()
    with app.app_context():
        found = list(verify_audit(app.config["SETTINGS"].var_dir / "seals"))
    for finding in found:
        click.echo(f"{finding.place}: {finding.problem}")
    if found:
        raise SystemExit(1)
    click.echo("the record is whole")


@audit.command("seal")
def audit_seal() -> None:
    """Seal the record now and publish the seal outside the database."""
    app = application()
    with app.app_context():
        with unit_of_work():
            seal = seal_audit(SealPeriod.DAILY, at=now())
            if seal is None:
                raise click.ClickException("nothing to seal")
            path = publish_seal(seal, app.config["SETTINGS"].var_dir / "seals")
        click.echo(f"seal published to {path}")


@main.command()
def doctor() -> None:
    """List everything that is stuck and that nobody owns; exit code 1 when there is something."""
    app = application()
    with app.app_context():
        found = findings(now())
    for finding in found:
        click.echo(f"{finding.code}: {finding.count} - {finding.meaning}")
    if found:
        raise SystemExit(1)
    click.echo("nothing is stuck")


@main.group()
def demo() -> None:
    """Invented people and cases; never outside the demonstration."""


def demo_application() -> Flask:
    """The application, if this is the demonstration."""
    app = application()
    if app.config["SETTINGS"].is_production:
        raise click.ClickException("invented data is never loaded in production")
    return app


@demo.command("load")
def demo_load() -> None:
    """Load the demonstration unless somebody is here already."""
    app = demo_application()
    with app.app_context():
        if is_loaded():
            click.echo("there is data already; nothing loaded")
            return
        load_demo()
    click.echo("demonstration loaded")


@demo.command("accounts")
def demo_sign_ins() -> None:
    """Print the sign-ins of the demonstration."""
    app = demo_application()
    with app.app_context():
        for account in demo_accounts():
            click.echo(
                f"{account.demo_role or '':16} {account.email or '':28} {account.display_name}"
            )
    click.echo(f"password of all of them: {PASSWORD}")


@demo.command("people")
@click.argument("count", type=click.IntRange(1, 5_000_000))
def demo_people(count: int) -> None:
    """Add COUNT invented people with cases by COPY, for lists and benchmarks at size."""
    app = demo_application()
    with app.app_context():
        added = add_people(count)
    click.echo(f"{added} people added")
