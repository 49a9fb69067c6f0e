"""Screenshots of the main pages into docs/pictures/, taken from a demonstration of its own.

`make pictures`: opens the house with fresh sample data on other ports, signs in as the invented
people, photographs, and closes it again.
"""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from deploy.local.places import ROOT, free_port

PICTURES = ROOT / "docs" / "pictures"
PHONE, DESKTOP = (390, 844), (1440, 900)
COLOURS = 256
ADDRESS = re.compile(r"Open\s+(\S+)")
ACCOUNT = re.compile(r"^(\w+)\s+\S+@\S+\s+(.+)$", re.MULTILINE)
LAST_LINE = "Ctrl-C stops everything"


class DidNotOpen(Exception):
    """The demonstration did not start, or a page of it is an error; the text is what it said."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: whose page, in which size and language; `follow` is a link to click first."""

    name: str
    path: str
    role: str = ""
    size: tuple[int, int] = DESKTOP
    language: str = "zh"
    follow: str = ""


SHOTS = (
    Shot("home-phone", "/", size=PHONE),
    Shot("home-english", "/", language="en"),
    Shot("precheck-phone", "/precheck", size=PHONE),
    Shot("card-phone", "/cards", role="cardholder", size=PHONE),
    Shot(
        "application-phone",
        "/applications",
        role="cardholder",
        size=PHONE,
        follow="main a[href*='/applications/']",
    ),
    Shot("company", "/employers/", role="agent"),
    Shot("public-notices", "/public-notices"),
    Shot("desk-clerk", "/desk/", role="clerk"),
    Shot("desk-cases", "/desk/cases", role="reviewer"),
    Shot("desk-case", "/desk/cases", role="reviewer", follow="main table a"),
    Shot("desk-case-english", "/desk/cases", role="decider", follow="main table a", language="en"),
    Shot("desk-calendar", "/desk/calendar/", role="policy_editor"),
    Shot("events-month", "/events"),
    Shot("event-english-phone", "/events", size=PHONE, language="en", follow="main .agenda a"),
    Shot("desk-events", "/desk/events/", role="events_officer", follow="main table a"),
)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where the house is open, and the name of the invented person of each role."""

    url: str
    names: dict[str, str]


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    """A house with fresh data that is closed and removed at the end. Errors: DidNotOpen."""
    folder = Path(tempfile.mkdtemp(prefix="talentsvc-"))
    # The database's own user must be able to pass through.
    folder.chmod(0o711)
    environment = {**os.environ, "VAR_DIR": str(folder / "var"), "PORT": str(free_port())}
    house = subprocess.Popen(
        [sys.executable, "-u", "-m", "deploy.local"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        text = _read_greeting(house)
        address = ADDRESS.search(text)
        if address is None:
            raise DidNotOpen(text)
        yield Demonstration(address[1], {role: name for role, name in ACCOUNT.findall(text)})
    finally:
        house.send_signal(signal.SIGINT)
        house.communicate()
        shutil.rmtree(folder, ignore_errors=True)


def _read_greeting(house: subprocess.Popen[str]) -> str:
    lines = []
    for line in house.stdout or ():
        lines.append(line)
        if LAST_LINE in line:
            break
    return "".join(lines)


def sign_in(page: Page, name: str) -> None:
    """Press the button of an invented person."""
    page.goto("/demo")
    page.locator("li", has_text=name).get_by_role("button").first.click()


def _open(page: Page, shot: Shot) -> None:
    answer = page.goto(shot.path)
    if answer is None or not answer.ok:
        raise DidNotOpen(f"{shot.path} for {shot.role or 'a visitor'}: {answer and answer.status}")
    if shot.follow:
        with page.expect_navigation():
            page.locator(shot.follow).first.click()


def photograph(browser: Browser, demo: Demonstration, shot: Shot) -> Path:
    """Take one picture with its own cookies and write it with few colours."""
    context = browser.new_context(
        base_url=demo.url,
        locale="zh-CN" if shot.language == "zh" else "en-GB",
        timezone_id="Asia/Shanghai",
        viewport={"width": shot.size[0], "height": shot.size[1]},
        is_mobile=shot.size == PHONE,
        has_touch=shot.size == PHONE,
    )
    page = context.new_page()
    if shot.role:
        sign_in(page, demo.names[shot.role])
    page.goto(f"/language/{shot.language}")
    _open(page, shot)
    page.wait_for_load_state("networkidle")
    target = PICTURES / f"{shot.name}.png"
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").quantize(COLOURS).save(target, optimize=True)
    context.close()
    return target


def main(names: list[str]) -> int:
    """Take all pictures, or the named ones."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chosen = [shot for shot in SHOTS if not names or shot.name in names]
    with demonstration() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for shot in chosen:
            print(photograph(browser, demo, shot).relative_to(ROOT), flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
