"""P1: an application from the first page to the receipt, against the floor's form.

The floor's flow is three page views (form, insert, receipt). The product's flow is its own pages; its
cost is divided by a third of their number. Uploads are inspected in processes of their own and are
no page views of a form, so they are paid before the clock starts; CSRF is off on both sides.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from flask import Flask

from deploy.local.postgres import Cluster
from tests.bench.floor import floor_app
from tests.bench.measuring import Cost, Row, cost_of, ratio_row
from tests.bench.product import command, environment_for, product
from tests.cards import world
from tests.cards.apply.pages import CONSENTS, Browser, hidden, typed

STEPS = ("category", "identity", "education", "work")
RUNS = 12
#: Beginning and steps (GET, POST and the page it leads to count once each), papers, check, receipt.
VIEWS_OF_FLOOR = 3


class Applicant:
    """Somebody new who files an application through the pages."""

    def __init__(self, app: Flask, company: world.Company) -> None:
        self.app = app
        self.company = company
        self.views = 0
        self.someone = world.make_account(app)
        self.browser = Browser(app, self.someone)
        self.path = ""

    def get(self, path: str) -> str:
        """One page view."""
        self.views += 1
        return self.browser.get(path)

    def post(self, path: str, **values: object) -> str:
        """One form sent; where it led."""
        self.views += 1
        answer = self.browser.post(path, **values)
        if answer.status_code != 303:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return str(answer.location)

    def fill_in(self) -> None:
        """From the list to the last step."""
        self.get("/applications")
        self.path = self.post("/applications/start").removesuffix("/category")
        answers = world.answers_for(self.company)
        for step in STEPS:
            page = self.get(f"{self.path}/{step}")
            self.post(
                f"{self.path}/{step}", version=hidden(page, "version"), **typed(answers[step])
            )
        self.get(f"{self.path}/evidence")

    def bring_papers(self) -> None:
        """The papers, past the pages: their inspection has costs of its own."""
        application_id = UUID(self.path.rpartition("/")[2])
        world.add_papers(self.app, world.MadeCase(application_id, "", self.someone, self.company))

    def file_it(self) -> None:
        """Check, submit, receipt."""
        page = self.get(f"{self.path}/check")
        location = self.post(f"{self.path}/check", version=hidden(page, "version"), **CONSENTS)
        self.get(location)


def bench_application(cluster: Cluster, folder: Path) -> list[Row]:
    """Whole flow per three page views, and the final submit with its receipt, against the floor's flow."""
    cluster.ensure_database("application")
    environment = environment_for(cluster, "application", folder / "application")
    command(environment, "keys", "init", environment["TALENTSVC_KEYRING_FILE"])
    command(environment, "migrate")
    floor = _floor_cost(environment["TALENTSVC_OWNER_DATABASE_URL"])
    with product(environment) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        world.load_rules(app)
        company = world.make_verified_employer(app)
        applicants = [Applicant(app, company) for _ in range(2 * RUNS)]
        filling = _each(applicants, Applicant.fill_in)
        for applicant in applicants:
            applicant.bring_papers()
        before = applicants[0].views
        filing = _each(applicants, Applicant.file_it)
    views = applicants[0].views
    whole = (filling.cpu + filing.cpu) / (views / VIEWS_OF_FLOOR)
    return [
        ratio_row(
            "P1",
            f"application, {views} page views, CPU per 3 views",
            whole * 1000,
            floor.cpu * 1000,
            3,
        ),
        ratio_row(
            "P1",
            f"check, submit, receipt ({views - before} views), CPU",
            filing.cpu * 1000,
            floor.cpu * 1000,
            4,
        ),
    ]


def _each(applicants: list[Applicant], step: Callable[[Applicant], None]) -> Cost:
    """The cost of a step, each time for somebody else; the first half warms up."""
    waiting = iter(applicants)
    return cost_of(lambda: step(next(waiting)), runs=RUNS, warm_up=RUNS)


def _floor_cost(url: str) -> Cost:
    app = floor_app(url)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()

    def flow() -> None:
        client.get("/")
        client.get(client.post("/", data={"name": "one"}).location)

    return cost_of(flow, runs=10 * RUNS, warm_up=5 * RUNS)
