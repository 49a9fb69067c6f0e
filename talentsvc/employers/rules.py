"""What may be registered of an employer, who may take which step, and how it is found by name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from talentsvc.core.credit_codes import check_credit_code
from talentsvc.core.errors import InvalidInput
from talentsvc.core.names import name_tokens
from talentsvc.core.transitions import TransitionTable
from talentsvc.employers.terms import (
    LONGEST_AUTHORISATION_YEARS,
    LONGEST_NAME,
    LONGEST_REASON,
    AgentState,
    AgentStep,
    ChangeState,
    ChangeStep,
    EmployerState,
    EmployerStep,
    Industry,
    Park,
)
from talentsvc.policy.terms import EmployerLevel, EmployerType

#: A refused registration is mended and sent again; one still waiting may be mended as well.
EMPLOYER_STEPS = TransitionTable(
    {
        (EmployerState.PENDING, EmployerStep.VERIFY): EmployerState.VERIFIED,
        (EmployerState.PENDING, EmployerStep.REFUSE): EmployerState.REFUSED,
        (EmployerState.PENDING, EmployerStep.MEND): EmployerState.PENDING,
        (EmployerState.REFUSED, EmployerStep.MEND): EmployerState.PENDING,
    }
)
AGENT_STEPS = TransitionTable(
    {
        (AgentState.PENDING, AgentStep.CONFIRM): AgentState.ACTIVE,
        (AgentState.PENDING, AgentStep.REFUSE): AgentState.REFUSED,
        (AgentState.PENDING, AgentStep.END): AgentState.ENDED,
        (AgentState.ACTIVE, AgentStep.END): AgentState.ENDED,
    }
)

CHANGE_STEPS = TransitionTable(
    {
        (ChangeState.OPEN, ChangeStep.ACCEPT): ChangeState.ACCEPTED,
        (ChangeState.OPEN, ChangeStep.REFUSE): ChangeState.REFUSED,
    }
)

#: Characters of a name from each position on that become search tokens.
_TAIL = 12
_CHINESE_RUN = re.compile("[^\\W_0-9A-Za-z]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerDetails:
    """What a registration says of an employer, checked by `check_employer`."""

    credit_code: str
    name: str
    employer_type: EmployerType
    level: EmployerLevel
    industry: Industry
    park: Park
    is_registered_in_zone: bool
    is_taxed_in_zone: bool


def check_employer(
    *,
    credit_code: str,
    name: str,
    employer_type: EmployerType,
    level: EmployerLevel,
    industry: Industry,
    park: Park,
    is_registered_in_zone: bool,
    is_taxed_in_zone: bool,
) -> EmployerDetails:
    """Return normalised details. Raises InvalidInput with the field and the reason."""
    return EmployerDetails(
        credit_code=check_credit_code(credit_code),
        name=checked_name(name),
        employer_type=employer_type,
        level=level,
        industry=industry,
        park=park,
        is_registered_in_zone=is_registered_in_zone,
        is_taxed_in_zone=is_taxed_in_zone,
    )


def checked_name(name: str) -> str:
    """Return a registered name in one form: NFC, single spaces, at least one letter or character."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if not tidy:
        raise InvalidInput("name", "missing")
    if len(tidy) > LONGEST_NAME:
        raise InvalidInput("name", "too_long")
    if not any(char.isalpha() for char in tidy) or any(
        unicodedata.category(char)[0] == "C" for char in tidy
    ):
        raise InvalidInput("name", "characters")
    return tidy


def checked_until(until: date | None, on: date) -> date:
    """Return the last day of an authorisation: today at the earliest, some years ahead at most."""
    if until is None:
        raise InvalidInput("authorised_until", "missing")
    if until < on:
        raise InvalidInput("authorised_until", "past")
    if until > latest_until(on):
        raise InvalidInput("authorised_until", "too_far", years=LONGEST_AUTHORISATION_YEARS)
    return until


def latest_until(on: date) -> date:
    """The last day that an authorisation given today may name; 29 February counts as the 28th."""
    year = on.year + LONGEST_AUTHORISATION_YEARS
    return on.replace(year=year, day=28) if (on.month, on.day) == (2, 29) else on.replace(year=year)


def checked_reason(reason: str) -> str:
    """Return the reason that the other side will read. Raises InvalidInput for none."""
    tidy = reason.strip()
    if not tidy:
        raise InvalidInput("reason", "missing")
    if len(tidy) > LONGEST_REASON:
        raise InvalidInput("reason", "too_long")
    return tidy


def company_tokens(name: str, credit_code: str) -> str:
    """Return the search tokens of a company: those of its name, of each tail of it, and its code.

    What people remember of a company stands in the middle of its name, behind the place; with the
    tails, prefix terms find it there in pinyin and initials too.
    """
    tokens = dict.fromkeys(name_tokens(name).split())
    for run in _CHINESE_RUN.findall(name):
        for start in range(1, len(run)):
            tokens.update(dict.fromkeys(name_tokens(run[start : start + _TAIL]).split()))
    tokens[credit_code.lower()] = None
    return " ".join(tokens)
