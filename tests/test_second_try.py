"""Where a promise is at stake nothing is tried twice: these files exist, and have one try."""

from pathlib import Path

import pytest

from tests.second_try import may_try_again

HERE = Path(__file__).resolve().parent
PROMISES = [
    "tests/security/test_closed_groups.py",
    "tests/security/test_interleavings.py",
    "tests/voting/test_protocols.py",
    "tests/voting/test_database_killed.py",
    "tests/voting/test_vote_machine.py",
    "tests/voting/test_budget_races.py",
    "tests/voting/test_secrecy.py",
    "tests/voting/test_tampering.py",
    "tests/moderation/test_races.py",
    "tests/search/test_simulation.py",
    "tests/search/test_killed.py",
]


@pytest.mark.parametrize("path", PROMISES)
def test_what_keeps_a_promise_is_tried_once(path: str) -> None:
    assert (HERE.parent / path).exists()
    assert not may_try_again(path)


def test_a_page_may_be_asked_again() -> None:
    assert may_try_again("tests/e2e/test_queue.py")
    assert may_try_again("tests/ideas/test_sharing.py")
