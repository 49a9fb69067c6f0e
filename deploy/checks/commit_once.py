"""Only the unit of work commits: `python -m deploy.checks.commit_once`.

Whatever else called `commit` could leave a half-done action behind, or one without its audit entry
(guarantees.md G1).
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("talentsvc", "worker")
ALLOWED = Path("talentsvc/extensions/unit_of_work.py")


def commits(text: str) -> Iterator[int]:
    """The lines that call `something.commit(`."""
    for node in ast.walk(ast.parse(text)):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr == "commit":
            yield called.lineno


def main() -> int:
    """Print each forbidden commit; 1 if there is one."""
    broken = False
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT)
            if name == ALLOWED:
                continue
            for line in commits(path.read_text(encoding="utf-8")):
                print(f"{name}:{line}: commit; only {ALLOWED} may")
                broken = True
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
