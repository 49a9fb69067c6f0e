"""Fixtures of all tests live in tests/fixtures, one module per kind of surroundings."""

pytest_plugins = (
    "tests.fixtures.servers",
    "tests.fixtures.mail",
    "tests.fixtures.application",
    "tests.fixtures.service",
    "tests.fixtures.browser",
)
