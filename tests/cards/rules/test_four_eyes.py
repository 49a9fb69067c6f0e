"""Guarantee G3: nobody acts twice in one case, nor in a case of their own."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from uuid import UUID

import pytest

from talentsvc.cards.rules.four_eyes import Roles, Ties, check_four_eyes, four_eyes_problem
from talentsvc.cards.terms import CaseRole, FourEyesRule
from talentsvc.core.errors import FourEyesViolated

APPLICANT, ENDORSER, CLERK, RECOGNISER, RECOMMENDER, DECIDER, OBJECTION, REVIEW, STRANGER = (
    UUID(int=n) for n in range(1, 10)
)
CASE = Roles(
    applicant=APPLICANT,
    endorsers={ENDORSER},
    clerks={CLERK},
    recognisers={RECOGNISER},
    recommenders={RECOMMENDER},
    deciders={DECIDER},
    objection_deciders={OBJECTION},
    review_deciders={REVIEW},
)
EMPTY = Roles(applicant=APPLICANT)
TIES = Ties(agents={ENDORSER})
PAIRWISE = {
    CaseRole.ENDORSER: "endorsers",
    CaseRole.RECOMMENDER: "recommenders",
    CaseRole.DECIDER: "deciders",
    CaseRole.OBJECTION_DECIDER: "objection_deciders",
    CaseRole.REVIEW_DECIDER: "review_deciders",
}
OFFICER_ROLES = [r for r in CaseRole if r not in {CaseRole.APPLICANT, CaseRole.ENDORSER}]


def problem(people, role, person, ties=TIES, *, may_clerk_recommend=True):
    return four_eyes_problem(people, role, person, ties, may_clerk_recommend=may_clerk_recommend)


@pytest.mark.parametrize(("held", "wanted"), list(permutations(PAIRWISE, 2)))
def test_two_of_the_parts_are_never_one_person_in_whichever_order(held, wanted):
    people = replace(EMPTY, **{PAIRWISE[held]: {STRANGER}})
    ties = Ties(agents={STRANGER}) if wanted is CaseRole.ENDORSER else Ties()
    with pytest.raises(FourEyesViolated) as refusal:
        check_four_eyes(people, wanted, STRANGER, ties, may_clerk_recommend=True)
    assert refusal.value.code in {FourEyesRule.HOLDS_OTHER_ROLE, FourEyesRule.NOT_NEW_TO_CASE}
    assert refusal.value.params == {"role": wanted.value}


@pytest.mark.parametrize("role", [r for r in CaseRole if r is not CaseRole.APPLICANT])
def test_the_applicant_takes_no_other_part_not_even_as_the_companys_agent(role):
    ties = Ties(agents={APPLICANT, ENDORSER})
    assert problem(EMPTY, role, APPLICANT, ties) is FourEyesRule.OWN_CASE


def test_a_founder_is_endorsed_by_another_agent_or_a_clerks_check_in_person():
    ties = Ties(agents={APPLICANT, ENDORSER})
    assert problem(EMPTY, CaseRole.ENDORSER, ENDORSER, ties) is None
    assert problem(replace(EMPTY, clerks={CLERK}), CaseRole.ENDORSER, CLERK, ties) is None


def test_a_clerk_who_endorsed_in_person_does_not_recommend_or_decide():
    people = replace(EMPTY, endorsers={CLERK}, clerks={CLERK})
    assert problem(people, CaseRole.CLERK, CLERK) is None
    for role in (CaseRole.RECOMMENDER, CaseRole.DECIDER):
        assert problem(people, role, CLERK) is FourEyesRule.HOLDS_OTHER_ROLE


@pytest.mark.parametrize("role", OFFICER_ROLES)
def test_an_officer_tied_to_the_case_is_refused_every_part(role):
    assert problem(EMPTY, role, STRANGER, Ties(kin={STRANGER})) is FourEyesRule.KIN_OF_APPLICANT
    assert problem(EMPTY, role, STRANGER, Ties(agents={STRANGER})) is FourEyesRule.AGENT_OF_EMPLOYER
    assert problem(EMPTY, role, STRANGER, Ties(recused={STRANGER})) is FourEyesRule.RECUSED
    assert problem(EMPTY, role, STRANGER, Ties()) is None


def test_the_check_in_person_of_a_relative_is_refused_like_any_officers_act():
    kin = Ties(kin={CLERK})
    assert problem(EMPTY, CaseRole.ENDORSER, CLERK, kin) is FourEyesRule.KIN_OF_APPLICANT


def test_a_related_agent_may_endorse_because_the_employer_answers_for_its_agents():
    ties = Ties(kin={ENDORSER}, agents={ENDORSER})
    assert problem(EMPTY, CaseRole.ENDORSER, ENDORSER, ties) is None


def test_whoever_decided_does_not_decide_again_after_an_upheld_objection():
    assert problem(CASE, CaseRole.DECIDER, DECIDER) is FourEyesRule.DECIDED_BEFORE
    two_rounds = replace(CASE, deciders={DECIDER, STRANGER})
    for earlier in (DECIDER, STRANGER):
        assert problem(two_rounds, CaseRole.DECIDER, earlier) is FourEyesRule.DECIDED_BEFORE
    assert problem(CASE, CaseRole.DECIDER, STRANGER) is None


@pytest.mark.parametrize(
    "person", [ENDORSER, CLERK, RECOGNISER, RECOMMENDER, DECIDER, OBJECTION, REVIEW]
)
def test_a_review_is_decided_by_a_person_new_to_the_case(person):
    ties = Ties()
    assert problem(CASE, CaseRole.REVIEW_DECIDER, person, ties) is FourEyesRule.NOT_NEW_TO_CASE
    assert problem(CASE, CaseRole.REVIEW_DECIDER, STRANGER, ties) is None


@pytest.mark.parametrize("person", [CLERK, RECOGNISER, RECOMMENDER, DECIDER, REVIEW])
def test_an_objection_is_decided_by_nobody_who_worked_on_the_case(person):
    assert problem(CASE, CaseRole.OBJECTION_DECIDER, person) is FourEyesRule.HOLDS_OTHER_ROLE


def test_the_same_person_may_decide_a_second_objection_and_recommend_a_second_time():
    assert problem(CASE, CaseRole.OBJECTION_DECIDER, OBJECTION) is None
    assert problem(CASE, CaseRole.RECOMMENDER, RECOMMENDER) is None


def test_whether_a_clerk_may_recommend_is_for_the_policy():
    assert problem(CASE, CaseRole.RECOMMENDER, CLERK) is None
    assert problem(CASE, CaseRole.CLERK, RECOMMENDER) is None
    for role, person in ((CaseRole.RECOMMENDER, CLERK), (CaseRole.CLERK, RECOMMENDER)):
        found = problem(CASE, role, person, may_clerk_recommend=False)
        assert found is FourEyesRule.HOLDS_OTHER_ROLE
    assert problem(CASE, CaseRole.CLERK, CLERK, may_clerk_recommend=False) is None


def test_a_clerk_of_the_case_never_decides_it():
    assert problem(CASE, CaseRole.DECIDER, CLERK) is FourEyesRule.HOLDS_OTHER_ROLE
    assert problem(CASE, CaseRole.CLERK, DECIDER) is FourEyesRule.HOLDS_OTHER_ROLE


def test_a_recogniser_is_an_expert_and_may_not_judge_the_remedies():
    assert problem(CASE, CaseRole.RECOGNISER, STRANGER) is None
    assert problem(CASE, CaseRole.RECOGNISER, REVIEW) is FourEyesRule.HOLDS_OTHER_ROLE


@pytest.mark.parametrize("role", OFFICER_ROLES)
def test_a_stranger_may_take_any_part(role):
    check_four_eyes(CASE, role, STRANGER, TIES, may_clerk_recommend=False)


def test_no_refusal_names_a_person():
    with pytest.raises(FourEyesViolated) as refusal:
        check_four_eyes(CASE, CaseRole.DECIDER, DECIDER, TIES, may_clerk_recommend=True)
    assert str(DECIDER) not in str(refusal.value)
