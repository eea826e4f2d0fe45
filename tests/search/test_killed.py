"""Processes that are killed (``kill -9``) with the real server and a real database: nothing is wrong after the sweeper."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from tests import databases, soak

ROOT = Path(__file__).resolve().parents[2]
KILLS = soak.size(12, 200)

pytestmark = [pytest.mark.server, pytest.mark.parametrize("kind", databases.kinds())]


def side(kind: str, folder: Path, role: str, number: int) -> list[str]:
    """Let ``tests/search/side.py`` do something on a database of its own; return what it said."""
    if not os.environ.get("ELASTICSEARCH_URL"):
        pytest.skip("ELASTICSEARCH_URL names no server.")
    foreign = ("MITWIRK_", "DATABASE_", "CELERY_", "REDIS_", "DJANGO_", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    url = databases.fresh(kind, folder)
    environment = kept | {
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "DATABASE_URL": url,
        "MITWIRK_DATA_DIR": str(folder),
        "ELASTICSEARCH_INDEX": f"mitwirk-test-{uuid.uuid4().hex[:12]}",
        "LOG_LEVEL": "CRITICAL",
    }
    command = [sys.executable, "-m", "tests.search.side", role, str(number)]
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True, timeout=900)
    finally:
        databases.drop(url)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.splitlines()


def test_workers_killed_between_the_answer_and_their_word_for_it(kind: str, tmp_path: Path) -> None:
    assert side(kind, tmp_path, "workers", KILLS) == ["waiting 0", "compared True, live"]


def test_reindexing_killed_in_the_middle_goes_on_with_five_hundred_writes_meanwhile(kind: str, tmp_path: Path) -> None:
    *kills, ended, waiting, compared = side(kind, tmp_path, "reindex", 2)
    assert kills == ["killed at True", "killed at True"]
    assert ended == "reindex ended with 0, writer with 0"
    assert [waiting, compared] == ["waiting 0", "compared True, draining, live"]
