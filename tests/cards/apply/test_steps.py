"""Each step keeps what was typed, right or wrong, and tells what is wrong."""

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask

from talentsvc.cards.drafting import answers_of, draft_of
from talentsvc.core.identity_numbers import resident_number
from tests.cards import world
from tests.cards.apply.pages import Browser, hidden, step_path, typed
from tests.people.world import sent


def stored(app: Flask, case: world.MadeCase, step: str) -> dict[str, Any]:
    with app.app_context():
        return answers_of(draft_of(world.application_of(case))).get(step, {})


@pytest.fixture
def case(app: Flask) -> world.MadeCase:
    return world.make_draft(app)


@pytest.fixture
def applicant(app: Flask, case: world.MadeCase) -> Browser:
    return Browser(app, case.applicant)


WRONG = [
    ("category", {"category_code": ""}, "Choose the category you apply under."),
    ("category", {"category_code": "astronaut"}, "Choose the category you apply under."),
    ("identity", {"name": "张三3"}, "no digits or symbols"),
    (
        "identity",
        {"document_number": "130102199003071234"},
        "One of the characters is wrong",
    ),
    ("identity", {"document_number": "13010219900230123X"}, "does not exist"),
    ("identity", {"phone": "0311-85012345"}, "mainland mobile number"),
    ("identity", {"nationality": "FR"}, "does not fit the nationality"),
    ("identity", {"document_valid_until": "2020-01-01"}, "has expired"),
    ("education", {"graduated_on": "2031-06-30"}, "still to come"),
    ("education", {"study_mode": "abroad"}, "The school is in mainland China"),
    ("work", {"contract_end_on": "2023-01-01"}, "ends before it begins"),
    ("work", {"job_title": ""}, "Enter your position."),
    ("work", {"employer_id": "0190c0de-0000-7000-8000-000000000000"}, "not verified"),
]


@pytest.mark.parametrize(("step", "values", "sentence"), WRONG)
def test_bad_input_is_told_and_everything_typed_is_kept(
    app: Flask,
    case: world.MadeCase,
    applicant: Browser,
    step: str,
    values: dict[str, str],
    sentence: str,
) -> None:
    answers = typed(world.answers_for(case.company)[step] | values)
    page = applicant.get(step_path(case, step))
    response = applicant.post(step_path(case, step), version=hidden(page, "version"), **answers)
    assert response.status_code == 422
    assert sentence in response.text
    assert "data-error-summary" in response.text
    again = applicant.get(step_path(case, step))
    for name, value in values.items():
        assert stored(app, case, step)[name] == value
        if value and step != "category" and name != "employer_id":
            assert value in response.text
            assert value in again


def test_the_page_after_an_error_can_be_sent_again_at_once(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    answers = typed(world.answers_for(case.company)["education"])
    wrong = applicant.post(
        step_path(case, "education"), version="1", **answers | {"school_name": ""}
    )
    assert wrong.status_code == 422
    right = applicant.post(
        step_path(case, "education"), version=hidden(wrong.text, "version"), **answers
    )
    assert right.status_code == 303
    assert stored(app, case, "education")["school_name"] == "示例大学"


def test_a_valid_step_is_stored_in_its_usual_form(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    number = world.free_number()
    answers = world.answers_for(case.company, identity={"document_number": number})["identity"]
    response = applicant.post(
        step_path(case, "identity"),
        version="1",
        **answers | {"document_number": f" {number[:6]} {number[6:14]} {number[14:].lower()} "},
    )
    assert response.status_code == 303, response.text
    assert stored(app, case, "identity")["document_number"] == number
    education = typed(world.answers_for(case.company)["education"])
    applicant.post(
        step_path(case, "education"), version="2", **education | {"graduated_on": "2019年6月3日"}
    )
    assert stored(app, case, "education")["graduated_on"] == "2019-06-03"


def test_a_passport_needs_a_birth_date_and_a_resident_card_does_not(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    answers = world.answers_for(case.company)["identity"] | {
        "nationality": "FR",
        "document_kind": "passport",
        "document_number": "12AB34567",
    }
    response = applicant.post(step_path(case, "identity"), version="1", **answers)
    assert response.status_code == 422
    assert "Enter the date of birth." in response.text
    response = applicant.post(
        step_path(case, "identity"), version="2", **answers | {"birth_on": "1991-04-05"}
    )
    assert response.status_code == 303, response.text
    assert stored(app, case, "identity")["birth_on"] == "1991-04-05"


def test_autosave_keeps_anything_and_gives_the_next_version(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    headers = {"X-Autosave": "1", "X-Form-Id": "a" * 32, "Accept": "application/json"}
    response = applicant.client.post(
        step_path(case, "identity") + "/draft",
        data=sent(version="1", name="欧", document_number="13010", phone=""),
        headers=headers,
    )
    assert response.status_code == 200
    answer = json.loads(response.text)
    assert answer["fields"] == {"version": "2"}
    assert answer["saved_at"].endswith("Z")
    assert stored(app, case, "identity")["document_number"] == "13010"
    assert "欧" in applicant.get(step_path(case, "identity"))


def test_another_device_is_not_overwritten(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    answers = typed(world.answers_for(case.company)["education"])
    page = applicant.get(step_path(case, "education"))
    phone = Browser(app, case.applicant)
    phone.post(
        step_path(case, "education"), version="1", **answers | {"school_name": "手机上的大学"}
    )

    saved = applicant.client.post(
        step_path(case, "education") + "/draft",
        data=sent(version=hidden(page, "version"), **answers),
        headers={"Accept": "application/json"},
    )
    assert saved.status_code == 409
    assert "changed elsewhere" in json.loads(saved.text)["message"]

    response = applicant.post(
        step_path(case, "education"), version=hidden(page, "version"), **answers
    )
    assert response.status_code == 409
    assert "changed on another device" in response.text
    assert "手机上的大学" in response.text
    assert "示例大学" in response.text
    assert stored(app, case, "education")["school_name"] == "手机上的大学"

    # Pressed once more, knowingly: now it is kept.
    again = applicant.post(
        step_path(case, "education"), version=hidden(response.text, "version"), **answers
    )
    assert again.status_code == 303
    assert stored(app, case, "education")["school_name"] == "示例大学"


def test_leaving_keeps_what_was_typed_without_complaint(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    response = applicant.post(
        step_path(case, "identity"), version="1", name="欧", document_number="13", leave="1"
    )
    assert response.status_code == 303
    assert response.location == f"/applications/{case.application_id}"
    assert stored(app, case, "identity")["document_number"] == "13"


def test_two_steps_open_at_once_do_not_hinder_each_other(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    answers = world.answers_for(case.company)
    for step in ("education", "identity"):
        response = applicant.post(step_path(case, step), version="1", **typed(answers[step]))
        assert response.status_code == 303, response.text
    assert stored(app, case, "identity")["name"] == "欧阳䶮"


def test_an_employer_is_found_without_script_and_what_was_typed_stays(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    other = world.make_verified_employer(app, "石家庄虚构光电子有限公司", "吴经办")
    response = applicant.post(
        step_path(case, "work"), version="1", find="1", employer_query="xgdz", job_title="工程师"
    )
    assert response.status_code == 303
    page = applicant.get(response.location)
    assert "Nothing found for this" in page
    assert 'value="工程师"' in page
    response = applicant.post(
        step_path(case, "work"),
        version="2",
        find="1",
        employer_query="虚构光电",
        job_title="工程师",
    )
    page = applicant.get(response.location)
    assert other.name in page
    assert other.credit_code in page
    assert case.company.name not in page
    assert 'value="工程师"' in page


def test_only_what_the_category_reads_is_asked(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    applicant.post(step_path(case, "category"), version="1", category_code="full_time_bachelor")
    assert "title_level" not in applicant.get(step_path(case, "work"))
    applicant.post(step_path(case, "category"), version="2", category_code="title_or_scarce_trade")
    page = applicant.get(step_path(case, "work"))
    assert "title_level" in page
    assert "skill_level" in page


def test_known_data_are_not_asked_again_but_for_the_number(app: Flask) -> None:
    filed = world.make_filed_case(app)
    applicant = Browser(app, filed.applicant)
    applicant.post(f"/applications/{filed.application_id}/withdraw")
    response = applicant.post("/applications/start")
    page = applicant.get(response.location.replace("/category", "/identity"))
    assert 'value="欧阳䶮"' in page
    assert 'value="13812345678"' in page
    assert 'name="document_number" spellcheck="false" type="text" value=""' in page or (
        hidden(page, "document_number") == ""
    )


def test_a_number_nobody_can_have_is_refused_with_its_own_reason(
    case: world.MadeCase, applicant: Browser
) -> None:

    born_tomorrow = resident_number("139902", date(2099, 1, 1), 5)
    answers = world.answers_for(case.company)["identity"] | {"document_number": born_tomorrow}
    response = applicant.post(step_path(case, "identity"), version="1", **answers)
    assert response.status_code == 422
    assert "lies in the future" in response.text
