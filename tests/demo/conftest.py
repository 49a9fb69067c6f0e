"""The demonstration's tests stand on the guarantees' ground: rules in force, companies, cases."""

from tests.guarantees.conftest import ground, made_ground

__all__ = ["ground", "made_ground"]
