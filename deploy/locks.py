"""Resolve requirements*.in into hashed locks that name no index.

The header is left out because it would repeat the command line with any index address in it.
`make locks ARGS=--upgrade` takes the newest versions, without it only what must change changes.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each later file is constrained by the lock before it, so the order matters.
NAMES = ("requirements", "requirements-local", "requirements-dev", "requirements-boot")
OPTIONS = ("-q", "--universal", "--python-version=3.11", "--generate-hashes", "--no-header")


def main(extra: list[str]) -> int:
    """Compile every lock; stops at the first that does not resolve."""
    for name in NAMES:
        command = [str(ROOT / ".venv" / "bin" / "uv"), "pip", "compile", *OPTIONS, *extra]
        subprocess.run([*command, f"{name}.in", "-o", f"{name}.lock"], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
