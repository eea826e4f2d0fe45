"""What is due by the clock: once per pause, whoever asks, and a broken job stops no other."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command

from common import events, schedule
from common.events import due

pytestmark = pytest.mark.django_db


@pytest.fixture
def jobs() -> Iterator[list[str]]:
    kept, calls = dict(events.due_jobs), []
    events.due_jobs.clear()

    @due(every=timedelta(hours=1))
    def hourly() -> None:
        calls.append("hourly")

    @due(every=timedelta(hours=1))
    def broken() -> None:
        calls.append("broken")
        raise RuntimeError

    @due(every=timedelta(hours=1))
    def last() -> None:
        calls.append("last")

    yield calls
    events.due_jobs.clear()
    events.due_jobs.update(kept)


def test_each_job_runs_once_until_its_pause_is_over(jobs):
    schedule.run_due()
    assert jobs == ["hourly", "broken", "last"]
    schedule.run_due()
    assert jobs == ["hourly", "broken", "last", "broken"]  # what failed is tried again at the next look
    cache.delete(f"due:{__name__}.hourly")
    schedule.run_due()
    assert jobs.count("hourly") == 2


def test_all_can_be_run_at_once(jobs, capsys):
    schedule.run_due()
    call_command("run_due", "--all")
    assert jobs.count("hourly") == 2
    assert "hourly" in capsys.readouterr().out


def test_real_jobs_all_run(db):
    names = schedule.run_due(all_now=True)
    assert sorted(names) == sorted(events.due_jobs)


def test_job_registered_twice_is_refused(jobs):
    with pytest.raises(ValueError, match="twice"):

        @due(every=timedelta(hours=1))
        def hourly() -> None: ...
