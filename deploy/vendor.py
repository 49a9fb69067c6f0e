"""Fetch the browser files listed in vendor.json and put them under static/vendor/.

The copies are committed, so nothing here runs on a user's machine. `npm pack` takes the package from
whatever registry the machine is configured for; the recorded sha512 decides whether it is the right
one. Run as `python -m deploy.vendor` after changing a version.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "static" / "vendor"


class WrongPackage(Exception):
    """What the registry gave is not what was recorded."""


@dataclass(frozen=True, slots=True)
class Package:
    """One entry of vendor.json: `files` maps a path inside the package to a name in `folder`."""

    name: str
    version: str
    licence: str
    integrity: str
    folder: str
    files: dict[str, str]


def packages() -> list[Package]:
    """Everything vendor.json lists."""
    listed = json.loads((ROOT / "deploy" / "vendor.json").read_text(encoding="utf-8"))
    return [Package(**entry) for entry in listed]


def download(package: Package, folder: Path) -> Path:
    """The package's archive, fetched into `folder` with npm's own settings."""
    command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return folder / done.stdout.split()[-1]


def check(package: Package, archive: Path) -> None:
    """Raise WrongPackage unless the archive has the recorded sha512."""
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        raise WrongPackage(f"{package.name} {package.version}: got sha512-{digest}")


def unpack(package: Package, archive: Path) -> list[Path]:
    """Copy the listed files out of the archive; returns where they went."""
    written = []
    with tarfile.open(archive) as content:
        for inside, name in package.files.items():
            member = content.extractfile(f"package/{inside}")
            if member is None:
                raise WrongPackage(f"{package.name} {package.version}: no file {inside}")
            target = TARGET / package.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(member.read())
            written.append(target)
    return written


def main() -> int:
    """Fetch, check and copy every package; nothing is written for one with a wrong checksum."""
    for package in packages():
        with tempfile.TemporaryDirectory() as folder:
            archive = download(package, Path(folder))
            check(package, archive)
            for written in unpack(package, archive):
                print(written.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
