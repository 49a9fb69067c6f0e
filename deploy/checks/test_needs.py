"""What `make test` needs beside Python: looked for, and installed when root, before any test runs.

Exit code 3 with the one line to type when something is missing and may not be installed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MISSING = 3
# A character of plane 2 that stands in real names; fonts without it draw a box on the card.
RARE_CHARACTER = "20bb7"


def _has_chromium() -> bool:
    return shutil.which("chromium") is not None


def _has_chinese_widgets() -> bool:
    """Whether Chromium's own words (date fields, validation) come in Chinese."""
    folders = ("/usr/lib/chromium/locales", "/usr/lib64/chromium/locales")
    return any(list(Path(folder).glob("zh-CN.pak")) for folder in folders)


def _has_chinese_font() -> bool:
    asked = ["fc-list", f":charset={RARE_CHARACTER}", "family"]
    try:
        return bool(subprocess.run(asked, check=False, capture_output=True).stdout.strip())
    except FileNotFoundError:
        return False


def _has_pdf_tools() -> bool:
    return all(shutil.which(name) for name in ("pdftotext", "pdftoppm"))


@dataclass(frozen=True, slots=True)
class Need:
    """A Debian package and how to see that its work can be done."""

    package: str
    is_met: Callable[[], bool]


NEEDS = (
    Need("chromium", _has_chromium),
    Need("chromium-l10n", _has_chinese_widgets),
    Need("fontconfig", lambda: shutil.which("fc-list") is not None),
    Need("fonts-noto-cjk", _has_chinese_font),
    Need("poppler-utils", _has_pdf_tools),
)


def missing() -> list[str]:
    """The packages whose work cannot be done."""
    return [need.package for need in NEEDS if not need.is_met()]


def install(packages: list[str]) -> None:
    """Install them as root on Debian or Ubuntu; says what fails, decides nothing."""
    print(f"Installing {' '.join(packages)} ...", flush=True)
    options = ["-y", "-qq", "--no-install-recommends"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
    subprocess.run(["apt-get", "install", *options, *packages], check=False, env=environment)


def main() -> int:
    """0 when all is there."""
    packages = missing()
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        install(packages)
        packages = missing()
    if packages:
        names = " ".join(packages)
        print(f"The tests need {names}. Type: sudo apt-get install -y {names}", file=sys.stderr)
        return MISSING
    return 0


if __name__ == "__main__":
    sys.exit(main())
