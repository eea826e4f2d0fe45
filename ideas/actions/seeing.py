"""Noting which ideas are looked at: a sample without persons, gathered in memory and written seldom, never while somebody waits."""

import random
import re
import threading
from collections import Counter
from collections.abc import Sequence

import structlog
from django.conf import settings
from django.db import close_old_connections, connection, transaction

from ideas.models import Idea
from ideas.queries.ring import looked_at

log = structlog.get_logger()
# Of each page of a list so many places are noted.
SAMPLE = 4
WAIT_SECONDS = 30
AT_ONCE = 200
_MACHINE = re.compile(r"bot|crawl|spider|slurp|preview|monitor|curl|wget|python|java/|headless|feed", re.IGNORECASE)
_ADD = """
    INSERT INTO ideas_ideaviews (idea_id, shown, opened) VALUES (%s, %s, %s)
    ON CONFLICT (idea_id) DO UPDATE
    SET shown = ideas_ideaviews.shown + excluded.shown, opened = ideas_ideaviews.opened + excluded.opened"""


class Looks:
    """What this process has noted and not written yet."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.shown: Counter[int] = Counter()
        self.opened: Counter[int] = Counter()
        self.writer: threading.Timer | None = None
        self.chance = random.Random()  # noqa: S311 - a sample, not a secret

    def add(self, shown: Sequence[int] = (), opened: Sequence[int] = ()) -> None:
        """Note looks; the first one sets the clock of the writer."""
        with self.lock:
            self.shown.update(shown)
            self.opened.update(opened)
            if self.writer is None and settings.LOOKS_THREAD:
                self.writer = threading.Timer(WAIT_SECONDS, write_in_thread)
                self.writer.daemon = True
                self.writer.start()

    def taken(self) -> dict[int, tuple[int, int]]:
        """Return what was noted, and begin anew."""
        with self.lock:
            shown, opened = self.shown, self.opened
            if self.writer is not None:
                self.writer.cancel()
            self.shown, self.opened, self.writer = Counter(), Counter(), None
        return {pk: (shown[pk], opened[pk]) for pk in sorted(shown.keys() | opened.keys())}


looks = Looks()


def is_machine(agent: str) -> bool:
    """Tell whether a browser calls itself a program that reads along."""
    return not agent or bool(_MACHINE.search(agent))


def note_list(ideas: Sequence[int], agent: str) -> None:
    """Note a page of a list that somebody was given."""
    if ideas and not is_machine(agent):
        looks.add(shown=looked_at(ideas, looks.chance, SAMPLE))


def note_opened(idea_id: int, agent: str) -> None:
    """Note that somebody opened the page of an idea."""
    if not is_machine(agent):
        looks.add(opened=[idea_id])


def write_looks() -> None:
    """Add to the database what this process has noted; in short transactions, always in the order of keys."""
    rows = looks.taken()
    keys = list(rows)
    for first in range(0, len(keys), AT_ONCE):
        _write({pk: rows[pk] for pk in keys[first : first + AT_ONCE]})


@transaction.atomic
def _write(rows: dict[int, tuple[int, int]]) -> None:
    there = Idea.objects.filter(pk__in=rows).order_by("pk").values_list("pk", flat=True)
    values = [(pk, *rows[pk]) for pk in there]
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, values)


def write_in_thread() -> None:
    """Write once; what cannot be written is lost, as a sample may be."""
    try:
        write_looks()
    except Exception as error:  # a locked or lost database must not end in the log of the server as an accident
        log.warning("looks not written", error=repr(error))
    finally:
        close_old_connections()
        connection.close()
