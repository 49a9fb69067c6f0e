"""The pre-check: questions anybody may answer, and a result that explains itself."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from talentsvc.policy import views
from tests.people.world import statements

GOOD = {
    "asked": "1",
    "age": "32",
    "education_level": "bachelor",
    "degree_status": "graduated",
    "study_mode": "full_time",
    "graduated": "2018-06",
    "title_level": "none",
    "skill_level": "none",
    "special_skill_claimed": "no",
    "employer_type": "company",
    "employer_level": "zone",
    "is_registered_in_zone": "yes",
    "is_taxed_in_zone": "yes",
    "workplace": "direct",
    "contract": "fixed",
    "is_insured_in_zone": "yes",
    "holds_higher_card": "no",
    "came_from_outside_city": "no",
}
pytestmark = pytest.mark.usefixtures("rule_set_id")


@pytest.fixture(params=["zh", "en"])
def reader(request: pytest.FixtureRequest, client: FlaskClient) -> FlaskClient:
    """A visitor in each language."""
    client.get(f"/language/{request.param}")
    return client


def ask(client: FlaskClient, **changes: object):
    return client.get("/precheck", query_string=GOOD | changes)


def nearest(page: str) -> str:
    """The first panel of the result."""
    found = re.search(r'<section class="panel[^>]*id="nearest".*?</section>', page, re.S)
    assert found, page[:500]
    return found[0]


def route(page: str, category: str) -> str:
    """One category of the result."""
    found = re.search(rf'<details class="panel" id="{category}".*?\n  </details>', page, re.S)
    assert found
    return found[0]


def test_the_questions_need_no_sign_in_and_no_token(reader: FlaskClient):
    answer = reader.get("/precheck")
    assert answer.status_code == 200
    assert 'name="age"' in answer.text
    assert "csrf_token" not in answer.text
    assert "form_id" not in answer.text
    assert "error-summary-title" not in answer.text
    assert re.search(r'<form method="get" action="/precheck"', answer.text)


def test_a_qualified_bachelor_is_shown_the_way_to_apply(reader: FlaskClient):
    answer = ask(reader)
    assert answer.status_code == 200
    assert 'href="/applications' in nearest(answer.text)
    bachelor = route(answer.text, "full_time_bachelor")
    assert "pill-met" in bachelor
    assert "2018-06" in bachelor
    # A choice that is met shows the way taken; the ways not needed are folded away.
    assert "pill-refused" not in re.sub(r"<details>.*?</details>", "", bachelor, flags=re.S)
    # Every category of every tier is there to be looked at.
    assert answer.text.count('<details class="panel"') == 15


def test_each_criterion_shows_value_threshold_and_clause(client: FlaskClient):
    client.get("/language/en")
    page = ask(client, age="36").text
    shown = " ".join(re.sub(r"<[^>]+>", " ", nearest(page)).split())
    assert "Generally not over 35 years old on the day of filing Example, article 10" in shown
    assert "A person decides Actual: 36 years old Required: 35 years old at most" in shown


def test_the_page_says_that_the_policy_is_an_example(client: FlaskClient):
    client.get("/language/en")
    for page in (client.get("/precheck").text, ask(client).text):
        assert "These are example rules, not rules of the zone." in page
    assert "Example policy: rules for the talent green card (2026), version 2." in page


def test_what_is_missing_is_named(client: FlaskClient):
    client.get("/language/en")
    page = ask(client, contract="none", is_taxed_in_zone="").text
    shown = nearest(page)
    assert shown.count("To be supplied") == 2
    assert "The company is taxed in the zone" in shown
    assert "A fixed-term contract that still runs" in shown


def test_a_provincial_employer_is_told_why(client: FlaskClient):
    client.get("/language/en")
    shown = nearest(ask(client, employer_level="provincial").text)
    assert "you do not qualify yet" in shown
    assert "The employer is not a central, provincial or city unit" in shown
    assert "Actual: Province" in shown
    assert "/applications" not in shown


def test_the_city_decides_its_own_cards(client: FlaskClient):
    client.get("/language/en")
    shown = nearest(
        ask(
            client,
            came_from_outside_city="yes",
            employer_level="central",
            listings="hebei_elite_plan",
        ).text
    )
    assert "B card" in shown
    assert "decided by the city" in shown
    assert "/applications" not in shown


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"age": ""}, "Enter your age."),
        ({"age": "15"}, "Enter your age in full years, from 16 to 99."),
        ({"age": "young"}, "Enter your age in full years, from 16 to 99."),
        ({"education_level": ""}, "Choose your highest education."),
        ({"education_level": "genius"}, "Choose one of the answers on the page."),
        ({"listings": "top_secret"}, "Choose one of the answers on the page."),
        ({"title_level": "king"}, "Choose one of the answers on the page."),
        ({"graduated": "2018"}, "Enter year and month of graduation"),
        ({"graduated": "2999-01"}, "Enter year and month of graduation"),
        ({"began": "soon"}, "Enter year and month of your first day of work"),
        ({"granted_patents": "many"}, "Enter the number of patents, 0 to 999."),
    ],
)
def test_a_wrong_answer_is_explained_and_the_others_are_kept(
    client: FlaskClient, changes: dict[str, str], message: str
):
    client.get("/language/en")
    answer = ask(client, **changes)
    assert answer.status_code == 422
    assert message in answer.text
    assert "error-summary-title" in answer.text
    kept = {"graduated": "2018-06", "age": "32"} | changes
    assert f'value="{kept["graduated"]}"' in answer.text
    assert re.search(r'<option selected value="company">', answer.text)


def test_the_answers_can_be_changed(client: FlaskClient):
    page = ask(client, listings="a_rated_discipline").text
    back = re.search(r'href="(/precheck\?[^"]+)"', page)
    assert back
    address = back[1].replace("&amp;", "&")
    assert "asked" not in address
    questions = client.get(address)
    assert questions.status_code == 200
    assert 'value="32"' in questions.text
    assert 'value="a_rated_discipline" checked' in questions.text


def test_the_same_address_gives_the_same_page_and_writes_nothing(app: Flask, client: FlaskClient):
    first = ask(client).text
    with statements(app) as sent:
        second = ask(client).text
    assert _without_nonces(second) == _without_nonces(first)
    # The version in force; its content was read before and never changes.
    assert len([one for one in sent if "rule_set" in one]) == 1
    assert not [one for one in sent if one.split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def _without_nonces(page: str) -> str:
    return re.sub(r'nonce="[^"]*"', "", page)


def test_strange_addresses_do_no_harm(client: FlaskClient):
    for query in ("asked=1&age=32&age=5&education_level=bachelor", "a=" + "9" * 3000, "asked"):
        assert client.get(f"/precheck?{query}").status_code in {200, 422}
    hostile = client.get("/precheck?asked=1&age=%22%3E%3Cscript%3E")
    assert hostile.status_code == 422
    assert "<script>" not in hostile.text.split("</head>")[1]


def test_without_rules_the_page_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(views, "rule_set_in_force", lambda _on: None)
    client.get("/language/en")
    answer = client.get("/precheck")
    assert answer.status_code == 200
    assert "No rules are in force yet" in answer.text
    assert '<form method="get" action="/precheck"' not in answer.text
