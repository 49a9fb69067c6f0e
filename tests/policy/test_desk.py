"""The desk's view of the rules: every number with where it comes from, for those who may see it."""

import re
from html import unescape
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from talentsvc.access.roles import Role
from tests.people.world import officer, sign_in, someone
from tests.policy.applicants import RULES


@pytest.fixture
def clerk(app: Flask, client: FlaskClient) -> FlaskClient:
    """A clerk at the desk, reading English."""
    sign_in(app, client, officer(app, Role.CLERK))
    client.get("/language/en")
    return client


def words(page: str) -> str:
    """The text of a page."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def test_the_list_shows_the_version_in_force(clerk: FlaskClient, rule_set_id: UUID):
    page = clerk.get("/desk/policy/")
    assert page.status_code == 200
    assert f'href="/desk/policy/{rule_set_id}"' in page.text
    shown = words(page.text)
    assert "demo-2026" in shown
    assert "In force" in shown
    assert "Example policy" in shown


def test_a_version_shows_every_parameter_with_its_origin(clerk: FlaskClient, rule_set_id: UUID):
    page = clerk.get(f"/desk/policy/{rule_set_id}")
    assert page.status_code == 200
    shown = words(page.text)
    for parameter in RULES.parameters:
        assert f"{parameter.text_en} {parameter.name}" in shown
        assert parameter.origin in shown
    assert "Length of the public notice notice_length 5 working days facts 2.1, 8.2" in shown
    assert "correction_reminders 7, 1 calendar days design" in shown
    assert RULES.content_digest in shown


def test_a_version_shows_criteria_alternatives_and_evidence(clerk: FlaskClient, rule_set_id: UUID):
    shown = words(clerk.get(f"/desk/policy/{rule_set_id}").text)
    for tier in RULES.tiers:
        for category in tier.categories:
            assert category.title_en in shown
            for criterion in category.criteria:
                assert criterion.text_en in shown
            for item in category.evidence:
                assert item.text_en in shown
    assert "age_35 35 years old at most A person may make an exception" in shown
    assert "60 days after the case is closed" in shown
    assert "on the day of filing" in shown


def test_a_version_in_chinese(app: Flask, client: FlaskClient, rule_set_id: UUID):
    sign_in(app, client, officer(app, Role.CLERK))
    shown = words(client.get(f"/desk/policy/{rule_set_id}").text)
    assert "示例 第7条" in shown
    assert "全日制本科及以上学历人才" in shown


def test_unknown_versions_do_not_exist(clerk: FlaskClient):
    assert clerk.get(f"/desk/policy/{uuid4()}").status_code == 404
    assert clerk.get("/desk/policy/demo-2026").status_code == 404


def test_only_the_staff_may_look(app: Flask, client: FlaskClient, rule_set_id: UUID):
    for path in ("/desk/policy/", f"/desk/policy/{rule_set_id}"):
        assert client.get(path).status_code == 303
    sign_in(app, client, someone(app))
    for path in ("/desk/policy/", f"/desk/policy/{rule_set_id}"):
        assert client.get(path).status_code == 403
