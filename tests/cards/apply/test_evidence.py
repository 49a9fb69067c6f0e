"""Papers: several files an item, each checked by itself, seen again, replaced, taken back."""

import io
import json
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from talentsvc.cards.evidencing import files_of
from talentsvc.cards.models import Evidence
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.models import StoredFile
from talentsvc.files.terms import FilePurpose, ScanState
from tests.cards import world
from tests.cards.apply.pages import Browser, step_path
from tests.files.samples import jpeg, pdf
from tests.people.world import sent


@pytest.fixture
def case(app: Flask) -> world.MadeCase:
    made = world.make_draft(app)
    world.fill_in(app, made)
    return made


@pytest.fixture
def applicant(app: Flask, case: world.MadeCase) -> Browser:
    return Browser(app, case.applicant)


def held(app: Flask, case: world.MadeCase, item: str) -> list[StoredFile]:
    with app.app_context():
        found = [e.file for e in files_of(case.application_id) if e.evidence.item_code == item]
        db.session.expunge_all()
        return found


def script(browser: Browser, path: str, name: str, data: bytes) -> tuple[int, dict]:
    response = browser.client.post(
        path,
        data=sent(files=(io.BytesIO(data), name)),
        headers={"Accept": "application/json", "X-Form-Id": "b" * 32},
    )
    return response.status_code, json.loads(response.text)


def test_the_script_gets_the_file_and_the_next_form_id(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    path = step_path(case, "evidence/contract")
    status, answer = script(applicant, path, "合同.pdf", pdf(pages=2))
    assert status == 201
    assert answer["file"]["name"] == "合同.pdf"
    assert answer["file"]["scan_state"] == "waiting"
    assert len(answer["form_id"]) >= 16
    stored = held(app, case, "contract")[0]
    assert stored.media_type == "application/pdf"
    assert stored.holder_account_id == case.applicant.account_id
    assert answer["file"]["remove_href"] in applicant.get(step_path(case, "evidence"))


def test_a_refused_file_says_why_and_loses_nothing(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    path = step_path(case, "evidence/contract")
    script(applicant, path, "合同.pdf", pdf())
    status, answer = script(applicant, path, "病毒.exe", b"MZ" + b"\0" * 200)
    assert status == 422
    assert "not accepted here" in answer["message"]
    assert answer["form_id"]
    assert len(held(app, case, "contract")) == 1


def test_without_script_several_files_come_at_once_and_only_the_bad_one_is_left_out(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    files = [
        (io.BytesIO(pdf()), "第一页.pdf"),
        (io.BytesIO(b""), "空的.pdf"),
        (io.BytesIO(jpeg(800, 600)), "第二页.jpg"),
    ]
    response = applicant.client.post(step_path(case, "evidence/contract"), data=sent(files=files))
    assert response.status_code == 422
    assert "空的.pdf: This file is empty" in response.text
    assert {file.original_name for file in held(app, case, "contract")} == {
        "第一页.pdf",
        "第二页.jpg",
    }


def test_an_item_takes_no_more_files_than_it_has_room_for(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    world.add_papers(app, case, ("insurance_proof",) * 3)
    status, answer = script(
        applicant, step_path(case, "evidence/insurance_proof"), "第四个.pdf", pdf()
    )
    assert status == 422
    assert "no room" in answer["message"]
    assert len(held(app, case, "insurance_proof")) == 3


def test_an_item_for_one_file_is_replaced_and_a_refused_one_leaves_the_old(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    path = step_path(case, "evidence/portrait")
    assert applicant.upload(path, "旧.jpg", jpeg(600, 800)).status_code == 303
    assert applicant.upload(path, "小.jpg", jpeg(40, 50)).status_code == 422
    assert [file.original_name for file in held(app, case, "portrait")] == ["旧.jpg"]
    assert applicant.upload(path, "新.jpg", jpeg(700, 900, "blue")).status_code == 303
    kept = held(app, case, "portrait")
    assert [file.original_name for file in kept] == ["新.jpg"]
    assert (kept[0].width, kept[0].height) == (358, 441)
    assert kept[0].purpose is FilePurpose.PORTRAIT


def test_a_file_taken_back_before_filing_is_gone_for_good(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    world.add_papers(app, case, ("diploma",))
    with app.app_context():
        entry = files_of(case.application_id)[0]
        evidence_id, file_id = entry.evidence.id, entry.file.id
    response = applicant.post(step_path(case, f"evidence/files/{evidence_id}/remove"))
    assert response.status_code == 303
    assert held(app, case, "diploma") == []
    with app.app_context():
        assert db.session.get(StoredFile, file_id).removed_at is not None
        assert db.session.get(Evidence, evidence_id).removed_at is not None
    again = applicant.post(step_path(case, f"evidence/files/{evidence_id}/remove"))
    assert again.status_code == 404


def test_after_filing_nothing_can_be_added_or_removed(app: Flask) -> None:
    case = world.make_filed_case(app)
    applicant = Browser(app, case.applicant)
    response = applicant.upload(step_path(case, "evidence/diploma"), "晚.pdf", pdf())
    assert response.status_code == 409
    with app.app_context():
        evidence_id = files_of(case.application_id)[0].evidence.id
        before = len(files_of(case.application_id))
    response = applicant.post(step_path(case, f"evidence/files/{evidence_id}/remove"))
    assert response.status_code == 409
    with app.app_context():
        assert len(files_of(case.application_id)) == before
        assert db.session.execute(select(StoredFile)).scalars().all()


def test_an_item_nobody_asks_of_the_applicant_is_not_there(
    case: world.MadeCase, applicant: Browser
) -> None:
    for item in ("employer_licence", "no_such_item", "../etc"):
        response = applicant.upload(step_path(case, f"evidence/{item}"), "a.pdf", pdf())
        assert response.status_code == 404


def test_a_clean_file_is_seen_and_downloaded_and_the_look_is_written_down(
    app: Flask, case: world.MadeCase, applicant: Browser, owner_connection
) -> None:
    world.add_papers(app, case, ("diploma",))
    with app.app_context():
        evidence_id = files_of(case.application_id)[0].evidence.id
    path = step_path(case, f"evidence/files/{evidence_id}")
    assert f"{path}/page-1" in applicant.get(path)
    picture = applicant.client.get(f"{path}/page-1")
    assert picture.status_code == 200
    assert picture.data.startswith(b"\x89PNG")
    original = applicant.client.get(f"{path}/original")
    assert original.data == pdf()
    assert original.headers["Content-Disposition"].startswith("attachment")
    looks = owner_connection.execute(
        "SELECT detail FROM access_log WHERE subject_id = %s", [case.application_id]
    ).fetchall()
    assert {detail for (detail,) in looks} == {"diploma/page-1", "diploma/original"}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ScanState.WAITING, "Not checked for viruses yet"),
        (ScanState.INFECTED, "This file cannot be opened"),
    ],
)
def test_an_unchecked_file_is_not_given_out(
    app: Flask, case: world.MadeCase, applicant: Browser, state: ScanState, words: str
) -> None:
    world.add_papers(app, case, ("diploma",), scan_state=state)
    with app.app_context():
        evidence_id = files_of(case.application_id)[0].evidence.id
    path = step_path(case, f"evidence/files/{evidence_id}")
    assert words in applicant.get(path)
    assert applicant.client.get(f"{path}/original").status_code == 409


def test_an_infected_file_does_not_count_as_a_paper(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    world.add_papers(app, case)
    assert "Every paper that is needed is here" in applicant.get(step_path(case, "evidence"))
    with app.app_context(), unit_of_work():
        entry = files_of(case.application_id)[0]
        entry.file.scan_state = ScanState.INFECTED
    page = applicant.get(step_path(case, "evidence"))
    assert "1 paper is still missing" in page
    assert "Refused: unsafe file" in page


def test_papers_of_another_category_are_shown_apart_and_not_filed(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    world.add_papers(app, case)
    with app.app_context(), unit_of_work():
        row = db.session.execute(
            select(Evidence).where(Evidence.item_code == "diploma")
        ).scalar_one()
        row.item_code = "patent_certificates"
    page = applicant.get(step_path(case, "evidence"))
    assert "Not needed for your category" in page
    world.add_papers(app, case, ("diploma",))
    world.file_application(app, case)
    with app.app_context():
        copy = world.newest_copy(case.application_id)
        filed = {entry["item"] for entry in json.loads(copy.content_json)["evidence"]}
    assert "diploma" in filed
    assert "patent_certificates" not in filed


def test_one_of_a_group_is_enough_and_a_founder_brings_a_proof(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    answers = world.answers_for(case.company, category={"category_code": "title_or_scarce_trade"})
    answers["work"] |= {
        "title_level": "middle",
        "title_issued_on": "2022-01-01",
        "skill_level": "none",
        "is_founder": True,
    }
    world.fill_in(app, case, answers)
    page = applicant.get(step_path(case, "evidence"))
    assert "One of these is enough" in page
    assert "Proof of having founded the company" in page
    world.add_papers(app, case, ("title_certificate",))
    missing = applicant.get(step_path(case, "evidence")).split("still missing")[1]
    assert "Certificate of a vocational skill grade" not in missing.split("</ul>")[0]


def test_ids_are_never_mixed_between_cases(app: Flask, case: world.MadeCase) -> None:
    other = world.make_filed_case(app)
    stranger = Browser(app, other.applicant)
    world.add_papers(app, case, ("diploma",))
    with app.app_context():
        evidence_id: UUID = files_of(case.application_id)[0].evidence.id
    # Through one's own case to somebody else's file.
    path = step_path(other, f"evidence/files/{evidence_id}")
    assert stranger.client.get(path).status_code == 404
    assert stranger.client.get(f"{path}/original").status_code == 404
    assert stranger.post(f"{path}/remove").status_code == 404
