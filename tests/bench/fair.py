"""P2: 300 companies for 100 places at the same moment, against as many insertions of the floor.

Both run under the same gunicorn on the same PostgreSQL; every client has signed in and opened its
form before the clock starts, and sends it with its token when all are ready.
"""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from deploy.local.places import free_port
from deploy.local.postgres import Cluster
from talentsvc.core.clock import now
from talentsvc.events.actions.save_registration import save_registration
from talentsvc.events.models import FairRegistration, FairSession
from talentsvc.events.terms.registration import PlaceState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.bench.floor import floor_app
from tests.bench.measuring import Row, absolute_row, ratio_row
from tests.bench.product import ROOT, command, environment_for, hidden_fields, product
from tests.events.registering.world import Exhibitor, details, open_fair
from tests.people.world import sign_in

COMPANIES, PLACES = 300, 100
#: Clients that ask for their forms beforehand; sending is done by all at once.
BEFOREHAND = 8
WORKERS, THREADS = "2", "8"
TOKEN = re.compile(r'name="?csrf_token"?[^>]*value="([^"]+)"')
FORM = {
    "about": "从事生物医药研发与生产。",
    "contact_name": "陈经办",
    "contact_phone": "13812345678",
    "booth_size_m2": "9",
    "booth_power_w": "500",
    "positions-0-title": "制剂研发工程师",
    "positions-0-headcount": "3",
    "positions-0-education_level": "master",
    "step": "file",
}


@dataclass(frozen=True)
class Sender:
    """Somebody with an open form: where it goes, what is in it, and who sends."""

    path: str
    cookie: str
    body: str


@dataclass(frozen=True)
class Rush:
    """How long until the last was answered, and with which statuses."""

    seconds: float
    statuses: tuple[int, ...]


def ask(port: int, method: str, path: str, cookie: str, body: str = "") -> tuple[int, str, str]:
    """One request on a connection of its own: status, body and the cookies as they are afterwards."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Cookie": cookie, "Host": "localhost"}
    if body:
        headers |= {
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": "http://localhost/",
            "Origin": "http://localhost",
        }
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    jar = dict(pair.split("=", 1) for pair in cookie.split("; ") if "=" in pair)
    for line in answer.headers.get_all("Set-Cookie") or []:
        name, _equals, rest = line.partition("=")
        jar[name] = rest.partition(";")[0]
    connection.close()
    return answer.status, text, "; ".join(f"{name}={value}" for name, value in jar.items())


def rush(port: int, senders: list[Sender]) -> Rush:
    """All send at once."""
    gate, statuses = threading.Barrier(len(senders) + 1), [0] * len(senders)

    def go(number: int, sender: Sender) -> None:
        gate.wait()
        statuses[number] = ask(port, "POST", sender.path, sender.cookie, sender.body)[0]

    threads = [
        threading.Thread(target=go, args=(number, sender)) for number, sender in enumerate(senders)
    ]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return Rush(time.perf_counter() - began, tuple(statuses))


@contextmanager
def gunicorn(target: str, environment: dict[str, str], *more: str) -> Iterator[int]:
    """A server with as many workers and threads as the product's; gives its port."""
    port = free_port()
    shape = ["-k", "gthread", "-w", WORKERS, "--threads", THREADS, "-b", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *more, *shape, target],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            ask(port, "GET", "/healthz", "")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def prepared(app: Flask) -> tuple[UUID, list[tuple[str, str]]]:
    """A fair with its companies: each with a filled-in draft and a browser that is signed in."""
    (session_id,) = open_fair(app, places=PLACES)
    found = []
    for number in range(COMPANIES):
        who = Exhibitor(app, f"河北示例{number}号有限公司")
        (one,) = who.starts(session_id)
        with app.app_context(), unit_of_work():
            save_registration(one, details(), expected_version=None, actor=who.actor(), at=now())
        client = sign_in(app, app.test_client(), who.agent)
        cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
        if cookie is None:
            raise RuntimeError("not signed in")
        path = f"/employers/{who.employer_id}/registrations/{one}"
        found.append((path, f"{cookie.key}={cookie.value}"))
    return session_id, found


def opened(
    port: int, pages: list[tuple[str, str]], fill: Callable[[str], dict[str, str]]
) -> list[Sender]:
    """Every client's form, read and filled in."""

    def one(page: tuple[str, str]) -> Sender:
        path, cookie = page
        status, text, kept = ask(port, "GET", path, cookie)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        return Sender(path, kept, urlencode(fill(text)))

    with ThreadPoolExecutor(BEFOREHAND) as pool:
        return list(pool.map(one, pages))


def bench_fair(cluster: Cluster, folder: Path) -> list[Row]:
    """Time until the last is answered, places given beyond those there are, answers of the kind 5xx."""
    cluster.ensure_database("fair")
    environment = environment_for(cluster, "fair", folder / "fair")
    command(environment, "keys", "init", environment["TALENTSVC_KEYRING_FILE"])
    command(environment, "migrate")
    floor = _floor_rush(environment)
    with product(environment) as app:
        session_id, pages = prepared(app)
        with gunicorn("wsgi:app", environment, "-c", "deploy/gunicorn.conf.py") as port:
            senders = opened(port, pages, lambda text: {**hidden_fields(text), **FORM})
            found = rush(port, senders)
        held, waiting, counter = _given(app, session_id)
    refused = [status for status in found.statuses if status != 303]
    beyond = max(held, counter) - PLACES
    return [
        ratio_row(
            "P2",
            f"{COMPANIES} companies for {PLACES} places, until the last is answered",
            found.seconds * 1000,
            floor.seconds * 1000,
            4,
        ),
        absolute_row("P2", f"oversold ({held} held, {waiting} waiting)", abs(beyond), 0, "places"),
        absolute_row("P2", "not answered by a receipt", len(refused), 0, "answers"),
        absolute_row("P2", "errors 5xx", sum(one >= 500 for one in refused), 0, "answers"),
    ]


def _floor_rush(environment: dict[str, str]) -> Rush:
    url = environment["TALENTSVC_OWNER_DATABASE_URL"]
    # Its table is there before its workers look for it.
    floor_app(url)
    with gunicorn(f"tests.bench.floor:floor_app('{url}')", environment) as port:
        pages = [("/", "") for _ in range(COMPANIES)]
        senders = opened(
            port, pages, lambda text: {"csrf_token": TOKEN.findall(text)[0], "name": "one"}
        )
        found = rush(port, senders)
    if set(found.statuses) != {302}:
        raise RuntimeError(f"the floor answered {set(found.statuses)}")
    return found


def _given(app: Flask, session_id: UUID) -> tuple[int, int, int]:
    with app.app_context():
        rows = db.session.execute(
            select(FairRegistration.place, func.count())
            .where(FairRegistration.session_id == session_id)
            .group_by(FairRegistration.place)
        )
        found = {place: number for place, number in rows}
        counter = db.session.get_one(FairSession, session_id).places_taken
    return found.get(PlaceState.HELD, 0), found.get(PlaceState.WAITING, 0), counter
