"""Opening untrusted files: each in a short-lived process with limits (see `parser_child`)."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from talentsvc.files.rules.refusals import RefusalCode, RefusedFile

CHILD = Path(__file__).with_name("parser_child.py")

#: Address space of the process: a 60-megapixel picture needs 0.5 GiB, a bomb meets the limit.
MEMORY_BYTES = 1024 * 1024 * 1024
#: Processor time, and the longest wait for it on a busy machine.
PROCESSOR_SECONDS = 20
WAIT_SECONDS = 40.0


@dataclass(frozen=True)
class Parsed:
    """What the process found: pixels or pages, and the bytes it made."""

    width: int | None = None
    height: int | None = None
    pages: int | None = None
    made: bytes = b""


def parse(command: str, data: bytes, **options: int) -> Parsed:
    """Run one command of `parser_child` over `data`.

    Errors: RefusedFile with the child's reason; `too_complex` when it met a limit or fell over.
    """
    call = [
        sys.executable,
        "-I",
        str(CHILD),
        command,
        json.dumps(options),
        str(MEMORY_BYTES),
        str(PROCESSOR_SECONDS),
    ]
    try:
        # A fixed command of our own; the untrusted bytes go to its stdin alone.
        ended = subprocess.run(  # noqa: S603
            call, input=data, capture_output=True, env={}, cwd="/", timeout=WAIT_SECONDS, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise RefusedFile(RefusalCode.TOO_COMPLEX) from error
    head, _, made = ended.stdout.partition(b"\n")
    answer = json.loads(head)
    if "refused" in answer:
        raise RefusedFile(RefusalCode(answer["refused"]), **answer["params"])
    return Parsed(**answer, made=made)
