"""Fixtures stand in tests/support, for tests beside the code and in tests/ alike."""

pytest_plugins = ["tests.support.fixtures", "tests.support.browser"]
