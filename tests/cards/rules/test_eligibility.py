from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from talentsvc.cards.rules.eligibility import (
    Problem,
    approval_problem,
    recognition_problem,
    recommendation_problem,
    recommendation_problems,
    rejection_problem,
)
from talentsvc.cards.terms import FindingOutcome
from talentsvc.policy.rules.verdicts import CriterionVerdict, Evaluation
from talentsvc.policy.terms import Hardness, Operator, Outcome, Tier

MET, NOT_MET = FindingOutcome.MET, FindingOutcome.NOT_MET
WHY = "劳动合同与社保记录已核对一致。"


def verdict(code, outcome="met", hardness="hard", any_of=None, branch=None):
    return {
        "code": code,
        "outcome": outcome,
        "hardness": hardness,
        "any_of": any_of,
        "branch": branch,
    }


def evaluation(*verdicts):
    return {"verdicts": list(verdicts)}


def problems(stored, findings, *, is_positive=True):
    found = recommendation_problems(stored, findings, is_positive=is_positive)
    assert recommendation_problem(stored, findings, is_positive=is_positive) == next(
        iter(found), None
    )
    return [(problem.code, problem.criterion_code) for problem in found]


PLAIN = evaluation(verdict("education"), verdict("employer"))


def test_findings_that_agree_with_the_rules_need_no_words():
    assert problems(PLAIN, {"education": (MET, ""), "employer": (MET, "")}) == []


@pytest.mark.parametrize("is_positive", [True, False])
def test_every_criterion_is_answered(is_positive):
    found = problems(PLAIN, {"employer": (MET, "")}, is_positive=is_positive)
    assert found == [("finding_missing", "education")]


@pytest.mark.parametrize("is_positive", [True, False])
def test_a_finding_about_something_the_rules_do_not_ask_is_refused(is_positive):
    findings = {"education": (MET, ""), "employer": (MET, ""), "hometown": (MET, WHY)}
    assert problems(PLAIN, findings, is_positive=is_positive) == [("unknown_criterion", "hometown")]


@pytest.mark.parametrize("is_positive", [True, False])
@pytest.mark.parametrize("stored", [{}, {"verdicts": []}, {"verdicts": None}])
def test_nothing_is_recommended_without_stored_verdicts(stored, is_positive):
    assert problems(stored, {}, is_positive=is_positive) == [("not_evaluated", "")]


@pytest.mark.parametrize(
    ("hardness", "outcome", "is_positive"),
    [
        case
        for case in product(("hard", "soft"), (MET, NOT_MET), (True, False))
        if case != ("hard", NOT_MET, True)
    ],
)
def test_what_the_rules_leave_to_a_person_needs_that_persons_reason(hardness, outcome, is_positive):
    stored = evaluation(verdict("age", "needs_person", hardness))
    short = problems(stored, {"age": (outcome, "同意")}, is_positive=is_positive)
    assert short == [("reason_too_short", "age")]
    assert problems(stored, {"age": (outcome, WHY)}, is_positive=is_positive) == []


@pytest.mark.parametrize(
    ("reason", "is_enough"),
    [
        ("一二三四五六七八九", False),
        ("一二三四五六七八九十", True),
        ("一 二 三 四 五", False),
        ("  　\n ", False),
        ("          x", False),
    ],
)
def test_a_reason_is_ten_characters_without_blanks(reason, is_enough):
    stored = evaluation(verdict("age", "needs_person", "soft"))
    assert (problems(stored, {"age": (MET, reason)}) == []) is is_enough


def test_a_soft_criterion_may_be_set_aside_with_a_reason():
    stored = evaluation(verdict("age", "not_met", "soft"))
    assert problems(stored, {"age": (NOT_MET, "")}) == [("reason_too_short", "age")]
    assert problems(stored, {"age": (NOT_MET, WHY)}) == []


def test_rejecting_for_what_the_rules_refuse_needs_no_more_words():
    stored = evaluation(verdict("age", "not_met", "soft"), verdict("education", "not_met"))
    findings = {"age": (NOT_MET, ""), "education": (NOT_MET, "")}
    assert problems(stored, findings, is_positive=False) == []


@pytest.mark.parametrize("rule_said", ["met", "not_met", "needs_person"])
def test_a_hard_criterion_found_unmet_is_never_recommended_whatever_the_words(rule_said):
    stored = evaluation(verdict("education", rule_said))
    assert problems(stored, {"education": (NOT_MET, WHY)}) == [("hard_not_met", "education")]


def test_the_rules_have_not_the_last_word_but_contradicting_them_takes_a_reason():
    stored = evaluation(verdict("education", "not_met"))
    assert problems(stored, {"education": (MET, "")}) == [("reason_too_short", "education")]
    assert problems(stored, {"education": (MET, WHY)}) == []
    kind = evaluation(verdict("education", "met"))
    refused = {"education": (NOT_MET, "")}
    assert problems(kind, refused, is_positive=False) == [("reason_too_short", "education")]


def test_a_criterion_of_unsaid_hardness_is_hard():
    stored = {"verdicts": [{"code": "education", "outcome": "not_met"}]}
    assert problems(stored, {"education": (NOT_MET, WHY)}) == [("hard_not_met", "education")]


CHOICE = evaluation(
    verdict("title", "not_met", any_of="qualification", branch="by_title"),
    verdict("trade", "met", any_of="qualification", branch="by_trade"),
    verdict("skill", "met", any_of="qualification", branch="by_trade"),
    verdict("employer"),
)


def test_one_whole_branch_of_a_choice_is_enough_and_the_others_may_stay_open():
    findings = {"employer": (MET, ""), "trade": (MET, ""), "skill": (MET, "")}
    assert problems(CHOICE, findings) == []
    assert problems(CHOICE, findings | {"title": (NOT_MET, "")}) == []


def test_halves_of_branches_are_not_enough():
    half = {"employer": (MET, ""), "title": (NOT_MET, ""), "trade": (MET, "")}
    assert problems(CHOICE, half) == [("choice_not_met", "qualification")]
    assert problems(CHOICE, {"employer": (MET, "")}) == [("choice_not_met", "qualification")]
    assert problems(CHOICE, half, is_positive=False) == []


def test_an_alternative_a_person_vouches_for_needs_the_reason_as_well():
    vouched = {"employer": (MET, ""), "title": (MET, "")}
    assert problems(CHOICE, vouched) == [("reason_too_short", "title")]
    assert problems(CHOICE, vouched | {"title": (MET, WHY)}) == []


def test_everything_wrong_is_told_at_once_in_the_order_of_the_checklist():
    stored = evaluation(
        verdict("education", "not_met"),
        verdict("age", "needs_person", "soft"),
        verdict("employer"),
        verdict("title", any_of="qualification", branch="by_title"),
    )
    findings = {"education": (NOT_MET, ""), "age": (MET, "")}
    assert problems(stored, findings) == [
        ("hard_not_met", "education"),
        ("reason_too_short", "age"),
        ("finding_missing", "employer"),
        ("choice_not_met", "qualification"),
    ]


def test_an_approval_rests_on_a_positive_recommendation_that_still_holds():
    findings = {"education": (MET, ""), "employer": (MET, "")}
    assert approval_problem(PLAIN, findings, is_recommended=True) is None
    assert approval_problem(PLAIN, findings, is_recommended=False) == Problem("not_recommended")
    newer = evaluation(verdict("education", "not_met"), verdict("employer"))
    changed = approval_problem(newer, findings, is_recommended=True)
    assert changed == Problem("reason_too_short", "education")


def test_a_rejection_names_its_ground_its_clause_and_its_remedy():
    whole = {
        "reason": "劳动合同单位不在本区注册。",
        "clause": "示例 第四条",
        "remedy": "可在收到之日起 15 个工作日内申请复核。",
    }
    assert rejection_problem(**whole) is None
    for name, code in (
        ("reason", "reason_too_short"),
        ("clause", "clause_missing"),
        ("remedy", "remedy_missing"),
    ):
        assert rejection_problem(**(whole | {name: " 　"})) == Problem(code)
    assert rejection_problem(**(whole | {"reason": "不符合"})) == Problem("reason_too_short")


def test_a_special_skill_needs_the_talent_offices_word():
    special = PLAIN | {"needs_recognition": True}
    assert recognition_problem(special, is_recognised=None) == Problem("recognition_missing")
    assert recognition_problem(special, is_recognised=False) == Problem("recognition_refused")
    assert recognition_problem(special, is_recognised=True) is None
    for answer in (None, False, True):
        assert recognition_problem(PLAIN, is_recognised=answer) is None


def test_verdicts_are_read_as_the_policy_stores_them():
    soft = CriterionVerdict(
        code="age",
        attribute="birth_on",
        operator=Operator.AGE_AT_MOST,
        value=37,
        threshold=35,
        hardness=Hardness.SOFT,
        outcome=Outcome.NEEDS_PERSON,
        is_missing=False,
        clause_zh="示例 第二条",
        clause_en="Example, article 2",
        origin="facts 1.4",
        text_zh="年龄一般不超过 35 周岁",
        text_en="Generally not over 35",
        any_of=None,
        branch=None,
    )
    hard = replace(soft, code="education", hardness=Hardness.HARD, outcome=Outcome.NOT_MET)
    one_of = replace(hard, code="title", any_of="qualification", branch="by_title")
    stored = Evaluation(
        rule_set_code="demo-2026",
        rule_set_version=1,
        is_example=True,
        tier=Tier.C,
        category="graduate",
        title_zh="毕业生",
        title_en="Graduate",
        needs_recognition=True,
        filed_on=date(2026, 11, 23),
        verdicts=(soft, hard, one_of),
        choices=(),
        outcome=Outcome.NOT_MET,
    ).to_json()
    findings = {"age": (NOT_MET, ""), "education": (NOT_MET, WHY)}
    assert problems(stored, findings) == [
        ("reason_too_short", "age"),
        ("hard_not_met", "education"),
        ("choice_not_met", "qualification"),
    ]
    assert recognition_problem(stored, is_recognised=None) == Problem("recognition_missing")
