"""Who may take which part in a case (guarantee G3; decisions.md, "Who may do what").

Applicant, endorser, recommender, decider and whoever decides an objection or a review are pairwise
different persons; there is no exception for administrators. The database holds the same rule as
constraints; here it has words, and covers the earlier rounds of a case as well.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from talentsvc.cards.terms import CaseRole, FourEyesRule
from talentsvc.core.errors import FourEyesViolated

_R = CaseRole

#: Whoever holds one of these decides over what others did before.
_DECIDING = (_R.DECIDER, _R.OBJECTION_DECIDER, _R.REVIEW_DECIDER)
#: Whoever holds one of these must be new to the case.
_NEWCOMERS = (_R.OBJECTION_DECIDER, _R.REVIEW_DECIDER)

_PAIRWISE = combinations((_R.APPLICANT, _R.ENDORSER, _R.RECOMMENDER, *_DECIDING), 2)
#: Roles one person may not hold in one case, at any time of it. A clerk may endorse after checking
#: a founder in person; whether a clerk may recommend is a parameter.
_APART: frozenset[frozenset[CaseRole]] = frozenset(
    {
        *(frozenset(pair) for pair in _PAIRWISE),
        *(frozenset({_R.CLERK, deciding}) for deciding in _DECIDING),
        *(frozenset({_R.RECOGNISER, newcomer}) for newcomer in _NEWCOMERS),
    }
)

_CLERK_AND_RECOMMENDER = frozenset({_R.CLERK, _R.RECOMMENDER})


@dataclass(frozen=True, kw_only=True)
class Roles:
    """Who has held which part of a case so far, in all its rounds, by the ids of persons."""

    applicant: UUID
    endorsers: Collection[UUID] = frozenset()
    clerks: Collection[UUID] = frozenset()
    recognisers: Collection[UUID] = frozenset()
    recommenders: Collection[UUID] = frozenset()
    deciders: Collection[UUID] = frozenset()
    objection_deciders: Collection[UUID] = frozenset()
    review_deciders: Collection[UUID] = frozenset()

    def held_by(self, person_id: UUID) -> frozenset[CaseRole]:
        """Return every part this person has held."""
        holders = {
            _R.APPLICANT: (self.applicant,),
            _R.ENDORSER: self.endorsers,
            _R.CLERK: self.clerks,
            _R.RECOGNISER: self.recognisers,
            _R.RECOMMENDER: self.recommenders,
            _R.DECIDER: self.deciders,
            _R.OBJECTION_DECIDER: self.objection_deciders,
            _R.REVIEW_DECIDER: self.review_deciders,
        }
        return frozenset(role for role, persons in holders.items() if person_id in persons)


@dataclass(frozen=True, kw_only=True)
class Ties:
    """What else keeps an officer from a case.

    `kin`: persons declared as relatives of the applicant. `agents`: everybody who acts for the
    endorsing employer. `recused`: officers who stepped back from this case; any officer may.
    """

    kin: Collection[UUID] = frozenset()
    agents: Collection[UUID] = frozenset()
    recused: Collection[UUID] = frozenset()


def check_four_eyes(
    people: Roles,
    new_role: CaseRole,
    person_id: UUID,
    ties: Ties,
    *,
    may_clerk_recommend: bool,
) -> None:
    """Raise FourEyesViolated, with a `FourEyesRule` as its code, unless the person may take the role.

    `may_clerk_recommend` is the parameter ▲ `clerk_and_recommender_may_coincide`.
    """
    rule = four_eyes_problem(
        people, new_role, person_id, ties, may_clerk_recommend=may_clerk_recommend
    )
    if rule is not None:
        raise FourEyesViolated(rule.value, role=new_role.value)


def four_eyes_problem(
    people: Roles,
    new_role: CaseRole,
    person_id: UUID,
    ties: Ties,
    *,
    may_clerk_recommend: bool,
) -> FourEyesRule | None:
    """Return why the person may not take the role, None if nothing speaks against it.

    The same answer as `check_four_eyes`, for pages that offer officers or hide a button.
    """
    if person_id == people.applicant:
        # A founder who is his company's agent ends here too: he cannot endorse himself.
        return None if new_role is _R.APPLICANT else FourEyesRule.OWN_CASE
    acts_for_employer = new_role is _R.ENDORSER and person_id in ties.agents
    tie = None if acts_for_employer else _tie(person_id, ties)
    return tie or _clash(people.held_by(person_id), new_role, may_clerk_recommend)


def _tie(person_id: UUID, ties: Ties) -> FourEyesRule | None:
    """What forbids an officer any part in this case."""
    if person_id in ties.kin:
        return FourEyesRule.KIN_OF_APPLICANT
    if person_id in ties.agents:
        return FourEyesRule.AGENT_OF_EMPLOYER
    return FourEyesRule.RECUSED if person_id in ties.recused else None


def _clash(
    held: frozenset[CaseRole], new_role: CaseRole, may_clerk_recommend: bool
) -> FourEyesRule | None:
    """What the person has done in this case that forbids the new role."""
    if new_role is _R.DECIDER and _R.DECIDER in held:
        # Deciding a second time happens only after an upheld objection: by somebody else.
        return FourEyesRule.DECIDED_BEFORE
    if new_role is _R.REVIEW_DECIDER and held:
        return FourEyesRule.NOT_NEW_TO_CASE
    apart = _APART if may_clerk_recommend else _APART | {_CLERK_AND_RECOMMENDER}
    clashes = any(frozenset({new_role, role}) in apart for role in held)
    return FourEyesRule.HOLDS_OTHER_ROLE if clashes else None
