"""Which action is possible in which state: one table per thing that has states."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Generic, TypeVar

from talentsvc.core.errors import NotAllowedNow

S = TypeVar("S", bound=Enum)
A = TypeVar("A", bound=Enum)


class TransitionTable(Generic[S, A]):
    """A fixed table {(state, action): target}. What it does not list is impossible."""

    def __init__(self, table: Mapping[tuple[S, A], S]) -> None:
        self._table = MappingProxyType(dict(table))

    def target(self, state: S, action: A) -> S:
        """Return the state that `action` leads to. Raises NotAllowedNow."""
        target = self._table.get((state, action))
        if target is None:
            raise NotAllowedNow(state, action)
        return target

    def allows(self, state: S, action: A) -> bool:
        """Tell whether `action` is possible in `state`."""
        return (state, action) in self._table

    def actions_from(self, state: S) -> tuple[A, ...]:
        """Return the actions possible in `state`, in the table's order."""
        return tuple(action for source, action in self._table if source == state)

    def pairs(self) -> frozenset[tuple[S, A]]:
        """Return every allowed (state, action); tests refuse all the others."""
        return frozenset(self._table)
