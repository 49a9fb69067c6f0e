"""What holds of every judgement, whoever is judged."""

import json
from dataclasses import fields, replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from talentsvc.policy.rules.evaluate import evaluate_all
from talentsvc.policy.rules.facts import ATTRIBUTES, ApplicantFacts, AttributeKind
from talentsvc.policy.rules.verdicts import Evaluation
from talentsvc.policy.terms import Hardness, Outcome
from tests.policy.applicants import CONTENT, FILED_ON, RULES, engineer, load_rule_set


def _values(name: str) -> st.SearchStrategy:
    attribute = ATTRIBUTES[name]
    if attribute.codes is not None:
        members = st.sampled_from(list(attribute.codes))
        return st.frozensets(members) if attribute.kind is AttributeKind.CODES else members
    return {
        AttributeKind.DATE: st.dates(date(1930, 1, 1), date(2040, 12, 31)),
        AttributeKind.FLAG: st.booleans(),
        AttributeKind.NUMBER: st.integers(0, 500),
        AttributeKind.TEXT: st.sampled_from(["CN", "HK", "DE", "示例大学"]),
    }[attribute.kind]


PEOPLE = st.builds(
    ApplicantFacts, **{name: st.none() | _values(name) for name in sorted(ATTRIBUTES)}
)


@settings(max_examples=60, deadline=None)
@given(facts=PEOPLE, on=st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_judging_again_gives_the_same_json(facts: ApplicantFacts, on: date):
    first = [evaluation.to_json() for evaluation in evaluate_all(RULES, facts, on)]
    stored = json.loads(json.dumps(facts.to_json()))
    fresh_rules = load_rule_set(json.loads(json.dumps(CONTENT)))
    again = evaluate_all(fresh_rules, ApplicantFacts.from_json(stored), on)
    assert json.dumps([e.to_json() for e in again]) == json.dumps(first)


@settings(max_examples=60, deadline=None)
@given(facts=PEOPLE)
def test_a_verdict_comes_back_from_json_unchanged(facts: ApplicantFacts):
    assert ApplicantFacts.from_json(facts.to_json()) == facts
    for evaluation in evaluate_all(RULES, facts, FILED_ON):
        text = json.dumps(evaluation.to_json())
        assert Evaluation.from_json(json.loads(text)) == evaluation


@settings(max_examples=60, deadline=None)
@given(facts=PEOPLE)
def test_unknown_and_soft_never_refuse(facts: ApplicantFacts):
    for evaluation in evaluate_all(RULES, facts, FILED_ON):
        for verdict in evaluation.verdicts:
            if verdict.outcome is Outcome.NOT_MET:
                assert verdict.hardness is Hardness.HARD
                assert verdict.value is not None
        refused = [v for v in evaluation.verdicts if v.outcome is Outcome.NOT_MET]
        assert evaluation.outcome is not Outcome.NOT_MET or refused


@settings(max_examples=60, deadline=None)
@given(facts=PEOPLE, name=st.sampled_from(sorted(ATTRIBUTES)))
def test_forgetting_a_fact_never_settles_a_criterion_about_it(facts: ApplicantFacts, name: str):
    for evaluation in evaluate_all(RULES, replace(facts, **{name: None}), FILED_ON):
        for verdict in evaluation.verdicts:
            if verdict.attribute == name:
                assert verdict.outcome is Outcome.NEEDS_PERSON
                assert verdict.is_missing


def test_every_field_may_be_asked_about_and_nothing_else():
    assert {field.name for field in fields(ApplicantFacts)} == set(ATTRIBUTES)


def test_keys_of_stored_facts_are_ascii_and_unknown_facts_are_left_out():
    stored = engineer(title_level=None).to_json()
    assert "title_level" not in stored
    assert all(key.isascii() for key in stored)
    assert stored["birth_on"] == "1994-05-02"


def test_facts_that_nobody_knows_are_refused():
    for stored in (
        {"zodiac": "tiger"},
        {"is_founder": "yes"},
        {"granted_patents": True},
        {"title_level": "chief"},
        {"listings": "hebei_elite_plan"},
        {"birth_on": "1994-02-30"},
    ):
        try:
            ApplicantFacts.from_json(stored)
        except ValueError:
            continue
        raise AssertionError(f"{stored} was taken")
