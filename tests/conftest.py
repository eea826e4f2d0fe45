"""What every test starts from."""

import pytest
from django.core.cache import caches

pytest_plugins = ["tests.desk"]


@pytest.fixture(autouse=True)
def _forgetful_caches(settings) -> None:
    """Empty the caches of this process: rows of another test had the same numbers."""
    for name, cache in settings.CACHES.items():
        if cache["BACKEND"].endswith("LocMemCache"):
            caches[name].clear()
