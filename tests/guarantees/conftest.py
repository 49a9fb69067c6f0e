"""Fixtures of the proofs of the guarantees."""

from collections.abc import Iterator

import pytest
import time_machine

from talentsvc.extensions.database import db
from tests.fixtures.servers import Servers
from tests.guarantees.ground import NOON, Ground, ground_for


@pytest.fixture(scope="session")
def made_ground(
    servers: Servers, environment: dict[str, str], worker_number: int
) -> Iterator[Ground]:
    """This worker's ground."""
    ground = ground_for(servers, environment, worker_number)
    yield ground
    with ground.app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def ground(made_ground: Ground) -> Iterator[Ground]:
    """A ground that is fresh for this module, at a moment in its calendar."""
    with time_machine.travel(NOON, tick=True):
        made_ground.reset()
        yield made_ground
