"""What every test starts from."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings as all_settings
from django.core.cache import caches
from django.utils import timezone, translation
from hypothesis import HealthCheck
from hypothesis import settings as chance

from tests import databases
from tests.moderation.guards import empty_guarded_tables

pytest_plugins = ["tests.desk", "tests.second_try", "tests.town_log"]
# How long one example takes says something about the machine, and nothing about the code.
chance.register_profile("patient", chance(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
chance.load_profile("patient")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Begin with a copy of a migrated database: migrating takes half a minute, for each process of a run."""
    yield from databases.prepare_tests(all_settings.DATABASES["default"])


@pytest.fixture(autouse=True)
def _forgetful_caches(settings) -> None:
    """Empty the caches of this process: rows of another test had the same numbers."""
    for name, cache in settings.CACHES.items():
        if cache["BACKEND"].endswith("LocMemCache"):
            caches[name].clear()


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """Begin in the town's language: the request of another test may have left this thread in English."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _same_day() -> None:
    """Begin no test in the last seconds of a day: its „today" and that of the page would be two different days."""
    soon = timezone.localtime() + timedelta(seconds=20)
    if soon.date() != timezone.localdate():
        time.sleep(20)


@pytest.fixture(autouse=True)
def _guards_let_go(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty append-only tables after a test with real commits, before its other rows are thrown away."""
    mark = request.node.get_closest_marker("django_db")
    commits = bool(mark and mark.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(
        request.fixturenames
    )
    if commits:
        request.getfixturevalue("transactional_db")
    yield
    if commits:
        empty_guarded_tables()
