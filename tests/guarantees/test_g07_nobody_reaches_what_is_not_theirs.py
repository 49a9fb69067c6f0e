"""G7: nobody reaches what is not theirs - the whole matrix, executed.

Every route and method × everybody × one's own, somebody else's, a missing one and one in the wrong
place. What should happen follows from the permission catalogue and from `routes.py` and `things.py`.
Whoever may post comes as far as the commit, which is made to fail, so that nobody's try spoils the next.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from deploy.local.postgres import OWNER
from talentsvc.access.catalogue import CATALOGUE, Audience
from talentsvc.access.roles import AGENT_PERMISSIONS, PERMISSIONS_OF, SIGNED_IN_PERMISSIONS, Role
from talentsvc.extensions.database import db
from tests.guarantees.browsing import Browser, body_of, browser_of
from tests.guarantees.ground import Ground
from tests.guarantees.routes import ROUTES
from tests.guarantees.things import AGENT, OTHER_AGENT, Thing, actors_of, prepare, things_of
from tests.guarantees.watching import changed_tables, sabotage, snapshot, writes

ACTORS = (
    "nobody",
    "applicant",
    "other applicant",
    AGENT,
    OTHER_AGENT,
    *(role.value for role in Role),
)
#: Written beside a reading transaction, by design: who was seen, and who looked.
BESIDE = frozenset({"sign_in", "access_log"})
#: Answers of a route that was reached: also that the thing stands wrong, or the form is not right.
REACHED = frozenset({200, 201, 302, 303, 409, 422})

#: Where a permission is not all: which steps with a card are not a decider's, and whose task it is.
EXCEPTIONS = {
    ("cards_desk.report_card_loss", "decider"): 403,
    ("cards_desk.suspend", "decider"): 403,
    ("cards_desk.reinstate", "decider"): 403,
    ("cards_desk.replace", "decider"): 403,
    ("desk.settle", "reviewer"): 404,
    ("desk.settle", "events_officer"): 404,
    ("desk.settle", "decider"): 404,
}


#: Claimed before the view is asked, and gone with the refusal.
RECEIPT = frozenset({"form_receipt"})
#: An UPDATE that finds no row of one's own.
WRITTEN_IN_VAIN = {"accounts.end_sign_in": RECEIPT | {"sign_in"}}
#: Pages that lead to the sign-in page whoever asks.
BACK_TO_SIGN_IN = frozenset(
    {
        "accounts.enter_code",
        "accounts.reset_by_code",
        "accounts.second_step",
        "accounts.sign_out",
        "accounts.sign_out_everywhere",
    }
)
#: What the fields of most forms need, so that a form is judged by whose it is and not by its shape.
FILLED_IN = {
    "reason": "经核实，情况属实，依规办理。",
    "settlement": "已处理",
    "text": "已电话联系。",
    "answer": "yes",
    "relation": "sibling",
    "is_true": "y",
}


@dataclass(frozen=True)
class Try:
    """One request and what should come of it: a status, or REACHED, or the sign-in page."""

    rule: Rule
    method: str
    which: str
    path: str
    names: tuple[str, ...]
    expected: int

    def __str__(self) -> str:
        return f"{self.method} {self.rule.endpoint} ({self.which})"


@pytest.fixture(scope="module")
def owner(ground: Ground) -> Iterator[psycopg.Connection]:
    """A connection that sees every table."""
    with ground.servers.cluster.connect(ground.database, OWNER) as connection:
        yield connection


@pytest.fixture(scope="module")
def things(ground: Ground) -> dict[str, Thing]:
    """What the routes are about."""
    prepare(ground)
    with ground.app.app_context():
        found = things_of(ground)
        db.session.rollback()
    return found


def rules(ground: Ground) -> list[Rule]:
    """Every route but the files of the pages."""
    found = [rule for rule in ground.app.url_map.iter_rules() if rule.endpoint != "static"]
    return sorted(found, key=lambda rule: (rule.endpoint, str(rule.methods)))


def test_every_route_is_listed_with_its_permission(ground: Ground) -> None:
    views: dict[str, Any] = ground.app.view_functions
    found = {rule.endpoint: views[rule.endpoint].permission for rule in rules(ground)}
    listed = {endpoint: route.permission for endpoint, route in ROUTES.items()}
    assert found == listed


def test_everybody_in_the_matrix_is_somebody_else(ground: Ground) -> None:
    people = actors_of(ground)
    assert tuple(people) == ACTORS
    assert len({who.account_id for who in people.values() if who}) == len(ACTORS) - 1


def permissions_of(actor: str) -> frozenset[str]:
    """What somebody of this name may do."""
    if actor == "nobody":
        return frozenset()
    held = SIGNED_IN_PERMISSIONS
    if actor in (AGENT, OTHER_AGENT):
        held |= AGENT_PERMISSIONS
    if actor in {role.value for role in Role}:
        held |= PERMISSIONS_OF[Role(actor)]
    return held


SIGN_IN, REACH = 303, 0


def expected_of(endpoint: str, actor: str, thing: Thing, which: str) -> int:
    """What should come of a try, from the catalogue alone."""
    route = ROUTES[endpoint]
    audience = CATALOGUE[route.permission].audience
    if audience is not Audience.EVERYONE:
        if actor == "nobody":
            return SIGN_IN
        if route.permission not in permissions_of(actor):
            return 403 if audience is Audience.STAFF else 404
    if (endpoint, actor) in EXCEPTIONS:
        return EXCEPTIONS[endpoint, actor]
    return REACH if thing.is_reached(which, actor) else 404


def tries(ground: Ground, things: dict[str, Thing], actor: str) -> Iterator[Try]:
    """Every request of one actor."""
    with ground.app.test_request_context():
        adapter = ground.app.url_map.bind("localhost")
        for rule in rules(ground):
            thing = things[ROUTES[rule.endpoint].thing]
            for which, values in thing.all().items():
                path = adapter.build(rule.endpoint, values, method=method_of(rule))
                names = tuple(str(value) for value in values.values())
                expected = expected_of(rule.endpoint, actor, thing, which)
                for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
                    yield Try(rule, method, which, path, names, expected)


def method_of(rule: Rule) -> str:
    """A method that tells this rule from others of its address."""
    return sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})[0]


@pytest.mark.parametrize("actor", ACTORS)
def test_the_matrix(
    actor: str, ground: Ground, things: dict[str, Thing], owner: psycopg.Connection
) -> None:
    browser = browser_of(ground, actors_of(ground)[actor])
    before = snapshot(owner, but=BESIDE)
    wrong: list[str] = []
    refusals: dict[str, dict[str, bytes]] = {}
    for attempt in tries(ground, things, actor):
        with writes(ground.app) as tables:
            answer = send(ground, browser, attempt)
        if not fits(attempt, answer):
            wrong.append(f"{attempt}: {answer.status} {answer.headers.get('Location', '')}")
        if attempt.expected in (403, 404):
            unexpected = set(tables) - WRITTEN_IN_VAIN.get(attempt.rule.endpoint, RECEIPT)
            wrong += [f"{attempt}: wrote {table}" for table in unexpected]
        if attempt.expected == HTTPStatus.NOT_FOUND:
            name = f"{attempt.method} {attempt.rule.endpoint}"
            refusals.setdefault(name, {})[attempt.which] = body_of(answer, attempt.names)
    wrong += [
        f"{name}: another page for {sorted(bodies)}"
        for name, bodies in refusals.items()
        if len(set(bodies.values())) > 1
    ]
    assert not wrong, "\n".join(wrong)
    assert changed_tables(before, snapshot(owner, but=BESIDE)) == []


def send(ground: Ground, browser: Browser, attempt: Try) -> TestResponse:
    """Send one request from a browser that looks as at the beginning; what would be kept fails at its commit."""
    client = same_cookies(ground, browser)
    if attempt.method == "GET":
        return client.get(attempt.path)
    with sabotage(ground.app, None) as saboteur:
        answer = client.open(attempt.path, method=attempt.method, data=browser.sent(**FILLED_IN))
    if answer.status_code == 500 and saboteur.has_struck:
        answer.status_code = 200
    return answer


def same_cookies(ground: Ground, browser: Browser) -> FlaskClient:
    """A client with the browser's cookies, so that signing out in one request spoils no other."""
    client = ground.app.test_client()
    cookie: Any = browser.client.get_cookie(ground.app.config["SESSION_COOKIE_NAME"])
    client.set_cookie(cookie.key, cookie.value)
    return client


def fits(attempt: Try, answer: TestResponse) -> bool:
    """Whether an answer is what was expected."""
    leads_to_sign_in = answer.headers.get("Location", "").startswith("/sign-in?next=") or (
        answer.headers.get("Location") == "/sign-in"
    )
    if attempt.expected == SIGN_IN:
        return answer.status_code == SIGN_IN and leads_to_sign_in
    if attempt.expected == REACH:
        is_astray = leads_to_sign_in and attempt.rule.endpoint not in BACK_TO_SIGN_IN
        return answer.status_code in REACHED and not is_astray
    return answer.status_code == attempt.expected


def test_no_route_answers_a_method_it_does_not_name(
    ground: Ground, things: dict[str, Thing]
) -> None:
    """PUT, PATCH and DELETE are nobody's; HEAD is a GET, and refused like one."""
    browser = browser_of(ground, actors_of(ground)["other applicant"])
    wrong = []
    for attempt in tries(ground, things, "other applicant"):
        for method in ("PUT", "PATCH", "DELETE"):
            answer = browser.client.open(attempt.path, method=method, data=browser.sent())
            if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
                wrong.append(f"{method} {attempt.path}: {answer.status}")
        if attempt.method == "GET" and attempt.expected != REACH:
            answer = browser.client.head(attempt.path)
            if answer.status_code != attempt.expected:
                wrong.append(f"HEAD {attempt.path}: {answer.status}")
    assert not wrong, "\n".join(wrong)
