"""`make run`: open the house, print where it is, keep it open until Ctrl-C."""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from deploy.local.house import PYTHON, House, Ports
from deploy.local.identity import CannotLeaveRoot
from deploy.local.places import (
    ROOT,
    Places,
    PortTaken,
    choose_port,
    loaded_mark,
    make_places,
    make_secret_key,
    move_aside,
)
from deploy.local.programs import NoPostgres
from deploy.local.services import DidNotStart, Plan, Service, stop_leftovers
from deploy.local.supervisor import StopRequested, Supervisor, say, stop_on_signals
from deploy.local.terminal import own_foreground_group
from deploy.local.valkey import NoValkey

VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()
WEB_PORT, SMTP_PORT, MAIL_PORT = 8000, 1025, 8025
MISSING = 3


class CommandFailed(Exception):
    """A command of the product ended with an error; its own words were printed."""


# Not through the installed script: on a long path its first line would be too long. Several
# commands share one process, since importing the product takes longer than most of them.
PRODUCT = """
import sys
from talentsvc.cli import main
for words in sys.argv[1:]:
    try:
        main(words.split("\\n"), prog_name="talentsvc")
    except SystemExit as end:
        if end.code:
            raise
    print("\\x1e", end="")
"""


def product(commands: list[list[str]], environment: dict[str, str]) -> list[str]:
    """Run `talentsvc ...` commands in turn and give what each printed. Errors: CommandFailed."""
    done = subprocess.run(
        [PYTHON, "-c", PRODUCT, *("\n".join(words) for words in commands)],
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    printed = done.stdout.split("\x1e")
    if done.returncode:
        failed = " ".join(commands[len(printed) - 1])
        raise CommandFailed(f"{printed[-1]}talentsvc {failed} failed (code {done.returncode}).")
    return printed[:-1]


def make_ready(house: House) -> str:
    """Keys, tables and sample data, as far as they are missing; gives the list of sign-ins."""
    commands = [["migrate"], ["demo", "load"], ["demo", "accounts"]]
    if not house.keyring.is_file():
        commands.insert(0, ["keys", "init", str(house.keyring)])
    printed = product(commands, house.owner_environment())
    house.places.loaded_mark.touch()
    return printed[-1]


def open_house(house: House, supervisor: Supervisor) -> None:
    """Start everything in order and say where it is."""

    def service(plan: Plan) -> Service:
        return Service(plan, house.places.logs, house.places.run)

    began = time.monotonic()
    programs = house.cluster.programs
    say(f"PostgreSQL {programs.major} and Valkey, private, in {VAR.name}/ ...")
    for plan in (house.postgres(), house.broker()):
        supervisor.start(service(plan))
    for started in supervisor.services:
        started.wait_ready()
    house.cluster.ensure_roles()
    house.cluster.ensure_database()
    supervisor.start(service(house.scanner()))
    supervisor.start(service(house.mail_catcher()))
    say("Tables and sample data ...")
    accounts = make_ready(house)
    say("Web server, worker, clock ...")
    for plan in (house.web(), house.worker(), house.beat()):
        supervisor.start(service(plan))
    for started in supervisor.services:
        started.wait_ready()
    announce(house, accounts, time.monotonic() - began)


def announce(house: House, accounts: str, seconds: float) -> None:
    """What somebody in front of the console needs to know."""
    (house.places.run / "address").write_text(house.public_url)
    say(
        f"\nReady after {seconds:.0f} s.\n\n"
        f"  Open   {house.public_url}\n"
        f"  Mail   http://localhost:{house.ports.mail_pages}   (every message lands here)\n\n"
        f"{accounts.rstrip()}\n\n"
        f"Logs are in {VAR.name}/log. Ctrl-C stops everything; the data stays in {VAR.name}/.\n"
    )


def settle(fresh: bool) -> Places:
    """Clear what a killed run left, begin anew if asked, make folders and keys."""
    if (VAR / "run").is_dir():
        for name in stop_leftovers(VAR / "run"):
            say(f"Stopped {name}, left over from a run that was killed.")
    is_half_made = (VAR / "postgres").is_dir() and not loaded_mark(VAR).is_file()
    if is_half_made:
        say("An earlier start was ended before its sample data was complete: beginning anew.")
    if fresh or is_half_made:
        aside = move_aside(VAR)
        if aside is not None:
            say(f"Moved {VAR.name}/ to {aside.name}/.")
    places = make_places(VAR)
    make_secret_key(places)
    return places


def run(fresh: bool) -> int:
    """Everything between the first line and the last; returns the exit code."""
    supervisor = Supervisor()
    places: Places | None = None
    try:
        places = settle(fresh)
        host = os.environ.get("HOST", "127.0.0.1")
        web = choose_port(os.environ.get("PORT", ""), WEB_PORT, host)
        ports = Ports(web, choose_port("", SMTP_PORT), choose_port("", MAIL_PORT))
        public_url = os.environ.get("PUBLIC_BASE_URL", f"http://localhost:{web}")
        open_house(House.at(places, ports, host, public_url), supervisor)
        supervisor.watch()
    except StopRequested:
        say("\nStopping ...")
        return 0
    except (CannotLeaveRoot, NoPostgres, NoValkey) as error:
        say(str(error))
        return MISSING
    except (CommandFailed, DidNotStart, PortTaken) as error:
        say(str(error))
        return 1
    finally:
        supervisor.stop()
        clear(places)
    raise AssertionError("watching ends only by an exception")


def clear(places: Places | None) -> None:
    """Remove what must not outlive the run."""
    if places is None:
        return
    (places.run / "address").unlink(missing_ok=True)
    if places.run not in places.sockets.parents:
        shutil.rmtree(places.sockets, ignore_errors=True)


def main() -> int:
    """One house per checkout at a time, and only for the demonstration."""
    if os.environ.get("TALENTSVC_ENV", "demo") != "demo":
        say("make run is for the demonstration only: unset TALENTSVC_ENV.")
        return 1
    # Mails, logs and uploads of the demonstration are nobody else's business either.
    os.umask(0o077)
    # Beside the folder, not inside: FRESH=1 moves the folder.
    VAR.parent.mkdir(parents=True, exist_ok=True)
    with VAR.with_name(f"{VAR.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            address = VAR / "run" / "address"
            say(f"Already running: {address.read_text() if address.is_file() else 'starting'}")
            return 1
        with own_foreground_group(), stop_on_signals():
            return run(os.environ.get("FRESH", "") not in {"", "0"})


if __name__ == "__main__":
    sys.exit(main())
