"""Another person's application does not exist, on any of its routes; a visitor is asked to sign in."""

import secrets

import pytest
from flask import Flask

from talentsvc.cards.evidencing import files_of
from talentsvc.cards.terms import ApplicationState
from tests.cards import world
from tests.cards.apply.pages import CONSENTS, Browser, typed

STEPS = ("category", "identity", "education", "work")


def routes(app: Flask) -> list[tuple[str, str]]:
    """Every route of an application with its method; a new one is tried without being listed here."""
    return [
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("cards.") and "application_id" in rule.arguments
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


def filled(rule: str, case: world.MadeCase, evidence_id: object) -> list[str]:
    path = rule.replace("<uuid:application_id>", str(case.application_id))
    path = path.replace("<uuid:evidence_id>", str(evidence_id))
    path = path.replace("<int:sequence>", "2").replace("<variant>", "original")
    path = path.replace("<item>", "diploma")
    step = "<any(category, identity, education, work):step>"
    return [path.replace(step, each) for each in STEPS] if step in path else [path]


@pytest.fixture
def case(app: Flask) -> world.MadeCase:
    return world.make_case_to_correct(app)


def test_routes_are_found(app: Flask) -> None:
    assert len(routes(app)) >= 15


def test_somebody_elses_application_is_not_there(app: Flask, case: world.MadeCase) -> None:
    stranger = Browser(app, world.make_filed_case(app).applicant)
    with app.app_context():
        evidence_id = files_of(case.application_id)[0].evidence.id
    values = {
        **typed(world.answers_for(case.company)["education"]),
        **CONSENTS,
        "reason": "我想看看",
        "version": "1",
    }
    for rule, method in routes(app):
        for path in filled(rule, case, evidence_id):
            assert "<" not in path
            form = {"form_id": secrets.token_urlsafe(16), **values}
            answer = (
                stranger.client.get(path)
                if method == "GET"
                else stranger.client.post(path, data=form)
            )
            assert answer.status_code == 404, (method, path)
    with app.app_context():
        application = world.application_of(case)
        assert application.state is ApplicationState.CORRECTION_REQUESTED


def test_a_visitor_is_asked_to_sign_in(app: Flask, case: world.MadeCase) -> None:
    visitor = app.test_client()
    for rule, method in routes(app):
        for path in filled(rule, case, case.application_id):
            form = {"form_id": secrets.token_urlsafe(16)}
            answer = visitor.get(path) if method == "GET" else visitor.post(path, data=form)
            assert answer.status_code == 303, (method, path)
            assert "/sign-in" in answer.location


def test_a_case_that_never_was_looks_the_same(app: Flask, case: world.MadeCase) -> None:
    stranger = Browser(app, world.make_account(app))
    missing = "01a206ab-1565-77ca-afb2-f25f835dc45d"
    known = stranger.client.get(f"/applications/{case.application_id}")
    unknown = stranger.client.get(f"/applications/{missing}")
    assert (known.status_code, unknown.status_code) == (404, 404)


def test_anybody_reads_the_privacy_notice_in_both_languages(app: Flask) -> None:
    visitor = app.test_client()
    assert "个人信息" in visitor.get("/privacy-notice").text
    visitor.set_cookie("language", "en")
    page = visitor.get("/privacy-notice").text
    assert "Who processes your data" in page
    assert "谁处理您的信息" not in page
