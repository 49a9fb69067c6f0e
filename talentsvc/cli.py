"""The `talentsvc` command: migrate, demo, audit, doctor, keys."""

from __future__ import annotations

import os
from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from flask import Flask

from talentsvc import ROOT, create_app
from talentsvc.access.actor import SYSTEM
from talentsvc.access.roles import Role
from talentsvc.accounts.actions.create_account import create_account
from talentsvc.accounts.actions.grant_role import grant_role
from talentsvc.accounts.queries import demo_accounts, has_administrator
from talentsvc.audit.actions.seal import publish_seal, seal_audit
from talentsvc.audit.terms import SealPeriod
from talentsvc.audit.verify import verify_audit
from talentsvc.core.clock import now
from talentsvc.core.crypto import KeyRing, WrongKey
from talentsvc.demo.bulk import add_people
from talentsvc.demo.load import is_loaded, load_demo
from talentsvc.demo.world import PASSWORD
from talentsvc.desk.doctor import findings
from talentsvc.extensions.database import keyring
from talentsvc.extensions.key_proof import confirm_at_start, seal_proof_again
from talentsvc.extensions.resealing import reseal_columns, values_sealed_with
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.actions.reseal_file import files_sealed_with, reseal_files
from talentsvc.settings import InvalidSettings


@click.group()
def main() -> None:
    """Run and look after talentsvc."""


def application() -> Flask:
    """The application for a command; refuses with a plain sentence when it may not start."""
    try:
        app = create_app()
        confirm_at_start(app)
    except InvalidSettings as error:
        raise click.ClickException("\n".join(error.problems)) from error
    except WrongKey as error:
        raise click.ClickException(str(error)) from error
    return app


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


@keys.command("add")
def keys_add() -> None:
    """Add a key that opens but does not seal yet; every process must know it before any uses it."""
    app = application()
    with app.app_context():
        key_id = keyring().add_key()
        keyring().save(app.config["SETTINGS"].keyring_file, replace=True)
    click.echo(
        f"key {key_id} added; start every process again, then: talentsvc keys rotate {key_id}"
    )


@keys.command("rotate")
@click.argument("key_id", required=False)
def keys_rotate(key_id: str | None) -> None:
    """Seal from now on with KEY_ID, or with a new key while nothing else runs, and everything stored too."""
    app = application()
    with app.app_context():
        try:
            chosen = keyring().rotate(key_id)
        except KeyError as error:
            raise click.ClickException(f"there is no key {key_id}") from error
        keyring().save(app.config["SETTINGS"].keyring_file, replace=True)
        click.echo(f"key {chosen} seals from now on; start every process again")
        _reseal_everything()


@keys.command("reseal")
def keys_reseal() -> None:
    """Seal everything stored with the current key; may be stopped and run again at any time."""
    app = application()
    with app.app_context():
        _reseal_everything()


@keys.command("retire")
@click.argument("key_id")
def keys_retire(key_id: str) -> None:
    """Forget a key that nothing is sealed with any more. Backups made before need it: keep a copy."""
    app = application()
    with app.app_context():
        held = {**values_sealed_with(key_id), "files": files_sealed_with(key_id)}
        for place, count in held.items():
            if count:
                raise click.ClickException(
                    f"{count} values of {place} need it: talentsvc keys reseal"
                )
        try:
            keyring().retire(key_id)
        except (KeyError, ValueError) as error:
            raise click.ClickException(f"{key_id} is the current key or no key at all") from error
        keyring().save(app.config["SETTINGS"].keyring_file, replace=True)
    click.echo(f"key {key_id} is retired")


def _reseal_everything() -> None:
    with unit_of_work():
        seal_proof_again()
    unreadable = [*reseal_columns(), *reseal_files()]
    for place in unreadable:
        click.echo(f"{place}: cannot be opened with any key of the file")
    if unreadable:
        raise SystemExit(1)
    click.echo("everything stored is sealed with the current key")


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


@main.group()
def accounts() -> None:
    """Accounts of the staff."""


@accounts.command("first-administrator")
@click.argument("address")
@click.argument("name")
@click.password_option()
def first_administrator(address: str, name: str, password: str) -> None:
    """Make the first security administrator, who gives every other role at the desk."""
    app = application()
    with app.app_context(), unit_of_work():
        if has_administrator():
            raise click.ClickException(
                "there is a security administrator; roles are given at the desk"
            )
        account = create_account(
            email=address,
            password=password,
            display_name=name,
            language="zh",
            at=now(),
            is_verified=True,
        )
        grant_role(account, Role.SECURITY_ADMIN, actor=SYSTEM, at=now())
    click.echo("made; the second factor is set up at the first sign-in")


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


@main.group(invoke_without_command=True)
@click.option(
    "--people",
    type=click.IntRange(1, 5_000_000),
    help="Add so many invented people with cases by COPY, for lists and benchmarks at size.",
)
@click.pass_context
def demo(context: click.Context, people: int | None) -> None:
    """Invented people and cases; never outside the demonstration."""
    if people is not None:
        with demo_application().app_context():
            click.echo(f"{add_people(people)} people added")
    elif context.invoked_subcommand is None:
        click.echo(context.get_help())


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


if __name__ == "__main__":
    main()
