import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.core.canonical import canonical_json, digest
from talentsvc.core.clock import SHANGHAI


class Colour(StrEnum):
    GREEN = "green"


class Plain(Enum):
    ONE = 1


plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=20,
)


def test_the_written_form():
    value = {
        "名": "张三",
        "b": [True, None, 7],
        "a": {"on": date(2026, 11, 22), "kind": Colour.GREEN},
        "id": UUID(int=1),
        "at": datetime(2026, 11, 22, 8, 0, tzinfo=SHANGHAI),
    }
    assert canonical_json(value).decode() == (
        '{"a":{"kind":"green","on":"2026-11-22"},"at":"2026-11-22T00:00:00.000000Z",'
        '"b":[true,null,7],"id":"00000000-0000-0000-0000-000000000001","名":"张三"}'
    )


def test_one_instant_has_one_form_in_every_zone():
    instant = datetime(2026, 5, 1, 12, 30, 0, 5, tzinfo=UTC)
    zones = (SHANGHAI, UTC, timezone(timedelta(hours=-7)))
    assert len({canonical_json(instant.astimezone(zone)) for zone in zones}) == 1


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        {"deep": [0.5]},
        Decimal(1),
        b"bytes",
        {1, 2},
        {1: "number as key"},
        Plain.ONE,
        datetime(2026, 1, 1),  # noqa: DTZ001 - the naive one is the point
        object(),
    ],
)
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical_json(value)


def test_the_digest_is_the_sha256_of_the_written_form():
    assert digest({"a": 1}) == hashlib.sha256(b'{"a":1}').digest()


@given(plain_values)
def test_reading_back_gives_the_same_value_and_the_same_bytes(value):
    written = canonical_json(value)
    assert json.loads(written) == value
    assert canonical_json(json.loads(written)) == written


@given(st.dictionaries(st.text("abcdef", max_size=3), st.integers(), min_size=2))
def test_the_order_of_keys_does_not_matter(value):
    backwards = dict(reversed(value.items()))
    assert digest(backwards) == digest(value)


@given(plain_values, plain_values)
def test_different_values_have_different_digests(one, other):
    assert (digest(one) == digest(other)) == (repr(one) == repr(other) or _same(one, other))


def _same(one, other):
    """Equality that tells True from 1 but not the order of keys."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
