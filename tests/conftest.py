"""Fixtures of all tests live in tests/fixtures, one module per kind of surroundings."""

from hypothesis import HealthCheck, settings

# On two busy cores the first draw of a run can take seconds; that says nothing of the code under test.
settings.register_profile("house", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("house")

pytest_plugins = (
    "tests.fixtures.servers",
    "tests.fixtures.mail",
    "tests.fixtures.application",
    "tests.fixtures.service",
    "tests.fixtures.browser",
)
