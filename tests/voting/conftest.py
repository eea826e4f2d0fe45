"""Every test has voting secrets of its own: SQLite gives a campaign's number out again after a rollback."""

from collections.abc import Iterator

import pytest

from common.database import now, replayed_at


@pytest.fixture(autouse=True)
def _own_secrets(settings, tmp_path):
    settings.VOTING_SECRET_FILE = tmp_path / "secrets" / "voting_secrets.json"


@pytest.fixture
def standing_clock(db) -> Iterator[None]:
    """Let the database's clock stand: no hour begins between two votes of a test that belong to one hour."""
    with replayed_at(now()):
        yield
