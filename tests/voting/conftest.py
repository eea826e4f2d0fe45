"""Every test has voting secrets of its own: SQLite gives a campaign's number out again after a rollback."""

import pytest


@pytest.fixture(autouse=True)
def _own_secrets(settings, tmp_path):
    settings.VOTING_SECRET_FILE = tmp_path / "secrets" / "voting_secrets.json"
