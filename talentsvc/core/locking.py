"""Locks in one order, so that two transactions never wait for each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from talentsvc.core.canonical import digest
from talentsvc.core.errors import NotFoundHere

#: Where a session notes what its transaction has locked; `extensions.database` forgets it with its end.
HELD = "locked_rows"


def lock_in_order(session: Any, model: Any, ids: Iterable[Any]) -> list[Any]:
    """Lock the rows of `model` with these ids, lowest id first, and return them in that order.

    Sorted, because two transactions that lock the same rows in different orders deadlock.
    Rows already loaded are read again, for what was true before the wait may not be true after;
    pending changes are flushed first, or that reading would discard them. Rows that this transaction
    has locked already are neither: nobody else can have changed them since.
    Raises NotFoundHere when one is missing.
    """
    wanted = set(ids)
    if not wanted:
        return []
    held = session.info.setdefault(HELD, [])
    if all((model, id_) in held for id_ in wanted):
        return [session.get(model, id_) for id_ in sorted(wanted)]
    session.flush()
    rows = _locked(session, model, wanted)
    if len(rows) != len(wanted):
        raise NotFoundHere
    held.extend((model, row.id) for row in rows)
    return list(rows)


def _locked(session: Any, model: Any, wanted: set[Any]) -> list[Any]:
    if len(wanted) == 1:
        # The usual case, by a statement that the session has built once.
        (only,) = wanted
        row = session.get(model, only, with_for_update={"of": model}, populate_existing=True)
        return [] if row is None else [row]
    return list(
        session.query(model)
        .filter(model.id.in_(wanted))
        .order_by(model.id)
        .with_for_update(of=model)
        .populate_existing()
        .all()
    )


def advisory_key(*parts: object) -> int:
    """Return the signed 64-bit key of a PostgreSQL advisory lock for these parts.

    For what has no row to lock yet. Takes what `canonical_json` takes.
    """
    return int.from_bytes(digest(parts)[:8], "big", signed=True)
