"""When a clerk checks in person because nobody of the employer may confirm (decisions.md, four eyes).

A founder cannot endorse himself: another agent does it, or a clerk who has seen him and the originals.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from talentsvc.cards.terms import InPersonCause


def in_person_cause(
    applicant_id: UUID,
    *,
    says_founder: bool,
    is_authorised_founder: bool,
    agent_ids: Collection[UUID],
) -> InPersonCause | None:
    """Return why a clerk may check this applicant in person, None where the employer has to answer.

    `says_founder` is the applicant's own answer, `is_authorised_founder` what an authorisation says,
    `agent_ids` whoever may act for the employer. Having no agent at all is no cause: then the
    employer has to name one.
    """
    if says_founder or is_authorised_founder:
        return InPersonCause.FOUNDER
    if set(agent_ids) == {applicant_id}:
        return InPersonCause.ONLY_AGENT
    return None
