"""How long a message is tried."""

from datetime import timedelta
from itertools import pairwise

from talentsvc.notices.rules import LATER_WAIT, TRIES, TRIES_OF_SHORT_LIVED, wait_after


def waits(*, is_short_lived: bool) -> list[timedelta]:
    found, tries = [], 1
    while (wait := wait_after(tries, is_short_lived=is_short_lived)) is not None:
        found.append(wait)
        tries += 1
    return found


def test_the_first_wait_is_a_minute_and_none_is_shorter_than_the_one_before() -> None:
    found = waits(is_short_lived=False)
    assert found[0] == timedelta(minutes=1)
    assert all(earlier <= later for earlier, later in pairwise(found))


def test_nothing_lies_about_for_long_once_the_server_is_back() -> None:
    assert max(waits(is_short_lived=False)) == LATER_WAIT == timedelta(hours=1)


def test_a_weekend_s_fault_is_survived_and_a_statutory_limit_is_not_used_up() -> None:
    found = waits(is_short_lived=False)
    assert len(found) == TRIES - 1
    assert timedelta(days=1, hours=20) < sum(found, timedelta()) < timedelta(days=2, hours=12)


def test_a_code_is_not_tried_longer_than_it_is_good_for() -> None:
    found = waits(is_short_lived=True)
    assert len(found) == TRIES_OF_SHORT_LIVED - 1
    assert sum(found, timedelta()) < timedelta(hours=1)


def test_more_tries_than_the_last_are_no_surprise() -> None:
    assert wait_after(TRIES + 5, is_short_lived=False) is None
