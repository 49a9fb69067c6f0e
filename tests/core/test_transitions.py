from enum import StrEnum
from itertools import product

import pytest

from talentsvc.core.errors import NotAllowedNow
from talentsvc.core.transitions import TransitionTable


class Door(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    LOCKED = "locked"


class Move(StrEnum):
    SHUT = "shut"
    LOCK = "lock"
    PULL = "pull"


ALLOWED = {
    (Door.OPEN, Move.SHUT): Door.CLOSED,
    (Door.CLOSED, Move.PULL): Door.OPEN,
    (Door.CLOSED, Move.LOCK): Door.LOCKED,
}
TABLE = TransitionTable(ALLOWED)


@pytest.mark.parametrize(("state", "action"), list(product(Door, Move)))
def test_exactly_the_listed_pairs_are_possible(state, action):
    assert TABLE.allows(state, action) == ((state, action) in ALLOWED)
    if (state, action) in ALLOWED:
        assert TABLE.target(state, action) is ALLOWED[state, action]
        return
    with pytest.raises(NotAllowedNow) as refused:
        TABLE.target(state, action)
    assert (refused.value.state, refused.value.action) == (state, action)


def test_actions_come_in_the_order_of_the_table():
    assert TABLE.actions_from(Door.CLOSED) == (Move.PULL, Move.LOCK)
    assert TABLE.actions_from(Door.LOCKED) == ()


def test_pairs_are_those_listed():
    assert TABLE.pairs() == frozenset(ALLOWED)


def test_the_table_does_not_change_with_the_mapping_it_was_made_from():
    mapping = dict(ALLOWED)
    table = TransitionTable(mapping)
    mapping[Door.LOCKED, Move.PULL] = Door.OPEN
    assert not table.allows(Door.LOCKED, Move.PULL)
