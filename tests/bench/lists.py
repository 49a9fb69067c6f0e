"""P3: the desk's list of cases at several sizes, through its page."""

from __future__ import annotations

import re
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from deploy.local.postgres import Cluster
from talentsvc.extensions.database import db
from tests.bench.measuring import Cost, Row, absolute_row, costs_in_turn, ratio_row
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


def measure(apps: dict[int, Flask]) -> tuple[dict[int, dict[str, Cost]], dict[int, dict[str, int]]]:
    """Cost and number of statements of each page at each size.

    The sizes take turns, page by page: whatever else the machine does meanwhile slows all of them.
    """
    costs: dict[int, dict[str, Cost]] = {size: {} for size in apps}
    statements: dict[int, dict[str, int]] = {size: {} for size in apps}
    clients = {size: app.test_client() for size, app in apps.items()}
    deep = {}
    for size, client in clients.items():
        sign_in(client, CLERK)
        deep[size] = deep_page(client)
    for name in (*PAGES, "deep page"):
        steps = {
            size: partial(_read, client, PAGES.get(name, deep[size]))
            for size, client in clients.items()
        }
        for size, cost in costs_in_turn(steps, runs=RUNS).items():
            costs[size][name] = cost
        for size, client in clients.items():
            path = PAGES.get(name, deep[size])
            statements[size][name] = _statements(apps[size], client, path)
    return costs, statements


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
    rows: list[Row] = []
    with ExitStack() as stack:
        apps = {
            size: stack.enter_context(product(_filled(cluster, folder, size))) for size in sizes
        }
        at_size, statements = measure(apps)
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


def _filled(cluster: Cluster, folder: Path, size: int) -> dict[str, str]:
    """The settings of a product with a database of its own and so many cases in it."""
    name = f"lists_{size}"
    cluster.ensure_database(name)
    environment = environment_for(cluster, name, folder / name)
    command(environment, "keys", "init", environment["TALENTSVC_KEYRING_FILE"])
    command(environment, "migrate")
    command(environment, "demo", "load")
    command(environment, "demo", "people", str(size))
    with cluster.connect(name) as connection:
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
    return environment
