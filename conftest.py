"""Fixtures stand in tests/support, for tests beside the code and in tests/ alike."""

from hypothesis import settings

pytest_plugins = ["tests.support.fixtures", "tests.support.browser"]

settings.register_profile("house", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("house")
