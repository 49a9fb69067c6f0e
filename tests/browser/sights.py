"""Every page of the journey, with whose it is and on what screen it is looked at."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from talentsvc.demo.world import PASSWORD
from tests.browser.demo_service import DemoService
from tests.browser.officers import sign_in_as
from tests.fixtures.browser import DESKTOP, PHONE

Finder = Callable[[DemoService], str]


@dataclass(frozen=True)
class Sight:
    """A page: an address, or a way to find it, and the id in it that is looked up."""

    path: str
    find: str = ""


@dataclass(frozen=True)
class Tour:
    """The pages one person sees, on one kind of screen.

    `role` has a button on the demonstration's sign-in page; `state` stands for the applicant of the
    first case in that state, who signs in with a password.
    """

    name: str
    sights: tuple[Sight, ...]
    role: str = ""
    state: str = ""
    size: tuple[int, int] = PHONE


CASE = "SELECT id FROM application WHERE state = '{}' ORDER BY reference LIMIT 1"
CARD = "SELECT id FROM card WHERE state = '{}' ORDER BY issued_at LIMIT 1"
DRAFT_OF_BUTTON = (
    "SELECT application.id FROM application JOIN account ON account.id = account_id"
    " WHERE demo_role = 'applicant' AND application.state = 'draft'"
)
QUESTION = (
    "SELECT endorsement.id FROM endorsement"
    " JOIN employer_agent USING (employer_id) JOIN account USING (person_id)"
    " WHERE demo_role = 'agent' ORDER BY endorsement.outcome = '{}' DESC, asked_at LIMIT 1"
)
COMPANY = "SELECT employer_id FROM employer_agent JOIN account USING (person_id) WHERE demo_role = 'agent'"


def own(state: str, *pages: str) -> Tour:
    """The pages of the applicant whose case stands in a state."""
    sights = tuple(Sight(f"/applications/{{}}{page}", CASE.format(state)) for page in pages)
    return Tour(f"applicant, {state}", (Sight("/applications"), *sights), state=state)


def steps(state: str, *pages: str) -> tuple[Sight, ...]:
    """The page of a case in a state, and the pages of the steps that are open there."""
    return tuple(Sight(f"/desk/cases/{{}}{page}", CASE.format(state)) for page in ("", *pages))


NOT_THERE = ("/v/00000000000000000000", "/no-such-page")
STRANGER = (
    Sight("/"),
    Sight("/precheck"),
    Sight("/public-notices"),
    Sight(
        "/public-notices/{}",
        "SELECT public_notice.id FROM public_notice JOIN application ON application.id = application_id"
        " WHERE state = 'public_notice' ORDER BY ends_at DESC LIMIT 1",
    ),
    Sight("/verify"),
    Sight("/v/{}", "SELECT nonce FROM card WHERE state = 'active' ORDER BY issued_at LIMIT 1"),
    Sight("/v/{}", "SELECT nonce FROM card WHERE state = 'suspended' LIMIT 1"),
    Sight("/v/{}", "SELECT nonce FROM card WHERE state = 'replaced' LIMIT 1"),
    *(Sight(path) for path in NOT_THERE),
    Sight("/privacy-notice"),
    Sight("/register"),
    Sight("/sign-in"),
    Sight("/sign-in/by-code"),
    Sight("/reset"),
    Sight("/demo"),
)
FORM_STEPS = ("", "/category", "/identity", "/education", "/work", "/evidence", "/check")
TOURS = (
    Tour("stranger", STRANGER),
    Tour(
        "applicant, draft",
        (
            *tuple(Sight(f"/applications/{{}}{step}", DRAFT_OF_BUTTON) for step in FORM_STEPS),
            Sight("/account"),
            Sight("/account/password"),
            Sight("/account/second-factor"),
            Sight("/account/sign-ins"),
            Sight("/inbox"),
            Sight("/cards"),
            Sight("/employers/"),
            Sight("/employers/register"),
        ),
        role="applicant",
    ),
    own("correction_requested", "", "/correction", "/evidence", "/receipts/3"),
    own("rejected", "", "/review"),
    Tour("holder", (Sight("/cards"), Sight("/applications"), Sight("/inbox")), role="cardholder"),
    Tour(
        "agent",
        (
            Sight("/employers/"),
            Sight("/employers/{}", COMPANY),
            Sight("/employers/endorsements"),
            Sight("/employers/endorsements/{}", QUESTION.format("waiting")),
        ),
        role="agent",
    ),
    Tour(
        "clerk",
        (
            Sight("/desk/"),
            Sight("/desk/cases"),
            *steps("received", "/correction", "/accept", "/refuse-out-of-scope"),
            *steps("issued", "/hand-over"),
            *steps("public_notice", "/objection"),
            Sight("/desk/cards"),
            Sight("/desk/cards/{}", CARD.format("active")),
            Sight("/desk/cards/{}/report-loss", CARD.format("active")),
            Sight("/desk/cards/{}/replace", CARD.format("suspended")),
            Sight("/desk/employers/"),
            Sight("/desk/people/"),
            Sight("/desk/tasks"),
            Sight("/desk/deliveries"),
            Sight("/desk/message-templates"),
        ),
        role="clerk",
        size=DESKTOP,
    ),
    Tour(
        "reviewer",
        (
            Sight("/desk/"),
            *steps("accepted", "/recommendation", "/send-for-recognition"),
            Sight("/desk/calendar/"),
            Sight("/desk/calendar/2026"),
            Sight("/desk/policy/"),
        ),
        role="reviewer",
        size=DESKTOP,
    ),
    Tour(
        "decider",
        (
            Sight("/desk/"),
            *steps("recommended", "/approve", "/reject", "/return-to-reviewer", "/extend"),
            *steps("review_open", "/review"),
            *steps("objection_open", "/objection/decision"),
        ),
        role="decider",
        size=DESKTOP,
    ),
)


def begin(page: Page, demo: DemoService, tour: Tour, language: str) -> None:
    """Sign in as the person of a tour, and choose the language."""
    if tour.role:
        sign_in_as(page, demo, tour.role)
    elif tour.state:
        sign_in_as_applicant(page, demo, tour.state)
    page.goto(f"/language/{language}")
    expect(page.locator("html")).to_have_attribute("lang", {"zh": "zh-CN"}.get(language, language))


def sign_in_as_applicant(page: Page, demo: DemoService, state: str) -> str:
    """Sign in with the password of the invented applicant of the first case in a state; its id."""
    case = "SELECT id, reference FROM application WHERE state = %s ORDER BY reference LIMIT 1"
    case_id, reference = demo.rows(case, state)[0]
    page.goto("/sign-in")
    # The demonstration numbers its applicants and their cases alike.
    number = int(reference.split("-")[2])
    page.locator("[name=identifier]").fill(f"applicant{number:03d}@demo.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form.form button[type=submit]").click()
    expect(page.locator(".masthead-name")).to_be_visible()
    return str(case_id)


def look_at(page: Page, demo: DemoService, sight: Sight) -> str:
    """Open a page; gives its address."""
    path = sight.path
    if sight.find:
        path = path.format(demo.rows(sight.find)[0][0])
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == (404 if path in NOT_THERE else 200), (path, answer.status)
    too_wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not too_wide, f"{path} scrolls sideways"
    return path
