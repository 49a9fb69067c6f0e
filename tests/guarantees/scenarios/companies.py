"""Corrections of a verified company: asked for by its agent, checked by somebody else."""

from dataclasses import replace
from uuid import UUID

from talentsvc.access.roles import Role
from talentsvc.core.clock import now
from talentsvc.demo.papers import paper, store
from talentsvc.employers.actions.accept_change import accept_change
from talentsvc.employers.actions.ask_for_change import ask_for_change
from talentsvc.employers.actions.refuse_change import refuse_change
from talentsvc.employers.changing import as_details, as_stored
from talentsvc.employers.models import Employer
from talentsvc.extensions.database import db
from talentsvc.files.terms import FilePurpose
from tests.guarantees.ground import Ground
from tests.guarantees.scenarios.cards import REASON
from tests.guarantees.scenarios.registry import scenario


def change_of(ground: Ground) -> tuple[UUID, UUID]:
    """The ground's company with a correction that waits, and the correction."""
    return UUID(ground.people.employers[2]), UUID(ground.people.pending_change)


@scenario
def ask_for_a_correction(ground: Ground) -> None:
    employer = db.session.get_one(Employer, UUID(ground.people.employers[0]))
    account_id = UUID(ground.people.agents[0].account_id)
    licence = store(paper("licence"), FilePurpose.LICENCE, account_id=account_id, at=now())
    former = as_details(employer.credit_code, as_stored(employer))
    ask_for_change(
        employer.id,
        replace(former, name=f"{employer.name}集团"),
        licence_file_id=licence.id,
        expected_version=employer.version,
        actor=ground.agent(0),
        at=now(),
    )


@scenario
def accept_a_correction(ground: Ground) -> None:
    employer_id, change_id = change_of(ground)
    clerk = ground.officer(Role.CLERK)
    accept_change(employer_id, change_id, expected_version=None, actor=clerk, at=now())


@scenario
def refuse_a_correction(ground: Ground) -> None:
    employer_id, change_id = change_of(ground)
    clerk = ground.officer(Role.CLERK)
    refuse_change(
        employer_id, change_id, reason=REASON, expected_version=None, actor=clerk, at=now()
    )
