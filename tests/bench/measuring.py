"""CPU of this process and its children, and the table that a run prints."""

from __future__ import annotations

import json
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


def cpu() -> float:
    """CPU seconds of this process and of the children it has waited for."""
    own, children = (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


@dataclass(frozen=True)
class Cost:
    """What one call costs, in seconds: CPU of this process, and time by the clock."""

    cpu: float
    wall: float


def costs_in_turn(
    steps: dict[int, Callable[[], object]], *, runs: int, warm_up: int = 7
) -> dict[int, Cost]:
    """Mean CPU and median wall time of each step; they take turns, after some rounds that do not count."""
    cpus: dict[int, list[float]] = {name: [] for name in steps}
    walls: dict[int, list[float]] = {name: [] for name in steps}
    for turn in range(warm_up + runs):
        for name, step in steps.items():
            began, started = cpu(), time.perf_counter()
            step()
            wall, spent = time.perf_counter() - started, cpu() - began
            if turn >= warm_up:
                walls[name].append(wall)
                cpus[name].append(spent)
    return {
        name: Cost(statistics.mean(cpus[name]), statistics.median(walls[name])) for name in steps
    }


@dataclass(frozen=True)
class Row:
    """One figure against its budget; `floor` is what it is divided by, empty for an absolute one."""

    id: str
    figure: str
    value: float
    unit: str
    floor: float | None
    ratio: float | None
    budget: str
    is_met: bool


def ratio_row(
    id_: str, figure: str, value: float, floor: float, most: float, unit: str = "ms"
) -> Row:
    """A figure that may cost so many times its floor."""
    ratio = value / floor
    return Row(id_, figure, value, unit, floor, ratio, f"<= {most} x", ratio <= most)


def absolute_row(id_: str, figure: str, value: float, most: float, unit: str) -> Row:
    """A figure with a budget of its own."""
    return Row(id_, figure, value, unit, None, None, f"<= {most} {unit}", value <= most)


def print_table(rows: list[Row], target: Path) -> None:
    """Print the figures and keep them as JSON."""
    print(f"{'':5}{'figure':58}{'value':>12}{'floor':>12}{'ratio':>8}  {'budget':>12}  ok")
    for row in rows:
        floor = f"{row.floor:.2f}" if row.floor is not None else ""
        ratio = f"{row.ratio:.2f}" if row.ratio is not None else ""
        value = f"{row.value:.2f} {row.unit}"
        print(
            f"{row.id:5}{row.figure:58}{value:>12}{floor:>12}{ratio:>8}  {row.budget:>12}  {'yes' if row.is_met else 'NO'}"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps([asdict(row) for row in rows], indent=1), encoding="utf-8")
