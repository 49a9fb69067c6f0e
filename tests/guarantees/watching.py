"""Seeing what reaches the database, and making it fail there."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy import event

from talentsvc.extensions.database import db

_WRITE = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)

Snapshot = dict[str, tuple[int, str]]


class Fault(Exception):
    """What a test lets happen in the middle of an action."""


def written_table(statement: str) -> str | None:
    """The table a statement writes to, or None for one that reads."""
    found = _WRITE.match(statement)
    return found.group(1) if found else None


@contextmanager
def listening(app: Flask, name: str, hear: Any) -> Iterator[None]:
    """Hear an event of the application's engine inside the block."""
    with app.app_context():
        engine = db.engine
    event.listen(engine, name, hear)
    try:
        yield
    finally:
        event.remove(engine, name, hear)


@contextmanager
def writes(app: Flask) -> Iterator[list[str]]:
    """The tables written to inside the block, statement by statement, committed or not."""
    seen: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        table = written_table(statement)
        if table is not None:
            seen.append(table)

    with listening(app, "before_cursor_execute", hear):
        yield seen


class Saboteur:
    """Lets the k-th write fail, or the commit when k is None; counts the writes it let through."""

    def __init__(self, kth: int | None) -> None:
        self.kth = kth
        self.count = 0
        self.has_struck = False
        self.committed_by = ""

    def hear_statement(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        """Called before each statement."""
        if written_table(statement) is None:
            return
        self.count += 1
        if self.count == self.kth:
            self._strike()

    def hear_commit(self, _connection: Any) -> None:
        """Called before each commit; notes which module of ours asked for it."""
        self.committed_by = self.committed_by or _asking_module()
        if self.kth is None and not self.has_struck:
            self._strike()

    def _strike(self) -> None:
        self.has_struck = True
        raise Fault


def _asking_module() -> str:
    """The innermost file on the stack that is neither SQLAlchemy's nor this one."""
    frame = sys._getframe(1)
    while frame.f_back and (
        "sqlalchemy" in frame.f_code.co_filename or frame.f_code.co_filename == __file__
    ):
        frame = frame.f_back
    return frame.f_code.co_filename


@contextmanager
def sabotage(app: Flask, kth: int | None) -> Iterator[Saboteur]:
    """A block in which one write, or the commit, fails."""
    saboteur = Saboteur(kth)
    with (
        listening(app, "before_cursor_execute", saboteur.hear_statement),
        listening(app, "commit", saboteur.hear_commit),
    ):
        yield saboteur


def snapshot(connection: psycopg.Connection, *, but: frozenset[str] = frozenset()) -> Snapshot:
    """Every table with its number of rows and a digest over all of them; sequences may run ahead."""
    found = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    ).fetchall()
    parts = [
        sql.SQL(
            "SELECT {name}, count(*), md5(coalesce(string_agg(h, '' ORDER BY h), ''))"
            " FROM (SELECT md5(t::text) AS h FROM {table} t) x"
        ).format(name=sql.Literal(table), table=sql.Identifier(table))
        for (table,) in found
        if table not in but
    ]
    rows = connection.execute(sql.SQL(" UNION ALL ").join(parts)).fetchall()
    return {table: (count, digest) for table, count, digest in rows}


def changed_tables(before: Snapshot, after: Snapshot) -> list[str]:
    """Tables in which two snapshots differ."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
