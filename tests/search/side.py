"""What the processes of ``test_killed.py`` do, on a real database: ``python -m tests.search.side workers|reindex NUMBER``.

One process forks the others, so that a kill costs no new start. It says what is wrong in the end, or nothing.
"""

import itertools
import os
import random
import signal
import sys
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402

from search import bring, elastic, ledger, registry, reindex, sync  # noqa: E402
from search.actions import sweep, touch  # noqa: E402
from search.compare import outside_differences  # noqa: E402
from search.models import SearchChange  # noqa: E402
from search.verify import differences  # noqa: E402
from tests.search.notes import Note, NoteSearch  # noqa: E402

dice = random.Random(1)
NOTES, PATIENCE = 100, 600.0


def fork(deed: Callable[[], object]) -> int:
    """Do something in a process of its own; return its id."""
    connections.close_all()
    elastic._client.cache_clear()
    child = os.fork()
    if child:
        return child
    try:
        dice.seed(os.getpid())
        deed()
        os._exit(0)
    except BaseException as error:
        print(f"raised {error!r}", flush=True)
        os._exit(1)


def kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def write(number: int) -> None:
    """Make, change, hide and show notes, each in a transaction of its own."""
    known = list(Note.objects.values_list("pk", flat=True))
    for place in range(number):
        with transaction.atomic():
            if place % 3 and known:
                pk = dice.choice(known)
                Note.objects.filter(pk=pk).update(votes=place, public=dice.random() < 0.7, title=f"Bank {place}")
            else:
                pk = Note.objects.create(title=f"Laterne {place}").pk
                known.append(pk)
            touch("note", pk)


def die_before_the_word() -> None:
    """Bring what waits; be killed between the server's answer and the acknowledgement."""
    ledger.acknowledge = lambda _rows: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment,return-value]
    bring.bring_all(limit=dice.randint(1, 10))


def bring_for_ever() -> None:
    while True:
        bring.bring_all(limit=dice.randint(1, 10))
        time.sleep(0.005)


def workers(number: int) -> None:
    """Kill so many workers, half of them at that very moment, half at any other."""
    for place in range(number):
        write(6)
        if place % 2:
            os.waitpid(fork(die_before_the_word), 0)
        else:
            child = fork(bring_for_ever)
            time.sleep(dice.random() * 0.1)
            kill(child)
        if place % 3 == 0:
            SearchChange.objects.update(lease_until=None)


def slow_reindex(most: int = 0) -> None:
    """Reindex in small steps; with ``most``, wait after so many of them to be killed, however late that comes."""
    real, steps = bring.write, itertools.count(1)
    reindex.BATCH = 10

    def stepwise(*args: object, **more: object) -> object:
        time.sleep(PATIENCE if 0 < most < next(steps) else 0.03)
        return real(*args, **more)  # type: ignore[arg-type]

    bring.write = stepwise  # type: ignore[assignment]
    call_command("reindex", "--outside", stdout=sys.stderr, stderr=sys.stderr)


def stands_at() -> int:
    """Return up to which row the index that is being built is filled."""
    return max(elastic.known().filter(state="building").values_list("cursor", flat=True), default=0)


def rebuilding(number: int) -> None:
    """Reindex, killed so many times in the middle, with a worker at work and five hundred writes meanwhile."""
    worker, writer = fork(bring_for_ever), fork(lambda: write(500))
    for _kill in range(number):
        before, child = stands_at(), fork(lambda: slow_reindex(NOTES // 10 // (number + 1)))
        while stands_at() <= before and not os.waitpid(child, os.WNOHANG)[0]:
            time.sleep(0.01)
        time.sleep(dice.random() * 0.05)
        kill(child)
        print(f"killed at {stands_at() > before}", flush=True)
    _pid, status = os.waitpid(fork(slow_reindex), 0)
    print(f"reindex ended with {status}, writer with {os.waitpid(writer, 0)[1]}", flush=True)
    kill(worker)


def check() -> None:
    """Let leases end, sweep, compare; say what is wrong."""
    SearchChange.objects.update(lease_until=None)
    sweep()
    sync.sync()
    print(f"waiting {SearchChange.objects.count()}")
    for index in elastic.written():
        elastic.patient().indices.refresh(index=index)
        for line in outside_differences(index):
            print(f"wrong {index}: {line}")
    for line in differences():
        print(f"wrong {line}")
    states = ", ".join(elastic.known().order_by("started_at").values_list("state", flat=True))
    print(f"compared {Note.objects.count() > 0}, {states}")


def remove() -> None:
    if names := list(elastic.patient().indices.get(index=f"{elastic.alias()}-*").body):
        elastic.patient().indices.delete(index=",".join(names))


if __name__ == "__main__":
    registry._builders.clear()
    registry.register(NoteSearch)
    with connection.schema_editor() as editor:
        editor.create_model(Note)
    try:
        write(3 * NOTES)  # every third makes a note
        sync.sync()
        {"workers": workers, "reindex": rebuilding}[sys.argv[1]](int(sys.argv[2]))
        check()
    finally:
        remove()
