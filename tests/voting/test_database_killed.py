"""V5: the database itself is killed under load – a PostgreSQL of the test's own (see ``docs/testing.md``)."""

import pytest

from tests import cluster, crowd, databases
from tests.served import served
from tests.soak import size
from tests.voting import storm

pytestmark = pytest.mark.server


def test_v5_a_killed_database_loses_no_acknowledged_vote_and_is_said_to_be_away():
    if "postgres" not in databases.kinds():
        return  # SQLite lives in the web processes: V4 kills both
    with cluster.cluster() as server, served("postgres", start=False) as other:
        other.database_url = server.take_over(other.database_url)
        crowd.populate(other, size(12, 200), {"away": (size(4, 10), {})})
        members, ideas = other.people, other.ideas["away"]
        other.start()
        stubborn = storm.Stubborn(members, ideas)
        with stubborn:
            for share in (0.25, 0.5, 0.75):
                stubborn.wait_for(share)
                server.kill()
                status, seconds = storm.asked_away(other.url)
                server.start()
                assert (status, seconds) == (503, "5")
        print(f"V5: {stubborn}")
        assert stubborn.bad == []
        assert len(stubborn.acknowledged) == len(members) * len(ideas)
        assert [storm.numbers(other, idea) for idea in ideas] == [(len(members),) * 4] * len(ideas)
        other.manage("verify_votes")
