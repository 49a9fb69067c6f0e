import os
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.core import ids
from talentsvc.core.ids import CROCKFORD, short_code, uuid7


def test_a_key_is_a_version_7_uuid_of_this_millisecond():
    # A source of its own: the process's one never goes back, also not after a test that travelled.
    source = ids._Uuid7Source()
    before = time.time_ns() // 1_000_000
    key = source.next()
    after = time.time_ns() // 1_000_000
    assert key.version == 7
    assert key.variant == uuid.RFC_4122
    assert before <= key.int >> 80 <= after + 1


def test_keys_increase_within_a_process():
    keys = [uuid7() for _ in range(20_000)]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_keys_of_many_threads_differ_and_increase_in_each():
    with ThreadPoolExecutor(8) as pool:
        batches = list(pool.map(lambda _: [uuid7() for _ in range(2_000)], range(8)))
    assert all(batch == sorted(batch) for batch in batches)
    assert len({key for batch in batches for key in batch}) == 16_000


def test_a_clock_set_back_does_not_set_keys_back(monkeypatch):
    source = ids._Uuid7Source()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 2_000_000_000_000_000_000)
    first = source.next()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_000_000_000_000_000_000)
    assert source.next() > first


def test_a_full_counter_borrows_the_next_millisecond(monkeypatch):
    monkeypatch.setattr(ids.time, "time_ns", lambda: 2_000_000_000_000_000_000)
    source = ids._Uuid7Source()
    source.next()
    source._counter = (1 << 42) - 1
    last = source.next()
    assert last.int >> 80 == 2_000_000_000_001
    assert source.next() > last


def _fork_and_read_key() -> uuid.UUID:
    """Fork this process; return the key its child makes right away."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, uuid7().bytes)
        os._exit(0)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    assert status == 0
    with os.fdopen(reader, "rb") as pipe:
        return uuid.UUID(bytes=pipe.read())


def test_a_forked_child_does_not_inherit_the_lock_or_the_counter():
    parent_source = ids._source
    with parent_source._lock:
        child_key = _fork_and_read_key()
    assert child_key.version == 7
    assert ids._source is parent_source


@given(st.integers(min_value=1, max_value=256))
def test_a_code_has_at_least_the_bits_asked_for(bits):
    code = short_code(bits)
    assert set(code) <= set(CROCKFORD)
    assert bits <= len(code) * 5 < bits + 5


def test_codes_differ():
    assert len({short_code(96) for _ in range(1_000)}) == 1_000


def test_a_code_of_no_bits_is_refused():
    with pytest.raises(ValueError, match="bit"):
        short_code(0)
