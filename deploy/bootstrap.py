"""Make `.venv` ready: pinned packages, the project itself, compiled catalogues, compressed assets.

Only the standard library, since it runs before anything is installed:
`python3 deploy/bootstrap.py local` for `make run`, `dev` for the other targets (`dev` holds all of
`local`). A second call with nothing changed only compares a stamp. Exit code 3: something on the
machine is missing and the line to type was printed.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BOOT_LOCK = ROOT / "requirements-boot.lock"
LEVELS = ("local", "dev")
OLDEST, NEWEST = (3, 11), (3, 14)
MISSING = 3


def say(text: str) -> None:
    """One line on the console."""
    print(text, flush=True)


def stop(text: str) -> None:
    """End with the line to type."""
    print(text, file=sys.stderr, flush=True)
    sys.exit(MISSING)


def use_fitting_python() -> None:
    """Go on under a Python the locks were made for, if the current one is not."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    stop("Python 3.11 to 3.14 is needed, for instance: apt-get install python3 python3-venv")


def is_root_with_apt() -> bool:
    """Whether a missing Debian package may simply be installed."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def need_venv_module() -> None:
    """Install python3-venv where `python3 -m venv` would fail; Debian ships it apart."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if not is_root_with_apt():
        stop(f"The venv module of Python is missing. Type: sudo apt-get install -y {package}")
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    done = subprocess.run(["apt-get", "install", "-y", "-qq", package], check=False)
    if done.returncode:
        stop(
            f"The venv module of Python could not be installed. Type: apt-get install -y {package}"
        )


def wanted_stamp(level: str) -> str:
    """What the installed environment depends on: locks, project file, Python, and its own place.

    The place counts because a moved environment keeps its old path inside.
    """
    digest = hashlib.sha256()
    for name in (BOOT_LOCK.name, f"requirements-{level}.lock", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    digest.update(f"{ROOT} {sys.version_info[:3]}".encode())
    return digest.hexdigest()


def stamp_file(level: str) -> Path:
    """Where the state of the environment is written down."""
    return VENV / f"stamp-{level}"


def is_installed(level: str) -> bool:
    """Whether this level, or one that contains it, is in place and unchanged."""
    for candidate in LEVELS[LEVELS.index(level) :]:
        stamp = stamp_file(candidate)
        if stamp.is_file() and stamp.read_text() == wanted_stamp(candidate):
            return works(PYTHON)
    return False


def works(python: Path) -> bool:
    """Whether the environment's interpreter still starts and is of the running version."""
    if not os.access(python, os.X_OK):
        return False
    asked = [str(python), "-c", "import sys; print(sys.version_info[:2])"]
    done = subprocess.run(asked, check=False, capture_output=True, text=True)
    return done.returncode == 0 and done.stdout.strip() == str(sys.version_info[:2])


def make_venv() -> None:
    """A fresh environment, unless there is one that works and was made in this place."""
    config = VENV / "pyvenv.cfg"
    if config.is_file() and f" {VENV}\n" in config.read_text() and works(PYTHON):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    need_venv_module()
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def pip(*arguments: str) -> list[str]:
    """A command of the environment's own pip."""
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "-q", *arguments]


def installer_environment() -> dict[str, str]:
    """The environment for uv, which ignores pip's configuration: pass on the index set there."""
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    for pip_name, uv_name in (("index-url", "UV_DEFAULT_INDEX"), ("cert", "SSL_CERT_FILE")):
        for scope in ("global", "install", ":env:"):
            asked = pip("config", "get", f"{scope}.{pip_name}")
            done = subprocess.run(asked, check=False, capture_output=True, text=True)
            value = done.stdout.strip()
            if done.returncode == 0 and value:
                environment.setdefault(uv_name, value)
    return environment


def install_with_uv(lock: str) -> bool:
    """Install exactly what is locked; False when uv is not to be had or does not reach an index."""
    boot = subprocess.run(pip("install", "--require-hashes", "-r", str(BOOT_LOCK)), check=False)
    if boot.returncode:
        return False
    uv = [str(VENV / "bin" / "uv"), "pip"]
    environment = installer_environment()
    for command in (
        [*uv, "sync", "-q", "--require-hashes", lock, BOOT_LOCK.name],
        [*uv, "install", "-q", "--no-deps", "--no-build-isolation", "-e", "."],
    ):
        if subprocess.run(command, check=False, cwd=ROOT, env=environment).returncode:
            return False
    return True


def install_with_pip(lock: str) -> None:
    """The slower way, which follows every setting pip has."""
    say("Installing with pip (slower) ...")
    subprocess.run(pip("install", "--require-hashes", "-r", lock), check=True, cwd=ROOT)
    own = pip("install", "--no-deps", "--no-build-isolation", "-e", ".")
    subprocess.run(own, check=True, cwd=ROOT)


def install(level: str) -> None:
    """Bring the environment to the locked state and write the stamp last.

    An environment that was made for development stays one: `make run` must not take the test tools
    away from somebody who is testing.
    """
    level = max([level, *(one for one in LEVELS if stamp_file(one).is_file())], key=LEVELS.index)
    say("Installing the locked packages into .venv ...")
    make_venv()
    for candidate in LEVELS:
        stamp_file(candidate).unlink(missing_ok=True)
    lock = f"requirements-{level}.lock"
    if not install_with_uv(lock):
        install_with_pip(lock)
    stamp_file(level).write_text(wanted_stamp(level))


def is_older(made: Path, source: Path) -> bool:
    """Whether a made file is missing or older than what it is made from."""
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def compile_catalogues() -> None:
    """Turn each changed messages.po into the .mo that is read at run time."""
    folder = ROOT / "talentsvc" / "translations"
    sources = folder.glob("*/LC_MESSAGES/messages.po")
    if any(is_older(source.with_suffix(".mo"), source) for source in sources):
        command = [str(PYTHON), "-m", "babel.messages.frontend", "-q", "compile", "-d", str(folder)]
        subprocess.run(command, check=True, cwd=ROOT)


def compress_assets() -> None:
    """Write .gz and .br beside the static files, so that the server need not compress."""
    folder = ROOT / "static"
    sources = [path for path in folder.rglob("*") if path.suffix in {".css", ".js", ".svg"}]
    state = str(sorted((str(path), path.stat().st_mtime_ns) for path in sources))
    stamp = VENV / "stamp-assets"
    if not stamp.is_file() or stamp.read_text() != state:
        command = [str(PYTHON), "-m", "whitenoise.compress", "-q", str(folder)]
        subprocess.run(command, check=True, cwd=ROOT)
        stamp.write_text(state)


def main(level: str) -> int:
    """Do what is needed and nothing else; two calls at once wait for each other."""
    use_fitting_python()
    with BOOT_LOCK.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_installed(level):
            install(level)
        compile_catalogues()
        compress_assets()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "local"))
