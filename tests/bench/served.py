"""Servers of a benchmark under gunicorn, the CPU of all their processes, and a browser for them.

The CPU is what Linux accounts to the web server, to PostgreSQL and to Valkey with all their
processes; what the browser costs is counted nowhere.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from deploy.local.places import free_port
from deploy.local.postgres import Cluster
from deploy.local.services import Plan, Service
from deploy.local.valkey import Valkey

ROOT = Path(__file__).resolve().parents[2]
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
TICKS = os.sysconf("SC_CLK_TCK")
#: One process and as many threads as in production, so that both sides warm up alike.
ONE_WORKER = {"WEB_CONCURRENCY": "1", "GUNICORN_THREADS": "8"}


class Server:
    """A running web server: its port, and its process for the accounts."""

    def __init__(self, port: int, pid: int) -> None:
        self.port = port
        self.pid = pid

    def visitor(self) -> Visitor:
        """Somebody with an empty browser."""
        return Visitor(self.port)


@contextmanager
def web_server(
    name: str, target: str, folder: Path, environment: Mapping[str, str], *options: str
) -> Iterator[Server]:
    """gunicorn with one worker on a free port."""
    port = free_port()
    plan = Plan(
        name,
        [sys.executable, "-m", "gunicorn", *options, "-b", f"127.0.0.1:{port}", target],
        ready=lambda: _answers(port),
        environment={**environment, **ONE_WORKER},
        folder=ROOT,
    )
    with _running(plan, folder) as pid:
        yield Server(port, pid)


@contextmanager
def valkey_server(folder: Path) -> Iterator[tuple[Valkey, int]]:
    """What wakes workers, as in production; nobody takes the tasks away."""
    server = Valkey(folder / "valkey", folder / "valkey.sock", is_durable=False)
    plan = Plan("valkey", server.command(), ready=server.is_ready, before=server.prepare)
    with _running(plan, folder) as pid:
        yield server, pid


@contextmanager
def _running(plan: Plan, folder: Path) -> Iterator[int]:
    service = Service(plan, folder, folder)
    try:
        service.start()
        service.wait_ready()
        if service.process is None:
            raise RuntimeError(f"{plan.name} has no process")
        yield service.process.pid
    finally:
        service.stop()


def _answers(port: int) -> bool:
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except OSError:
        return False
    return True


def postmaster(cluster: Cluster) -> int:
    """The first process of a cluster."""
    return int((cluster.data / "postmaster.pid").read_text().partition("\n")[0])


def server_cpu(*pids: int) -> float:
    """CPU seconds of these processes, of all below them, and of those that ended there."""
    parents: dict[int, list[int]] = {}
    spent: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(entry.name))
        spent[int(entry.name)] = sum(int(ticks) for ticks in fields[11:15]) / TICKS
    waiting, total = list(pids), 0.0
    while waiting:
        pid = waiting.pop()
        total += spent.get(pid, 0.0)
        waiting += parents.get(pid, [])
    return total


class Visitor:
    """A browser without script: cookies, hidden fields sent back, a connection kept open."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}
        self.views = 0
        self.page = ""

    def come_back(self) -> None:
        """After a while: the server has closed the connection long since."""
        self.connection.close()

    def get(self, path: str) -> str:
        """One page view."""
        status, _location = self._ask("GET", path, None)
        if status != 200:
            raise RuntimeError(f"GET {path} answered {status}")
        return self.page

    def post(self, path: str, values: Mapping[str, object]) -> str:
        """Send the form of the page that is open; where it led."""
        fields = {**hidden_fields(self.page), **values}
        status, location = self._ask("POST", path, urlencode(fields))
        if status not in (302, 303):
            raise RuntimeError(f"POST {path} answered {status}")
        parts = urlsplit(location)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        self.views += 1
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept-Language": "zh-CN",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        self.page = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", "")


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden inputs of a page, the first of each name."""
    found: dict[str, str] = {}
    for element in HIDDEN.findall(page):
        pair = dict(ATTRIBUTE.findall(element))
        if "name" in pair:
            found.setdefault(pair["name"], unescape(pair.get("value", "")))
    return found
