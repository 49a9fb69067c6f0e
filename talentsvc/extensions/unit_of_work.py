"""The unit of work: the only place that commits (decisions.md, "The unit of work").

It runs the reactions to what happened, writes the audit entries last, commits, and only then wakes
workers. Whatever fails before the commit leaves nothing behind; whatever fails after it is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import structlog
from flask import Flask, current_app

from talentsvc.core.errors import DomainError
from talentsvc.extensions.database import db

log = structlog.get_logger(__name__)

Reaction = Callable[[Any], None]
Hook = Callable[[], None]

#: A reaction may cause another one; more than two deep is a loop nobody meant.
MAX_DEPTH = 2


class UnitOfWork:
    """Whole or not at all: state, audit entries and notices together (guarantees.md G1)."""

    def __init__(self) -> None:
        self._key = "talentsvc.unit_of_work"

    def install(
        self,
        app: Flask,
        reactions: Mapping[type, Sequence[Reaction]],
        before_commit: Sequence[Hook],
    ) -> None:
        """Hand over what follows from what, and what must be written last. Called by `create_app`."""
        app.extensions[self._key] = (reactions, tuple(before_commit))

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Run a block in one transaction; commit iff it ends without an exception."""
        try:
            yield
            self._react(0)
            db.session.flush()
            for hook in current_app.extensions[self._key][1]:
                hook()
            db.session.flush()
            hooks = list(_pending("after_commit"))
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            db.session().info.clear()
        for hook in hooks:
            self._run_after_commit(hook)

    def _react(self, depth: int) -> None:
        happened = list(_pending("happenings"))
        db.session().info["happenings"] = []
        if not happened:
            return
        if depth >= MAX_DEPTH:
            raise RuntimeError(f"reactions more than {MAX_DEPTH} deep: {happened!r}")
        reactions = current_app.extensions[self._key][0]
        for happening in happened:
            for reaction in reactions.get(type(happening), ()):
                reaction(happening)
        self._react(depth + 1)

    @staticmethod
    def _run_after_commit(hook: Hook) -> None:
        """What follows a commit may fail without anyone losing anything: sweeps find it by age."""
        try:
            hook()
        except Exception as error:
            log.warning(
                "after_commit_failed",
                hook=getattr(hook, "__name__", repr(hook)),
                error=repr(error),
            )


def _pending(name: str) -> list[Any]:
    pending: list[Any] = db.session().info.setdefault(name, [])
    return pending


def happen(happening: object) -> None:
    """Say what happened; the unit of work runs what follows from it before the commit."""
    _pending("happenings").append(happening)


def after_commit(hook: Hook) -> None:
    """Run something once the transaction is safe, such as waking a worker."""
    hooks = _pending("after_commit")
    if hook not in hooks:
        hooks.append(hook)


unit_of_work = UnitOfWork()


@contextmanager
def attempt() -> Iterator[None]:
    """Try an action whose refusal the page answers itself: refused, nothing of it stays.

    Without this, a form that catches a domain error would commit what the action had written before
    it refused. Errors: passes every one on, after taking the attempt back.
    """
    info = db.session().info
    pending = {name: list(items) for name, items in info.items()}
    savepoint = db.session.begin_nested()
    try:
        yield
        savepoint.commit()
    except DomainError:
        savepoint.rollback()
        info.clear()
        info.update(pending)
        raise
