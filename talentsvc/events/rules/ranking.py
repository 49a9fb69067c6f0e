"""Choosing companies by the event's stated ranking: deterministic, and explained value by value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from talentsvc.events.terms.event import RankingKey


@dataclass(frozen=True, slots=True)
class Contender:
    """A registration that passed both audits. `points` are hundredths, None without a list."""

    registration_id: UUID
    legal_employer_id: UUID
    breaches: int
    is_lead_industry: bool
    points: int | None
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class Ranked:
    """A contender's rank, from 1, and its values in the order of the keys."""

    contender: Contender
    rank: int
    reasons: tuple[tuple[str, str], ...]


def ranked(contenders: Sequence[Contender], keys: Sequence[str]) -> list[Ranked]:
    """Return the contenders in order. What the keys leave equal, the order of filing and the id decide."""
    order = [RankingKey(key) for key in keys]
    ordered = sorted(
        contenders,
        key=lambda one: (
            *(_measure(one, key) for key in order),
            one.filed_at,
            one.registration_id,
        ),
    )
    return [
        Ranked(one, number, tuple((key.value, _value(one, key)) for key in order))
        for number, one in enumerate(ordered, start=1)
    ]


def _measure(one: Contender, key: RankingKey) -> float:
    """The smaller, the further in front. Whoever is on no list of points stands behind all who are."""
    if key is RankingKey.FEWEST_BREACHES:
        return one.breaches
    if key is RankingKey.LEAD_INDUSTRY:
        return 0 if one.is_lead_industry else 1
    if key is RankingKey.POINTS:
        return -one.points if one.points is not None else 1
    return one.filed_at.timestamp()


def _value(one: Contender, key: RankingKey) -> str:
    if key is RankingKey.FEWEST_BREACHES:
        return str(one.breaches)
    if key is RankingKey.LEAD_INDUSTRY:
        return "yes" if one.is_lead_industry else "no"
    if key is RankingKey.POINTS:
        return "" if one.points is None else f"{one.points / 100:.2f}"
    return one.filed_at.isoformat(timespec="seconds")
