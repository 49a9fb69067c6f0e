"""A rule set that could judge by accident is refused, with every problem and its place."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from talentsvc.policy.rules.schema import InvalidRuleSet, content_digest, load_rule_set
from talentsvc.policy.terms import Decider, ParameterName, Tier, Unit
from tests.policy.applicants import CONTENT, RULES, content

Breaks = Callable[[dict[str, Any]], object]


def _bachelor(policy: dict[str, Any]) -> dict[str, Any]:
    return policy["tiers"][0]["categories"][0]


def _criterion(policy: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in _bachelor(policy)["criteria"] if one["code"] == code)


def _parameter(policy: dict[str, Any], name: str, **changes: Any) -> None:
    policy["parameters"][name] |= changes


def _paper(policy: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in policy["evidence_items"] if one["code"] == code)


def test_rules_from_before_pledges_still_load_and_allow_none() -> None:
    policy = content()
    for name in ("pledge_calendar_days", "pledge_reminders"):
        policy["parameters"].pop(name)
    for paper in policy["evidence_items"]:
        paper.pop("pledge", None)
    rules = load_rule_set(policy)
    papers = [item for item in rules.category(Tier.C, "full_time_bachelor").evidence]
    assert papers
    assert not any(item.may_be_pledged for item in papers)


@pytest.mark.parametrize(
    ("breaks", "problem"),
    [
        (lambda p: p.update(colour="green"), "colour: unknown key"),
        (lambda p: p.pop("title_en"), "title_en: a text is needed"),
        (lambda p: p.update(version=0), "version: a whole number from 1 on is needed"),
        (lambda p: p.update(code="政策"), "code: a code has lower-case ASCII"),
        (
            lambda p: p.update(effective_from="2026-02-30"),
            "effective_from: '2026-02-30' is not a day",
        ),
        (lambda p: p.pop("effective_from"), "effective_from: a day is needed"),
        (
            lambda p: p.update(effective_until="2025-12-31"),
            "effective_until: ends before it begins",
        ),
        (lambda p: p.update(tiers=[]), "tiers: a list with at least one member"),
        (lambda p: p["tiers"].append(p["tiers"][0]), "tiers: tier C occurs twice"),
        (
            lambda p: p["tiers"][1]["categories"][0].update(code="special_skill"),
            "tiers: category special_skill occurs twice",
        ),
        (lambda p: p["tiers"][0].update(tier="D"), "unknown Tier 'D'"),
        (lambda p: _criterion(p, "bachelor").update(operator="better_than"), "unknown Operator"),
        (
            lambda p: _criterion(p, "bachelor").update(attribute="height"),
            "unknown attribute 'height'",
        ),
        (lambda p: _criterion(p, "bachelor").pop("attribute"), "attribute: an attribute is needed"),
        (lambda p: _criterion(p, "bachelor").update(value="genius"), "'genius' is not a valid"),
        (lambda p: _criterion(p, "bachelor").pop("value"), "value: a value is needed"),
        (
            lambda p: _criterion(p, "bachelor").update(operator="is_true"),
            "is_true cannot ask about",
        ),
        (lambda p: _criterion(p, "bachelor").pop("text_en"), "text_en: a text is needed"),
        (lambda p: _criterion(p, "bachelor").update(clause_zh=" "), "clause_zh: a text is needed"),
        (lambda p: _criterion(p, "bachelor").pop("origin"), "origin: a text is needed"),
        (lambda p: _criterion(p, "bachelor").update(hardness="firm"), "unknown Hardness 'firm'"),
        (lambda p: _criterion(p, "full_time").update(value=[]), "a list with at least one member"),
        (lambda p: _criterion(p, "age_35").update(value="35"), "value: a whole number from 1 on"),
        (lambda p: _criterion(p, "age_35").update(value=35.5), "has no canonical form"),
        (lambda p: _criterion(p, "bachelor").update(any_of="x"), "any_of and branch are stated"),
        (
            lambda p: _criterion(p, "bachelor").update(any_of="x", branch="y"),
            "choice x is not described",
        ),
        (
            lambda p: _bachelor(p)["criteria"].append(_criterion(p, "bachelor")),
            "criterion bachelor occurs twice",
        ),
        (
            lambda p: _bachelor(p)["criteria"].append(
                _criterion(p, "bachelor") | {"code": "again", "value": "master"}
            ),
            "education_level at_least is stated twice",
        ),
        (
            lambda p: _bachelor(p)["criteria"].remove(_criterion(p, "graduated")),
            "education_level needs degree_status beside it",
        ),
        (
            lambda p: p["tiers"][2]["categories"][0].update(criteria=[]),
            "criteria: a list with at least one member is needed",
        ),
        (
            lambda p: p["tiers"][2]["categories"][0].pop("criteria"),
            "a category without criteria would let everybody in",
        ),
        (
            lambda p: p["tiers"][2]["categories"][0]["criteria"][1].update(attribute="birth_on"),
            "what a person decides reads no attribute",
        ),
        (
            lambda p: p["tiers"][2]["categories"][0]["criteria"][1].update(value="x"),
            "what a person decides has no value",
        ),
        (
            lambda p: p["tiers"][0]["choices"].append(
                {"code": "lonely", "text_zh": "孤", "text_en": "Lonely"}
            ),
            "choice lonely offers no choice",
        ),
        (
            lambda p: p["tiers"][0]["choices"].append(p["tiers"][0]["choices"][0]),
            "choice employer_scope occurs twice",
        ),
        (lambda p: p["tiers"][0]["criteria"][1].update(value=True), "is_true takes no value"),
        (
            lambda p: _bachelor(p)["evidence"].append({"code": "horoscope", "need": "required"}),
            "this paper is not described",
        ),
        (
            lambda p: _bachelor(p)["evidence"].append({"code": "diploma", "need": "required"}),
            "evidence diploma is asked for twice",
        ),
        (
            lambda p: _bachelor(p)["evidence"].append(
                {"code": "award_certificate", "need": "one_of"}
            ),
            "one_of and a group belong together",
        ),
        (
            lambda p: _bachelor(p)["evidence"].append(
                {"code": "award_certificate", "need": "one_of", "group": "alone"}
            ),
            "group alone offers no choice",
        ),
        (
            lambda p: _bachelor(p)["evidence"].append(
                {
                    "code": "award_certificate",
                    "need": "required",
                    "when": {
                        "attribute": "contract_end_on",
                        "operator": "on_or_after",
                        "value": "filed_on",
                    },
                }
            ),
            "cannot depend on the day of filing",
        ),
        (
            lambda p: p["evidence_items"].append(p["evidence_items"][0]),
            "evidence id_document_front is described twice",
        ),
        (lambda p: p["evidence_items"][0].update(accepts=["svg"]), "unknown AcceptedFile 'svg'"),
        (lambda p: p["evidence_items"][0].update(max_files=21), "at most 20 files"),
        (lambda p: p["evidence_items"][0].pop("hint_en"), "hint_en: a text is needed"),
        (
            lambda p: p["parameters"].pop("notice_length"),
            "notice_length: this parameter is missing",
        ),
        (lambda p: p["parameters"].update(coffee_break={}), "coffee_break: unknown key"),
        (lambda p: _parameter(p, "intake_working_days", value=0), "a whole number from 1 on"),
        (lambda p: _parameter(p, "intake_working_days", value=True), "a whole number from 1 on"),
        (
            lambda p: _parameter(p, "intake_working_days", unit="calendar_day"),
            "counted in working_day, not in calendar_day",
        ),
        (lambda p: _parameter(p, "intake_working_days", origin=""), "origin: a text is needed"),
        (lambda p: _parameter(p, "notice_unit", value="calendar_day"), "counted in another unit"),
        (lambda p: _parameter(p, "notice_unit", value="fortnight"), "unknown Unit 'fortnight'"),
        (
            lambda p: _parameter(p, "correction_reminders", value=[7, "1"]),
            "a list of whole numbers",
        ),
        (lambda p: _parameter(p, "correction_reminders", value=[1, 7]), "from the earliest"),
        (
            lambda p: _parameter(p, "correction_reminders", value=[31, 1]),
            "before the time began",
        ),
        (
            lambda p: p["evidence_items"][0].update(pledge={"origin": "design"}),
            "says who applies and can never be pledged",
        ),
        (
            lambda p: _paper(p, "portrait").update(pledge={"origin": "design"}),
            "says who applies and can never be pledged",
        ),
        (
            lambda p: _paper(p, "employer_licence").update(pledge={"origin": "design"}),
            "only what the applicant brings can be pledged",
        ),
        (lambda p: _paper(p, "chsi_record").update(pledge={}), "pledge.origin: a text is needed"),
        (
            lambda p: p["parameters"].pop("pledge_calendar_days"),
            "pledge_calendar_days: a paper may be pledged, so this parameter is needed",
        ),
        (
            lambda p: p["parameters"].pop("pledge_reminders"),
            "pledge_reminders: a paper may be pledged, so this parameter is needed",
        ),
        (lambda p: _parameter(p, "pledge_reminders", value=[30]), "before the time began"),
        (lambda p: _parameter(p, "renewal_filed_by_days", value=90), "a renewal must open before"),
        (
            lambda p: _parameter(p, "endorsement_reminder_working_days", value=10),
            "a reminder after the limit",
        ),
        (
            lambda p: _parameter(p, "second_notice_may_not_add", value=None),
            "value: true or false is needed",
        ),
    ],
)
def test_a_broken_rule_set_is_refused(breaks: Breaks, problem: str):
    policy = content()
    breaks(policy)
    with pytest.raises(InvalidRuleSet) as refused:
        load_rule_set(policy)
    assert any(problem in found for found in refused.value.problems), refused.value.problems


def test_all_problems_are_told_at_once_with_their_places():
    policy = content()
    policy.pop("title_zh")
    _criterion(policy, "age_35")["operator"] = "younger_than"
    policy["parameters"]["notice_length"].pop("text_en")
    with pytest.raises(InvalidRuleSet) as refused:
        load_rule_set(policy)
    places = [problem.split(": ")[0] for problem in refused.value.problems]
    assert "title_zh" in places
    assert "parameters.notice_length.text_en" in places
    assert "tiers[C].categories[full_time_bachelor].criteria[age_35].operator" in places


@pytest.mark.parametrize("nonsense", [{}, {"tiers": "C"}, {"tiers": [3]}, {"parameters": []}])
def test_nonsense_is_refused_and_nothing_else_happens(nonsense: dict[str, Any]):
    with pytest.raises(InvalidRuleSet):
        load_rule_set(nonsense)


def test_the_example_policy_says_that_it_is_one():
    assert RULES.is_example
    assert "示例" in RULES.title_zh
    for rules in RULES.tiers:
        for category in rules.categories:
            assert all(one.clause_zh.startswith("示例 第") for one in category.criteria)
    assert {rules.tier: rules.decided_by for rules in RULES.tiers} == {
        Tier.C: Decider.ZONE,
        Tier.B: Decider.CITY,
        Tier.A: Decider.CITY,
    }


def test_parameters_are_read_by_kind():
    parameters = RULES.parameters
    assert parameters.number(ParameterName.DECISION_WORKING_DAYS) == 20
    assert parameters.numbers(ParameterName.CORRECTION_REMINDERS) == (7, 1)
    assert parameters.is_on(ParameterName.SECOND_NOTICE_MAY_NOT_ADD) is True
    assert parameters.notice_unit is Unit.WORKING_DAY
    assert len(list(parameters)) == len(ParameterName)
    for getter, name in (
        (parameters.number, ParameterName.CORRECTION_REMINDERS),
        (parameters.numbers, ParameterName.DECISION_WORKING_DAYS),
        (parameters.is_on, ParameterName.DECISION_WORKING_DAYS),
        (parameters.number, ParameterName.SECOND_NOTICE_MAY_NOT_ADD),
    ):
        with pytest.raises(TypeError):
            getter(name)


def test_sensitive_papers_take_the_retention_of_the_parameter():
    evidence = RULES.category(Tier.C, "full_time_bachelor").evidence
    kept = {item.code: item.retention_days for item in evidence}
    assert kept["id_document_front"] == kept["id_document_back"] == 60
    assert kept["diploma"] is None


def test_the_digest_follows_the_content_and_not_its_order():
    assert RULES.content_digest == content_digest(CONTENT)
    assert content_digest(dict(reversed(CONTENT.items()))) == RULES.content_digest
    other = content()
    _criterion(other, "age_35")["value"] = 40
    assert load_rule_set(other).content_digest != RULES.content_digest


def test_a_rule_set_holds_from_its_first_to_its_last_day():
    policy = content()
    policy["effective_until"] = "2026-12-31"
    rules = load_rule_set(policy)
    days = {day: rules.is_effective_on(date.fromisoformat(day)) for day in _AROUND}
    assert days == {
        "2025-12-31": False,
        "2026-01-01": True,
        "2026-12-31": True,
        "2027-01-01": False,
    }
    assert RULES.is_effective_on(date(2027, 1, 1))


_AROUND = ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")
