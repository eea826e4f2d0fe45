"""Wagtail's own search over the same texts, to see ours beside it; used by ``tests.benchmarks.search``."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from django.db import connection, models
from modelsearch.abstract_models import TextIDGenericRelation
from wagtail.search import index
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

# On SQLite one question over 30,000 texts takes seconds, over 300,000 minutes: more would measure our patience only.
MOST = {"sqlite": 30_000}
QUESTIONS, SAVES, BATCH = 12, 20, 1_000


class IndexedNote(index.Indexed, models.Model):
    """A text as Wagtail's search wants it."""

    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)

    search_fields: ClassVar = [
        index.SearchField("title", boost=3),
        index.AutocompleteField("title"),
        index.SearchField("text"),
    ]

    class Meta:
        app_label = "searchtest"

    def __str__(self) -> str:
        return self.title


# What Wagtail does at its start to models of installed apps; this one belongs to none.
TextIDGenericRelation(IndexEntry).contribute_to_class(IndexedNote, "index_entries")

Say = Callable[[str, str, float], None]


def compare(say: Say, rows: Iterable[tuple[str, str, str]], questions: Sequence[str]) -> None:
    """Index the texts, ask the questions, save some, and say how long each took in milliseconds."""
    kind = f"{connection.vendor}+wagtail"
    with connection.schema_editor() as editor:
        editor.create_model(IndexedNote)
    notes = IndexedNote.objects.bulk_create(
        (IndexedNote(title=title[:300], text=text) for title, text, _campaign in rows), batch_size=2_000
    )
    say(kind, "texts", len(notes))
    backend = get_search_backend()
    began = time.perf_counter()
    for start in range(0, len(notes), BATCH):
        backend.add_bulk(IndexedNote, notes[start : start + BATCH])
    say(kind, "build docs/s", len(notes) / (time.perf_counter() - began))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    some = list(questions)[:QUESTIONS]
    report(say, kind, "search", [lambda q=q: list(backend.search(q, IndexedNote)[:20]) for q in some])  # type: ignore[misc]
    starts = [q[: max(3, len(q) // 2)] for q in some]
    report(say, kind, "suggest", [lambda q=q: list(backend.autocomplete(q, IndexedNote)[:8]) for q in starts])  # type: ignore[misc]
    report(say, kind, "save", [lambda n=note: backend.add(n) for note in notes[:SAVES]])  # type: ignore[misc]


def report(say: Say, kind: str, what: str, deeds: Iterable[Callable[[], object]]) -> None:
    """Say the middle and the slowest of a few deeds."""
    times = []
    for deed in deeds:
        began = time.perf_counter()
        deed()
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    say(kind, f"{what} p50 ms", times[len(times) // 2])
    say(kind, f"{what} slowest ms", times[-1])
