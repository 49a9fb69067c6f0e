from __future__ import annotations

from dataclasses import fields

import pytest

from talentsvc.cards.rules.limits import Limits
from talentsvc.cards.terms import NoticeUnit
from talentsvc.policy.terms import ParameterName
from tests.cards.rules.stories import PARAMETERS


def test_every_limit_bears_the_name_of_a_parameter_of_the_policy():
    assert {field.name for field in fields(Limits)} <= set(ParameterName)


def test_limits_are_read_from_plain_values_and_other_parameters_left_alone():
    limits = Limits.from_parameters({**PARAMETERS, "portrait_width_px": 358})
    assert limits.intake_working_days == 5
    assert limits.correction_reminders == (7, 1)
    assert limits.notice_unit is NoticeUnit.WORKING_DAY
    assert limits.filing_on_non_working_day_counts_next is True


def test_names_of_the_policy_serve_as_keys():
    by_name = {ParameterName(name): value for name, value in PARAMETERS.items()}
    assert Limits.from_parameters(by_name) == Limits.from_parameters(PARAMETERS)


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_a_missing_parameter_is_named(name):
    rest = {key: value for key, value in PARAMETERS.items() if key != name}
    with pytest.raises(ValueError, match=f"{name} is missing"):
        Limits.from_parameters(rest)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("intake_working_days", -1),
        ("intake_working_days", True),
        ("intake_working_days", "5"),
        ("intake_working_days", 5.0),
        ("correction_reminders", 7),
        ("correction_reminders", [7, "1"]),
        ("notice_unit", "year"),
        ("notice_unit", None),
        ("filing_on_non_working_day_counts_next", 1),
    ],
)
def test_a_value_of_another_kind_is_refused_by_name(name, wrong):
    with pytest.raises(ValueError, match=name):
        Limits.from_parameters(PARAMETERS | {name: wrong})
