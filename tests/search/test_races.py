"""Many at once: rows of the search table are changed by parallel transactions and end up right."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F

from search.actions import touch
from search.models import SearchDocument
from search.verify import differences
from tests.search.notes import Note

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one writer at a time; nothing can race there."
    ),
]


@pytest.fixture(autouse=True)
def no_notes_left() -> Any:
    yield
    Note.objects.all().delete()


def together(*jobs: Any) -> list[BaseException]:
    """Run jobs at the same moment, each with a connection of its own; return what they raised."""
    start, raised = threading.Barrier(len(jobs)), []

    def run(job: Any) -> None:
        try:
            start.wait()
            job()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_parallel_changes_of_one_object_are_all_counted_and_the_last_state_stands() -> None:
    note = Note.objects.create(title="Beliebt")

    def support() -> None:
        for _time in range(5):
            with transaction.atomic():
                Note.objects.filter(pk=note.pk).update(votes=F("votes") + 1)
                touch("note", note.pk)

    assert together(*[support] * 6) == []
    row = SearchDocument.objects.get()
    assert (row.version, row.votes) == (30, 30)
    assert list(differences()) == []


def test_the_first_row_of_an_object_may_be_made_by_two_at_once() -> None:
    notes = [Note.objects.create(title=f"Neu {number}") for number in range(10)]

    def announce_all() -> None:
        for note in notes:
            with transaction.atomic():
                touch("note", note.pk)

    assert together(*[announce_all] * 4) == []
    assert SearchDocument.objects.count() == 10
    assert list(differences()) == []
