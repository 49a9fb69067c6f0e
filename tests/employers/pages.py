"""What browsers send to the pages of employers, and what the tests read from the answers."""

import io
import re

from sqlalchemy import func, select

from talentsvc.core.clock import now
from talentsvc.employers.actions.ask_for_authorisation import ask_for_authorisation
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.employers.world import clerk_actor, code, in_days
from tests.files.samples import jpeg, pdf
from tests.people.world import sent


def paper(data: bytes | None = None, name: str = "执照.pdf"):
    return io.BytesIO(pdf() if data is None else data), name


def registration(**changed):
    values = sent(
        credit_code=code(501),
        name="石家庄示例生物有限公司",
        employer_type="company",
        level="zone",
        industry="biomedicine",
        park="biomedicine_park",
        is_registered_in_zone="y",
        is_taxed_in_zone="y",
        authorised_until=in_days(365).isoformat(),
        licence=paper(),
        letter=paper(jpeg(), "授权书.jpg"),
    )
    values.update(changed)
    return {name: value for name, value in values.items() if value is not None}


def rows(app, model) -> int:
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(model)).scalar_one()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, f"no hidden field {name}"
    return found[1]


def ask(app, employer_id, who, until=None):
    with app.app_context(), unit_of_work():
        actor = clerk_actor(app, who)
        return ask_for_authorisation(
            employer_id,
            person_id=who.person_id,
            until=until or in_days(90),
            is_founder=False,
            authorisation_file_id=None,
            actor=actor,
            at=now(),
        ).id
