"""P1: an application from the first page to the receipt, against the floor's form.

The floor's flow is three page views (form, insert, receipt). The product's flow is its own pages; its
cost is divided by a third of their number. Both run under gunicorn in front of the same PostgreSQL,
with tokens against forged posts, and what counts is the CPU of all server processes. Uploads are
inspected in processes of their own and are no page views of a form, so the papers are brought in
between, unmeasured.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

from flask import Flask

from deploy.local.postgres import Cluster
from tests.bench.measuring import Row, ratio_row
from tests.bench.product import command, environment_for, product
from tests.bench.served import Server, Visitor, postmaster, server_cpu, valkey_server, web_server
from tests.cards import world
from tests.cards.apply.pages import CONSENTS, typed
from tests.people.world import sign_in

STEPS = ("category", "identity", "education", "work")
#: As often to warm up, and as often to measure.
RUNS = 20
FLOOR_RUNS = 200
#: Form, insert, receipt.
VIEWS_OF_FLOOR = 3
#: As `deploy/gunicorn.conf.py`, whose hooks need the product.
FLOOR_OPTIONS = (
    "-w",
    "1",
    "-k",
    "gthread",
    "--threads",
    "8",
    "--keep-alive",
    "5",
    "--no-control-socket",
)
PRODUCT_OPTIONS = ("-c", "deploy/gunicorn.conf.py")


class Applicant:
    """Somebody new who files an application through the pages."""

    def __init__(self, app: Flask, server: Server, company: world.Company) -> None:
        self.app = app
        self.company = company
        self.someone = world.make_account(app)
        client = sign_in(app, app.test_client(), self.someone)
        self.browser: Visitor = server.visitor()
        self.browser.cookies = {"language": "zh"}
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = client.get_cookie(name)
        if cookie is None:
            raise RuntimeError("no sign-in")
        self.browser.cookies[name] = cookie.value
        self.path = ""

    def fill_in(self) -> None:
        """From the list to the last step."""
        self.browser.come_back()
        self.browser.get("/applications")
        started = self.browser.post("/applications/start", {})
        self.path = started.removesuffix("/category")
        answers = world.answers_for(self.company)
        for step in STEPS:
            self.browser.get(f"{self.path}/{step}")
            self.browser.post(f"{self.path}/{step}", typed(answers[step]))
        self.browser.get(f"{self.path}/evidence")

    def bring_papers(self) -> None:
        """The papers, past the pages: their inspection has costs of its own."""
        application_id = UUID(self.path.rpartition("/")[2])
        world.add_papers(self.app, world.MadeCase(application_id, "", self.someone, self.company))

    def file_it(self) -> None:
        """Check, submit, receipt."""
        self.browser.come_back()
        self.browser.get(f"{self.path}/check")
        self.browser.get(self.browser.post(f"{self.path}/check", CONSENTS))


def bench_application(cluster: Cluster, folder: Path) -> list[Row]:
    """Whole flow per three page views, and the final submit with its receipt, against the floor's flow."""
    cluster.ensure_database("application")
    cluster.ensure_database("floor")
    with ExitStack() as stack:
        valkey, valkey_pid = stack.enter_context(valkey_server(folder))
        environment = environment_for(cluster, "application", folder / "application")
        environment["TALENTSVC_REDIS_URL"] = valkey.broker_url()
        command(environment, "keys", "init", environment["TALENTSVC_KEYRING_FILE"])
        command(environment, "migrate")
        floor = _floor_cpu(cluster, folder)
        app = stack.enter_context(product(environment))
        world.load_rules(app)
        company = world.make_verified_employer(app)
        server = stack.enter_context(
            web_server("product", "wsgi:app", folder, environment, *PRODUCT_OPTIONS)
        )
        applicants = [Applicant(app, server, company) for _ in range(2 * RUNS)]
        pids = (server.pid, postmaster(cluster), valkey_pid)
        filling = _each(applicants, Applicant.fill_in, pids)
        for applicant in applicants:
            applicant.bring_papers()
        before = applicants[0].browser.views
        filing = _each(applicants, Applicant.file_it, pids)
    views = applicants[0].browser.views
    whole = (filling + filing) / (views / VIEWS_OF_FLOOR)
    name = f"application, {views} page views, CPU per {VIEWS_OF_FLOOR} views"
    last = f"check, submit, receipt ({views - before} views), CPU"
    return [
        ratio_row("P1", name, whole * 1000, floor * 1000, 3),
        ratio_row("P1", last, filing * 1000, floor * 1000, 4),
    ]


def _each(
    applicants: list[Applicant], step: Callable[[Applicant], None], pids: tuple[int, ...]
) -> float:
    """CPU seconds of a step, each time for somebody else; the first half warms up."""
    for applicant in applicants[:RUNS]:
        step(applicant)
    before = server_cpu(*pids)
    for applicant in applicants[RUNS:]:
        step(applicant)
    return (server_cpu(*pids) - before) / RUNS


def _floor_cpu(cluster: Cluster, folder: Path) -> float:
    environment = {"FLOOR_DATABASE_URL": cluster.url("talentsvc_owner", "floor")}
    target = "tests.bench.floor:served()"
    with web_server("floor", target, folder, environment, *FLOOR_OPTIONS) as server:
        visitor = server.visitor()
        pids = (server.pid, postmaster(cluster))

        def flow() -> None:
            visitor.get("/")
            visitor.get(visitor.post("/", {"name": "one"}))

        for _ in range(FLOOR_RUNS):
            flow()
        before = server_cpu(*pids)
        for _ in range(FLOOR_RUNS):
            flow()
        return (server_cpu(*pids) - before) / FLOOR_RUNS
