"""No module of 400 lines, no function of 50: `python -m deploy.checks.size_limits`.

There is no list of exceptions; modules above 320 lines are reported, since a bare limit only
presses files up to it.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("talentsvc", "worker", "deploy", "tests")
MODULE_LIMIT, MODULE_NOTICE, FUNCTION_LIMIT = 400, 320, 50


def modules() -> list[Path]:
    """Every module the law holds for."""
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return sorted([*found, ROOT / "wsgi.py"])


def long_functions(text: str) -> Iterator[tuple[int, str, int]]:
    """Line, name and length of each function at or above the limit; a decorator does not count."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length >= FUNCTION_LIMIT:
                yield node.lineno, node.name, length


def main() -> int:
    """Print what is too long; 1 if anything is."""
    broken = False
    for path in modules():
        text = path.read_text(encoding="utf-8")
        name, lines = path.relative_to(ROOT), text.count("\n")
        if lines >= MODULE_LIMIT:
            print(f"{name}: {lines} lines; a module stays under {MODULE_LIMIT}")
            broken = True
        elif lines > MODULE_NOTICE:
            print(f"{name}: {lines} lines; close to the limit, think of cutting it by use case")
        for line, function, length in long_functions(text):
            print(f"{name}:{line}: {function} has {length} lines; under {FUNCTION_LIMIT}")
            broken = True
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
