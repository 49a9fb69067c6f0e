"""Every way in which the product writes, as a function that runs inside one unit of work."""

from collections.abc import Callable

from tests.guarantees.ground import Ground

Scenario = Callable[[Ground], None]

SCENARIOS: dict[str, Scenario] = {}


def scenario(run: Scenario) -> Scenario:
    """Put a scenario on the list; two of one name would hide one another."""
    name = f"{run.__module__.rpartition('.')[2]}.{run.__name__}"
    if name in SCENARIOS:
        raise ValueError(f"two scenarios are called {name}")
    SCENARIOS[name] = run
    return run
