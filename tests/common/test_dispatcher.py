"""Real processes that deliver: killed at any moment, two at once, and Celery's worker and beat."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import databases
from tests.mailbox import Mailbox, mail_server
from tests.served import ROOT, Town, served

pytestmark = pytest.mark.server
MAILS, ROUNDS = 300, 20

WRITE = """
from accounts.actions import add_person
from notifications.actions import tell
anna = add_person(email="anna@example.org", display_name="Anna")
for number in range({start}, {end}):
    tell(person=anna, kind="receipt", key=f"k{{number}}", subject=f"Nachricht {{number}}", text="Text", url="/", about=("idea", number))
"""
NURSERY = """
import os, signal, sys
sys.path[:0] = [{root!r}, {root!r} + "/site"]
import django
django.setup()
from django.core.management import call_command
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    pid = os.fork()
    if not pid:
        os.dup2(2, 1)  # what it logs is no process id
        call_command("run_outbox")
    print(pid, flush=True)
"""
SERVE = """
import sys, os, time
sys.path[:0] = [{root!r}, {root!r} + "/site"]
import config.wsgi
from common import events
def note(number):
    with open({notes!r}, "a") as handle:
        handle.write(f"{{os.getpid()}} {{number}}\\n")
events.receivers["test_noted"] = {{"note": note}}
print("ready", flush=True)
time.sleep(3600)
"""


@contextmanager
def town_with_mail(kind: str, **options: object) -> Iterator[tuple[Town, Mailbox]]:
    with mail_server(delay=0.002) as box:
        extra = {"EMAIL_URL": f"smtp://127.0.0.1:{box.port}"}
        with served(kind, start=False, extra=extra, **options) as town:
            yield town, box


@contextmanager
def outbox_nursery(town: Town) -> Iterator[Callable[[], int]]:
    """Give a function that starts a new process of ``run_outbox`` and returns its id, without loading everything anew."""
    code = NURSERY.format(root=str(ROOT))
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=town.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as nursery:  # fmt: skip

        def start() -> int:
            assert nursery.stdin is not None
            assert nursery.stdout is not None
            nursery.stdin.write("\n")
            nursery.stdin.flush()
            return int(nursery.stdout.readline())

        try:
            yield start
        finally:
            nursery.kill()


def be_gone(town: Town, process: int) -> None:
    """Wait until a killed process and its connections are no more: what was on its way to the database has arrived."""
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    is_served = town.database_url.startswith("postgres")
    end = time.monotonic() + 120
    while Path(f"/proc/{process}").exists() or (is_served and town.rows(others) != [(0,)]):
        assert time.monotonic() < end, "it does not go"
        time.sleep(0.01)


def let_time_pass(town: Town) -> None:
    """What a dead process held comes back when its lease has ended; tests need not wait for that."""
    past = "2020-01-01 00:00:00+00:00" if town.database_url.startswith("postgres") else "2020-01-01 00:00:00"
    town.rows("UPDATE common_delivery SET next_try = %s WHERE state = 'running'", past)
    town.rows("UPDATE notifications_message SET mail_claimed_until = %s WHERE mail_claimed_until IS NOT NULL", past)


@pytest.mark.parametrize("kind", databases.kinds())
def test_dispatcher_killed_twenty_times_loses_no_mail_and_repeats_none_but_under_its_own_id(kind):
    with town_with_mail(kind) as (town, box):
        town.python(WRITE.format(start=0, end=MAILS))
        with outbox_nursery(town) as start:
            for _round in range(ROUNDS):
                before, process = len(box.mails), start()
                # So many mails, and not so long: a quick machine would have sent them all.
                assert box.wait_for(before + random.randint(1, 8), seconds=240), town.log_tail()
                time.sleep(random.uniform(0, 0.01))
                os.kill(process, signal.SIGKILL)
                be_gone(town, process)
                let_time_pass(town)
            assert len(set(box.ids)) < MAILS, "everything was sent before the last kill; write more mails"
        town.manage("run_outbox", "--drain")
        wanted = {f"<message-{pk}@127.0.0.1>" for (pk,) in town.rows("SELECT id FROM notifications_message")}
        assert len(wanted) == MAILS
        assert set(box.ids) == wanted
        assert town.rows("SELECT count(*) FROM common_delivery WHERE event = 'message_written'") == [(0,)]
        assert town.rows("SELECT count(*) FROM notifications_message WHERE mailed_at IS NULL") == [(0,)]
        # Killed between the server's "taken" and our mark, a mail goes out again – the same one, at most one a kill.
        twice = {key: count for key, count in Counter(box.ids).items() if count > 1}
        assert sum(count - 1 for count in twice.values()) <= ROUNDS
        print(f"{kind}: {MAILS} mails, {ROUNDS} kills, {len(twice)} repeated under the same Message-ID")


@pytest.mark.parametrize("kind", databases.kinds())
def test_mail_server_that_is_down_delays_mails_and_loses_none(kind):
    with town_with_mail(kind) as (town, box):
        town.python(WRITE.format(start=0, end=3))
        kept = town.extra["EMAIL_URL"]
        town.extra["EMAIL_URL"] = "smtp://127.0.0.1:1"
        town.manage("run_outbox", "--drain")
        assert town.rows("SELECT count(*) FROM common_delivery WHERE state = 'waiting' AND attempts = 1") == [(3,)]
        assert town.rows("SELECT count(*) FROM notifications_message WHERE mailed_at IS NULL") == [(3,)]
        town.extra["EMAIL_URL"] = kept
        town.rows("UPDATE common_delivery SET next_try = %s", "2020-01-01 00:00:00+00:00")
        town.manage("run_outbox", "--drain")
        assert len(box.ids) == len(set(box.ids)) == 3


def test_of_two_serving_processes_one_delivers_and_the_other_takes_over_when_it_dies(tmp_path):
    notes = tmp_path / "notes"
    notes.touch()
    with served("sqlite", start=False) as town:
        code = SERVE.format(root=str(ROOT), notes=str(notes))
        processes = [
            subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=town.environment, stdout=subprocess.PIPE)
            for _one in range(2)
        ]
        try:
            for process in processes:
                assert process.stdout is not None
                assert process.stdout.readline() == b"ready\n"
            first = delivered_by(town, notes, range(10))
            assert len(first) == 1
            os.kill(first.pop(), signal.SIGKILL)
            second = delivered_by(town, notes, range(10, 20))
            assert len(second) == 1
            assert [line.split()[1] for line in notes.read_text().splitlines()].count("3") == 1
        finally:
            for process in processes:
                process.kill()
                process.wait()


def delivered_by(town: Town, notes: Path, numbers: range) -> set[int]:
    """Announce numbers and return which processes noted them."""
    columns = "event, receiver, key, ids, state, attempts, next_try, created_at, last_error"
    for number in numbers:
        values = ("test_noted", "note", f"n{number}", f'{{"number": {number}}}', "waiting", 0)
        past = "2020-01-01 00:00:00"
        town.rows(
            f"INSERT INTO common_delivery ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '')", *values, past, past
        )
    end, wanted = time.monotonic() + 120, {str(number) for number in numbers}
    while time.monotonic() < end:
        lines = [line.split() for line in notes.read_text().splitlines()]
        if wanted <= {number for _pid, number in lines}:
            return {int(pid) for pid, number in lines if number in wanted}
        time.sleep(0.05)
    raise AssertionError(f"not delivered: {notes.read_text()}")


def test_celery_worker_and_beat_deliver():
    if "postgres" not in databases.kinds() or not os.environ.get("CELERY_BROKER_URL"):
        pytest.skip("wants PostgreSQL and Redis (see docs/testing.md)")
    with town_with_mail("postgres", celery=True) as (town, box):
        town.python(WRITE.format(start=0, end=5))
        town._run("worker", "celery", "-A", "config", "worker", "--concurrency", "2", "--loglevel", "WARNING")
        schedule = ["--schedule", str(town.folder / "beat"), "--pidfile", ""]
        town._run("beat", "celery", "-A", "config", "beat", "--loglevel", "WARNING", *schedule)
        assert box.wait_for(5, seconds=240), town.log_tail()
        time.sleep(1)
        assert sorted(box.ids) == sorted(set(box.ids))
        assert len(box.ids) == 5
