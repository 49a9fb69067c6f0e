"""Whether the reviewer's findings carry a recommendation, and whether that carries an approval.

The rules suggest, a person decides, for an automated rejection is contestable (facts.md 8b, 22).
What a rule refuses cannot be approved without a written finding that says otherwise, and what a
rule leaves to a person, or asks only "generally", needs that person's reason (facts.md 8.2, last
rows of its table).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from talentsvc.cards.terms import FindingOutcome
from talentsvc.policy.terms import Hardness, Outcome

#: A reason shorter than this, in characters without blanks, explains nothing.
SHORTEST_REASON = 10

#: By the code of the criterion: what was found, and why.
Findings: TypeAlias = Mapping[str, tuple[FindingOutcome, str]]


@dataclass(frozen=True)
class Problem:
    """Why not: a stable code, and the criterion (or the choice among criteria) it is about."""

    code: str
    criterion_code: str = ""


def recommendation_problem(
    evaluation: Mapping[str, Any], findings: Findings, *, is_positive: bool
) -> Problem | None:
    """Return the first of `recommendation_problems`, None if there is none."""
    return next(_problems(evaluation, findings, is_positive), None)


def recommendation_problems(
    evaluation: Mapping[str, Any], findings: Findings, *, is_positive: bool
) -> tuple[Problem, ...]:
    """Return everything that keeps a recommendation from being made, in the order of the checklist.

    `evaluation` is the stored verdict as JSON: under `verdicts`, per criterion its `code`,
    `outcome`, `hardness`, and for alternatives `any_of` and `branch`. Codes:

    - `not_evaluated`: no verdicts are stored, so there is nothing to judge by;
    - `unknown_criterion`: a finding about something the rules do not ask;
    - `finding_missing`: a criterion that is no alternative has not been answered;
    - `reason_too_short`: the rule left it to a person, or the finding differs from the rule, or a
      soft criterion is set aside, without ten characters of reason;
    - `hard_not_met`, `choice_not_met`: the findings themselves forbid what is recommended.
    """
    return tuple(_problems(evaluation, findings, is_positive))


def approval_problem(
    evaluation: Mapping[str, Any], findings: Findings, *, is_recommended: bool
) -> Problem | None:
    """Return why the case cannot be approved on the findings on the table, None if it can.

    `not_recommended`: a decider of another opinion sends the case back, so that it never rests on
    one person's word. Else as for a positive recommendation, held against the newest verdicts.
    """
    if not is_recommended:
        return Problem("not_recommended")
    return recommendation_problem(evaluation, findings, is_positive=True)


def recognition_problem(
    evaluation: Mapping[str, Any], *, is_recognised: bool | None
) -> Problem | None:
    """Return why a case of a category with special recognition cannot be recommended positively.

    `is_recognised` is the talent office's latest answer, None when it has not been asked:
    `recognition_missing`, and `recognition_refused` when it said no. The reviewer's own word does
    not stand in for it (facts.md 1.4, third group; 8.2).
    """
    if not evaluation.get("needs_recognition") or is_recognised:
        return None
    return Problem("recognition_missing" if is_recognised is None else "recognition_refused")


def rejection_problem(*, reason: str, clause: str, remedy: str) -> Problem | None:
    """Return what a rejection lacks: `clause_missing`, `reason_too_short` or `remedy_missing`.

    Refusing in writing needs the ground in words, the clause it rests on, and what can be done
    against it until when (licence law art. 38 as model; facts.md 8.2).
    """
    if not clause.strip():
        return Problem("clause_missing")
    if _is_short(reason):
        return Problem("reason_too_short")
    return Problem("remedy_missing") if _is_short(remedy) else None


@dataclass(frozen=True)
class _Verdict:
    """What the rules said of one criterion."""

    code: str
    outcome: Outcome
    is_hard: bool
    any_of: str | None
    branch: str | None

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> _Verdict:
        # Unsaid means hard: nothing turns into a matter of opinion by being left out.
        hardness = Hardness(stored.get("hardness") or Hardness.HARD)
        return cls(
            stored["code"],
            Outcome(stored["outcome"]),
            hardness is Hardness.HARD,
            stored.get("any_of"),
            stored.get("branch"),
        )

    def stands(self, findings: Findings) -> bool:
        """Whether the findings let an approval rest on this criterion."""
        finding = findings.get(self.code)
        return finding is not None and (finding[0] is FindingOutcome.MET or not self.is_hard)

    def needs_reason(self, found: FindingOutcome, is_positive: bool) -> bool:
        """Whether this finding is a person's judgement rather than the rule's arithmetic."""
        is_set_aside = is_positive and not self.is_hard and found is FindingOutcome.NOT_MET
        return is_set_aside or found.value != self.outcome.value


def _problems(
    evaluation: Mapping[str, Any], findings: Findings, is_positive: bool
) -> Iterator[Problem]:
    verdicts = [_Verdict.read(stored) for stored in evaluation.get("verdicts") or ()]
    if not verdicts:
        yield Problem("not_evaluated")
        return
    known = {verdict.code for verdict in verdicts}
    yield from (Problem("unknown_criterion", code) for code in findings if code not in known)
    for verdict in verdicts:
        yield from _criterion_problems(verdict, findings, is_positive)
    if is_positive:
        yield from _choice_problems(verdicts, findings)


def _criterion_problems(
    verdict: _Verdict, findings: Findings, is_positive: bool
) -> Iterator[Problem]:
    finding = findings.get(verdict.code)
    if finding is None:
        # An alternative nobody relies on may stay open; whether one is met is asked per choice.
        if verdict.any_of is None:
            yield Problem("finding_missing", verdict.code)
        return
    found, reason = finding
    if is_positive and verdict.any_of is None and not verdict.stands(findings):
        yield Problem("hard_not_met", verdict.code)
    elif verdict.needs_reason(found, is_positive) and _is_short(reason):
        yield Problem("reason_too_short", verdict.code)


def _choice_problems(verdicts: list[_Verdict], findings: Findings) -> Iterator[Problem]:
    """A choice is met when all criteria of one of its branches are (policy.rules.shapes)."""
    branches: dict[str, dict[str | None, list[_Verdict]]] = {}
    for verdict in verdicts:
        if verdict.any_of is not None:
            branches.setdefault(verdict.any_of, {}).setdefault(verdict.branch, []).append(verdict)
    for choice, alternatives in branches.items():
        if not any(all(v.stands(findings) for v in branch) for branch in alternatives.values()):
            yield Problem("choice_not_met", choice)


def _is_short(text: str) -> bool:
    return len("".join(text.split())) < SHORTEST_REASON
