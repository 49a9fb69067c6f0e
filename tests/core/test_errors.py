import copy
import pickle

import pytest

from talentsvc.core.errors import (
    DomainError,
    FourEyesViolated,
    InvalidInput,
    NotAllowedNow,
    NotFoundHere,
    QuotaExhausted,
    StaleVersion,
)

KINDS = [FourEyesViolated, NotFoundHere, QuotaExhausted, StaleVersion]


def test_each_kind_has_its_own_code():
    codes = {kind.code for kind in (*KINDS, NotAllowedNow, InvalidInput, DomainError)}
    assert len(codes) == len(KINDS) + 3


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_carries_what_its_message_needs(kind):
    error = kind(left=0)
    assert isinstance(error, DomainError)
    assert error.params == {"left": 0}
    assert str(error) == f"{kind.code} (left=0)"


def test_a_step_out_of_turn_names_state_and_action():
    error = NotAllowedNow("closed", "decide")
    assert (error.state, error.action) == ("closed", "decide")
    assert error.params == {"state": "closed", "action": "decide"}
    assert error.code == "not_allowed_now"


def test_an_invalid_input_names_its_field_and_reason():
    error = InvalidInput("phone", "shape", longest=11)
    assert (error.field, error.code) == ("phone", "shape")
    assert error.params == {"field": "phone", "longest": 11}
    assert InvalidInput("phone").code == "invalid_input"


def test_a_subclass_may_only_set_its_code():
    class NoBoothLeft(QuotaExhausted):
        code = "no_booth_left"

    assert NoBoothLeft().code == "no_booth_left"
    assert str(NoBoothLeft()) == "no_booth_left"


@pytest.mark.parametrize(
    "error", [NotAllowedNow("open", "close"), InvalidInput("name", "empty"), StaleVersion(seen=3)]
)
def test_an_error_survives_the_way_between_processes(error):
    unpickled = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    for twin in (unpickled, copy.copy(error)):
        assert type(twin) is type(error)
        assert (twin.code, twin.params, twin.args) == (error.code, error.params, error.args)
        assert vars(twin) == vars(error)
