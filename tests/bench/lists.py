"""P3: the desk's list of cases at several sizes, through its page."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from deploy.local.postgres import Cluster
from talentsvc.extensions.database import db
from tests.bench.measuring import Cost, Row, absolute_row, cost_of, ratio_row
from tests.bench.product import command, environment_for, product, sign_in

NEXT = re.compile(r'rel="next" href="([^"]+)"')
#: Button of the clerk on the demonstration's page: after agent, cardholder and applicant.
CLERK = 3
RUNS = 15
#: What a page may cost at the largest size, seconds of CPU.
PAGE_CPU = 0.060

PAGES = {
    "first page": "/desk/cases",
    "filtered page": "/desk/cases?state=delivered&industry=biomedicine",
    "search by Chinese name": "/desk/cases?q=%E7%8E%8B%E6%99%93",
}


def measure(app: Flask) -> tuple[dict[str, Cost], dict[str, int]]:
    """Cost and number of statements of each page."""
    with app.test_client() as client:
        sign_in(client, CLERK)
        pages = {**PAGES, "deep page": deep_page(client)}
        costs = {
            name: cost_of(lambda path=path: _read(client, path), runs=RUNS)
            for name, path in pages.items()
        }
        return costs, {name: _statements(app, client, path) for name, path in pages.items()}


def _read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return answer.get_data(as_text=True)


def deep_page(client: FlaskClient) -> str:
    """The tenth page of everything that was handed over, by following the links."""
    path = "/desk/cases?state=delivered"
    for _ in range(9):
        found = NEXT.search(_read(client, path))
        if found is None:
            break
        path = found.group(1).replace("&amp;", "&")
    return path


def _statements(app: Flask, client: FlaskClient, path: str) -> int:
    count = 0

    def on_statement(*_: object) -> None:
        nonlocal count
        count += 1

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", on_statement)
    try:
        _read(client, path)
    finally:
        event.remove(engine, "before_cursor_execute", on_statement)
    return count


def bench_lists(cluster: Cluster, folder: Path, sizes: tuple[int, ...]) -> list[Row]:
    """P3 over all sizes; the largest against the smallest."""
    cluster.ensure_database("lists")
    environment = environment_for(cluster, "lists", folder / "lists")
    command(environment, "keys", "init", environment["TALENTSVC_KEYRING_FILE"])
    command(environment, "migrate")
    command(environment, "demo", "load")
    rows: list[Row] = []
    at_size: dict[int, dict[str, Cost]] = {}
    statements: dict[int, dict[str, int]] = {}
    there = 0
    for size in sizes:
        command(environment, "demo", "--people", str(size - there))
        there = size
        with cluster.connect("lists") as connection:
            connection.autocommit = True
            connection.execute("VACUUM ANALYZE")
        with product(environment) as app:
            at_size[size], statements[size] = measure(app)
    small, large = sizes[0], sizes[-1]
    for name, cost in at_size[large].items():
        before = at_size[small][name]
        rows.append(
            ratio_row(
                "P3",
                f"{name}, p50 at {large:,} against {small:,} cases",
                cost.wall * 1000,
                before.wall * 1000,
                2,
            )
        )
        rows.append(
            absolute_row(
                "P3", f"{name}, CPU at {large:,} cases", cost.cpu * 1000, PAGE_CPU * 1000, "ms"
            )
        )
        rows.append(
            ratio_row(
                "P3",
                f"{name}, statements at {large:,} against {small:,}",
                statements[large][name],
                statements[small][name],
                1,
                "",
            )
        )
    return rows
