"""From the first page to the employer's confirmation, through the pages alone."""

import re
from itertools import pairwise

from flask import Flask

from talentsvc.cards.following import standing_of
from talentsvc.cards.terms import ApplicationState, EndorsementOutcome
from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.people.models import ConsentRecord, IdentityDocument, Person
from tests.cards import world
from tests.cards.apply.pages import CONSENTS, PDF_ITEMS, Browser, hidden, step_path, typed
from tests.files.samples import jpeg, pdf


def begin(applicant: Browser) -> str:
    """Press the button on the list; returns the application's path."""
    assert "No application yet" in applicant.get("/applications")
    response = applicant.post("/applications/start")
    assert response.status_code == 303
    assert response.location.endswith("/category")
    return response.location.removesuffix("/category")


def fill_in(applicant: Browser, path: str, company: world.Company) -> None:
    """Each step in turn; every answer leads on to the next one."""
    steps = ["category", "identity", "education", "work", "evidence"]
    answers = world.answers_for(company)
    for step, following in pairwise(steps):
        page = applicant.get(f"{path}/{step}")
        response = applicant.post(
            f"{path}/{step}", version=hidden(page, "version"), **typed(answers[step])
        )
        assert response.status_code == 303, response.text
        assert response.location == f"{path}/{following}"


def bring_papers(applicant: Browser, path: str) -> None:
    files = {item: (f"{item}.pdf", pdf()) for item in PDF_ITEMS}
    files |= {
        "id_document_front": ("正面.jpg", jpeg(900, 600)),
        "id_document_back": ("反面.jpg", jpeg(900, 600, "blue")),
        "portrait": ("照片.jpg", jpeg(600, 800)),
    }
    assert "papers are still missing" in applicant.get(f"{path}/evidence")
    for item, (name, data) in files.items():
        response = applicant.upload(f"{path}/evidence/{item}", name, data)
        assert response.status_code == 303, response.text
    assert "Every paper that is needed is here" in applicant.get(f"{path}/evidence")


def test_from_the_first_page_to_the_employers_confirmation(app: Flask) -> None:
    world.load_rules(app)
    company = world.make_verified_employer(app)
    someone = world.make_account(app)
    applicant = Browser(app, someone)

    path = begin(applicant)
    fill_in(applicant, path, company)
    bring_papers(applicant, path)

    page = applicant.get(f"{path}/check")
    assert "欧阳䶮" in page
    assert company.name in page
    assert re.search(r"139\*{13}\w\w", page)
    assert "Example policy" in page
    assert "still open" not in page
    response = applicant.post(f"{path}/check", version=hidden(page, "version"), **CONSENTS)
    assert response.status_code == 303, response.text
    receipt = applicant.get(response.location)
    assert "Your application is on its way" in receipt
    assert re.search(r"GXS-2\d{3}-\d+-\w", receipt)

    agent = Browser(app, company.agent)
    listed = agent.get("/employers/endorsements")
    assert "欧阳䶮" in listed
    question = re.search(r"/employers/endorsements/[0-9a-f-]{36}", listed)
    assert question
    page = agent.get(question[0])
    assert "研发工程师" in page
    assert "13812345678" not in page
    response = agent.post(
        f"{question[0]}/confirm", copy_sha256=hidden(page, "copy_sha256"), is_true="y"
    )
    assert response.status_code == 303, response.text
    assert "Nothing waits for you" in agent.get("/employers/endorsements")

    page = applicant.get(path)
    assert "Being checked for completeness" in page
    assert "Confirmed by the employer, received" in page
    check_rows(app, path, company)


def check_rows(app: Flask, path: str, company: world.Company) -> None:
    """What the database holds in the end."""
    with app.app_context():
        application = db.session.execute(db.select(world.Application)).scalar_one()
        assert path.endswith(str(application.id))
        assert application.state is ApplicationState.RECEIVED
        assert application.endorser_person_id == company.agent.person_id
        assert standing_of(application, now()).deadline is not None
        person = db.session.get(Person, application.person_id)
        assert person is not None
        assert person.name == "欧阳䶮"
        documents = db.session.execute(
            db.select(IdentityDocument).where(IdentityDocument.person_id == person.id)
        ).scalars()
        assert len(list(documents)) == 1
        endorsement = db.session.execute(db.select(world.Endorsement)).scalar_one()
        assert endorsement.outcome is EndorsementOutcome.ENDORSED
        given = db.session.execute(db.select(ConsentRecord.purpose)).scalars()
        assert len(list(given)) == 4


def test_a_case_made_by_the_world_shows_on_every_page(app: Flask) -> None:
    case = world.make_case_to_correct(app)
    applicant = Browser(app, case.applicant)
    page = applicant.get(f"/applications/{case.application_id}")
    assert "学位证书照片看不清" in page
    assert "Correct now" in page
    assert "学校名称与证书不一致" in applicant.get(step_path(case, "education"))
    assert "does not list this step" in applicant.get(step_path(case, "work"))
    assert "Mend this" in applicant.get(step_path(case, "correction"))
    assert "The one-time notice says" in applicant.get(step_path(case, "evidence"))
