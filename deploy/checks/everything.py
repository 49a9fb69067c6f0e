"""`make lint`: every law of the house, two at a time; what fails is printed, and all of it."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
SOURCES = ("talentsvc", "worker", "deploy", "tests", "wsgi.py")
PYTHON = (sys.executable, "-m")

# The slowest first, so that two at a time end together.
LAWS: dict[str, tuple[str, ...]] = {
    "types": (*PYTHON, "mypy"),
    "schema": (*PYTHON, "deploy.checks.schema"),
    "rooms": (sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"),
    "catalogues": (*PYTHON, "deploy.catalogues", "check"),
    "templates": (
        *(*PYTHON, "djlint", "templates", "--quiet"),
        *("--rules", "deploy/checks/djlint_rules.yaml"),
    ),
    "style": (*PYTHON, "ruff", "check", *SOURCES),
    "format": (*PYTHON, "ruff", "format", "--check", *SOURCES),
    "sizes": (*PYTHON, "deploy.checks.size_limits"),
    "commits": (*PYTHON, "deploy.checks.commit_once"),
    "dependencies": (*PYTHON, "deptry", ".", "--no-ansi"),
}
# Their output is worth reading although nothing is wrong.
NOTICES = {"sizes"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one law said."""

    name: str
    is_kept: bool
    text: str
    seconds: float


def apply(name: str) -> Outcome:
    """Run one check."""
    began = time.monotonic()
    done = subprocess.run(
        LAWS[name],
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return Outcome(name, done.returncode == 0, done.stdout.strip(), time.monotonic() - began)


def main() -> int:
    """Run everything, or only the laws named on the command line; 1 if one is broken."""
    chosen = sys.argv[1:] or list(LAWS)
    broken = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for outcome in pool.map(apply, chosen):
            word = "kept" if outcome.is_kept else "BROKEN"
            print(f"{outcome.name:<14}{word:<8}{outcome.seconds:5.1f} s", flush=True)
            if outcome.text and (not outcome.is_kept or outcome.name in NOTICES):
                print(outcome.text, flush=True)
            if not outcome.is_kept:
                broken.append(outcome.name)
    print(f"broken: {', '.join(broken)}" if broken else "all laws are kept")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
