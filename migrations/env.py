"""Alembic's environment: migrations run as the role that owns the database, never as the application's."""

from __future__ import annotations

import os
from typing import Any

from alembic import context
from sqlalchemy import create_engine

from talentsvc.tables import metadata

config = context.config


def owner_url() -> str:
    """The owner's address: handed over by a command, else from the environment."""
    return str(config.attributes.get("url") or os.environ["TALENTSVC_OWNER_DATABASE_URL"])


def include_object(
    thing: Any, name: str | None, kind: str, reflected: bool, compare_to: Any
) -> bool:
    """Everything is ours; nothing in the database is left out of the comparison."""
    return True


def render_item(kind: str, thing: Any, autogen_context: Any) -> str | bool:
    """Migrations name plain types: they must run when the product's own types have moved on."""
    if kind == "type" and type(thing).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Run the migrations in one transaction each."""
    engine = create_engine(owner_url())
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            include_object=include_object,
            render_item=render_item,
            compare_type=True,
            compare_server_default=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
