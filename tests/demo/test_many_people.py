"""`talentsvc demo --people N`: many invented people with valid numbers, any number of times."""

from sqlalchemy import func, select

from talentsvc.cards.models import Application
from talentsvc.core.identity_numbers import check_identity_number
from talentsvc.extensions.database import db
from talentsvc.people.models import IdentityDocument, Person
from tests.guarantees.commands import command, settings_of
from tests.guarantees.ground import NOON, Ground

MANY = 300


def counts(ground: Ground) -> tuple[int, int]:
    with ground.app.app_context():
        people, cases = (
            db.session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (Person, Application)
        )
        return people, cases


def test_people_are_added_each_time_and_each_has_a_case_and_a_valid_number(
    ground: Ground,
) -> None:
    environment = settings_of(ground)
    people, cases = counts(ground)
    for _ in range(2):
        assert command(environment, "demo", "--people", str(MANY)) == (
            0,
            f"{MANY} people added\n",
        )
    assert counts(ground) == (people + 2 * MANY, cases + 2 * MANY)
    with ground.app.app_context():
        newest = select(IdentityDocument).order_by(IdentityDocument.id.desc()).limit(20)
        for document in db.session.execute(newest).scalars():
            checked = check_identity_number(document.kind, document.number, on=NOON.date())
            assert checked.number == document.number


def test_without_a_count_or_a_subcommand_it_says_what_there_is(ground: Ground) -> None:
    code, said = command(settings_of(ground), "demo")
    assert code == 0
    assert "--people" in said
    assert "accounts" in said
    code, said = command(settings_of(ground), "demo", "--people", "0")
    assert code == 2
