"""What the window does beside the usual way of a case."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.roles import Role
from talentsvc.cards.actions.check_in_person import Checked, check_in_person
from talentsvc.cards.actions.delete_image import delete_image
from talentsvc.cards.actions.fulfil_pledge import fulfil_pledge
from talentsvc.cards.actions.give_pledge import give_pledge
from talentsvc.cards.actions.record_pledge import record_pledge
from talentsvc.cards.actions.take_pledge_back import take_pledge_back
from talentsvc.cards.actions.watch_pledges import note_overdue_pledge, remind_of_pledge
from talentsvc.cards.filing import newest_copy
from talentsvc.cards.models import Evidence, Pledge
from talentsvc.cards.terms import ApplicationState, OriginalSeen
from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from tests.guarantees.ground import Ground, MadeCase
from tests.guarantees.scenarios.cards import REASON
from tests.guarantees.scenarios.registry import scenario


def checked(case: MadeCase, *, is_confirmed: bool = True) -> Checked:
    """What a clerk finds when the applicant stands at the window; inside an application context."""
    copy = newest_copy(case.id)
    assert copy is not None
    return Checked(
        is_confirmed=is_confirmed,
        copy_sha256=copy.sha256,
        originals=(OriginalSeen.IDENTITY_DOCUMENT, OriginalSeen.BUSINESS_LICENCE),
        place="综合窗口",
        seen="本人到场，证照原件与填报一致。",
        reason=REASON,
    )


@scenario
def check_a_founder_in_person(ground: Ground) -> None:
    case, clerk = ground.people.founder_case, ground.officer(Role.CLERK)
    check_in_person(case.id, checked=checked(case), actor=clerk, at=now())


@scenario
def decline_a_founder_in_person(ground: Ground) -> None:
    case, clerk = ground.people.founder_case, ground.officer(Role.CLERK)
    found = checked(case, is_confirmed=False)
    check_in_person(case.id, checked=found, actor=clerk, at=now())


def pledge_of(ground: Ground) -> UUID:
    """The pledge of the ground's pledged case; inside an application context."""
    statement = select(Pledge.id).where(Pledge.application_id == ground.people.pledged_case.id)
    return db.session.execute(statement).scalar_one()


@scenario
def pledge_a_paper(ground: Ground) -> None:
    case = ground.case(ApplicationState.DRAFT)
    actor = ground.actor(case.applicant)
    give_pledge(case.id, "insurance_proof", words=REASON, actor=actor, at=now())


@scenario
def take_a_pledge_back(ground: Ground) -> None:
    case = ground.case(ApplicationState.DRAFT)
    actor = ground.actor(case.applicant)
    give_pledge(case.id, "insurance_proof", words=REASON, actor=actor, at=now())
    take_pledge_back(case.id, "insurance_proof", actor=actor, at=now())


@scenario
def take_a_pledge_in_at_the_window(ground: Ground) -> None:
    case, clerk = ground.case(ApplicationState.RECEIVED), ground.officer(Role.CLERK)
    record_pledge(case.id, item_code="insurance_proof", words=REASON, actor=clerk, at=now())


@scenario
def see_the_pledged_paper(ground: Ground) -> None:
    case, clerk = ground.people.pledged_case, ground.officer(Role.CLERK)
    fulfil_pledge(case.id, pledge_of(ground), note=REASON, actor=clerk, at=now())


@scenario
def note_that_a_pledge_is_overdue(ground: Ground) -> None:
    assert note_overdue_pledge(pledge_of(ground), at=now() + timedelta(days=60))


@scenario
def recall_a_pledged_paper(ground: Ground) -> None:
    due_on = db.session.get_one(Pledge, pledge_of(ground)).due_on
    assert due_on is not None
    days = (due_on - now().date()).days
    assert remind_of_pledge(pledge_of(ground), at=now() + timedelta(days=days - 3))


def image_of(case: MadeCase) -> UUID:
    """A sensitive image of a case; inside an application context."""
    statement = (
        select(Evidence.id)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .where(Evidence.application_id == case.id, StoredFile.is_sensitive.is_(True))
    )
    return db.session.execute(statement.limit(1)).scalar_one()


@scenario
def delete_an_image_that_was_kept_long_enough(ground: Ground) -> None:
    evidence_id = image_of(ground.case(ApplicationState.DELIVERED))
    assert delete_image(evidence_id, at=now() + timedelta(days=365))
