"""What the window does beside the usual way of a case."""

from talentsvc.access.roles import Role
from talentsvc.cards.actions.check_in_person import Checked, check_in_person
from talentsvc.cards.filing import newest_copy
from talentsvc.cards.terms import OriginalSeen
from talentsvc.core.clock import now
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
