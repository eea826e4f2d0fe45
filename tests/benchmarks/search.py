"""``python -m tests.benchmarks.search [--documents 300000] [--kinds sqlite postgres]``: figures of the search.

Each database is asked alone, then Elasticsearch (``ELASTICSEARCH_URL``) with the same rows. The texts are mixed from our
own invented contributions (``tests/search/data``). Goals: ``docs/search.md``. One process per database does the work.
"""

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests import databases

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "search" / "data"
BACKLOG, PUSHED, SAVES, FRESH = 50_000, 20_000, 200, 40
GOALS: dict[str, float] = {
    "build docs/s": 3_500, "save p95 ms": 1.5, "push of raw": 0.8, "50k backlog s": 60, "fresh p95 s": 3,
    "search p95 ms": 300, "facets p95 ms": 120, "suggest p95 ms": 40, "similar p95 ms": 100,
}  # fmt: skip
AT_LEAST = {"build docs/s", "push of raw"}


def say(kind: str, what: str, figure: float, goal: float | None = None) -> None:
    """Print one line, for people; the goal beside it, unless it is said to have none (0)."""
    goal = (GOALS.get(what) if goal is None else goal) or None
    good = goal is None or (figure >= goal if what in AT_LEAST else figure <= goal)
    mark = "" if goal is None else f"{'≥' if what in AT_LEAST else '≤'} {goal:g} {'ok' if good else 'MISSED'}"
    print(f"{kind:<24}{what:<20}{figure:>12,.2f}   {mark}", flush=True)


def texts(number: int) -> Iterable[tuple[str, str, str]]:
    """Yield (title, text, campaign), mixed from our own contributions."""
    with (DATA / "own_texts.tsv").open(encoding="utf-8") as handle:
        longest = [row[2] for row in csv.reader(handle, delimiter="\t") if len(row) > 2]
    words = [word for text in longest for word in text.split()]
    dice = random.Random(7)
    for _place in range(number):
        first, second = dice.choice(longest), dice.choice(longest)
        yield " ".join(dice.choices(words, k=5)), f"{first} {second}", f"kampagne-{dice.randrange(60)}"


def questions() -> list[str]:
    """Return the questions of our own golden set."""
    with (DATA / "own_questions.tsv").open(encoding="utf-8") as handle:
        return [row[1] for row in csv.reader(handle, delimiter="\t") if len(row) > 2][:60]


def timed(deeds: Iterable[Callable[[], object]]) -> list[float]:
    """Return how long each took, in milliseconds, sorted."""
    found = []
    for deed in deeds:
        began = time.perf_counter()
        deed()
        found.append((time.perf_counter() - began) * 1000)
    return sorted(found)


def p95(times: list[float]) -> float:
    return times[int(len(times) * 0.95)]


def work(kind: str, documents: int) -> None:
    """Do everything on the database of this process."""
    import django

    django.setup()
    from django.db import connection

    from search import registry
    from tests.search.notes import Note, NoteSearch

    registry._builders.clear()
    registry.register(NoteSearch)
    with connection.schema_editor() as editor:
        editor.create_model(Note)
    build(kind, documents)
    ask(kind)
    saves(kind)
    beside(documents)
    if url := os.environ.get("BENCH_ELASTICSEARCH"):
        from django.conf import settings

        settings.ELASTICSEARCH_URL = url
        try:
            outside(f"{kind}+elastic", documents)
        finally:
            from search import elastic

            names = elastic.patient().indices.get(index=f"{elastic.alias()}-*").body
            elastic.patient().indices.delete(index=",".join(names))


def build(kind: str, documents: int) -> None:
    """Fill the table: from the object to tokens and full-text index."""
    from django.db import connection

    from search.actions import touch_many
    from search.spelling import count_words
    from tests.search.notes import Note

    notes = (Note(title=title[:300], text=text, campaign=campaign) for title, text, campaign in texts(documents))
    Note.objects.bulk_create(notes, batch_size=2_000)
    began = time.perf_counter()
    touch_many("note", Note.objects.values_list("pk", flat=True))
    say(kind, "build docs/s", documents / (time.perf_counter() - began))
    count_words()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE search_document")


def ask(kind: str) -> None:
    """Ask what people ask."""
    from django.contrib.auth.models import AnonymousUser

    from search.backends import ask as answer
    from search.hydrate import scope_for
    from search.queries import search, similar, suggest
    from search.query import parse, strict

    nobody, all_of_them = AnonymousUser(), questions()
    for text in all_of_them[:5]:
        search(nobody, text)
    times = timed([lambda text=text: search(nobody, text) for text in all_of_them])  # type: ignore[misc]
    say(kind, "search p50 ms", statistics.median(times))
    say(kind, "search p95 ms", p95(times), 200 if kind == "sqlite" else 300)
    nodes = [strict(query)[0] for query in map(parse, all_of_them) if query]
    scope = scope_for(nobody)
    facets = timed([lambda node=node: answer(lambda b: b.counts(node, scope)) for node in nodes])  # type: ignore[misc]
    say(kind, "facets p95 ms", p95(facets))
    starts = [text[: max(3, len(text) // 2)] for text in all_of_them]
    say(kind, "suggest p95 ms", p95(timed([lambda t=text: suggest(nobody, t) for text in starts])))  # type: ignore[misc]
    drafts = list(texts(40))
    alike = [lambda d=draft: similar(nobody, d[2], d[0], d[1], kind="note") for draft in drafts]  # type: ignore[misc]
    say(kind, "similar p95 ms", p95(timed(alike)))


def saves(kind: str) -> None:
    """Say what a touch adds to a save in its transaction."""
    from django.db import transaction
    from django.db.models import F

    from search.actions import touch
    from tests.search.notes import Note

    keys = list(Note.objects.order_by("?").values_list("pk", flat=True)[:SAVES])

    def save(pk: int) -> float:
        with transaction.atomic():
            Note.objects.filter(pk=pk).update(votes=F("votes") + 1)
            began = time.perf_counter()
            touch("note", pk)
            return (time.perf_counter() - began) * 1000

    say(kind, "save p95 ms", p95(sorted(save(pk) for pk in keys)))


def beside(documents: int) -> None:
    """Ask Wagtail's own search the same questions, over the same texts."""
    from django.db import connection

    from tests.benchmarks import wagtail_search

    number = min(documents, wagtail_search.MOST.get(connection.vendor, documents))
    # Without the goals, which are ours.
    wagtail_search.compare(lambda kind, what, figure: say(kind, what, figure, 0), texts(number), questions())


def outside(kind: str, documents: int) -> None:
    """Elasticsearch: filling, pushing against the raw helper, a backlog, freshness, and the same questions."""
    from search import elastic, reindex
    from search.models import SearchDocument

    began = time.perf_counter()
    reindex.proceed(seconds=3_600)
    say(kind, "reindex docs/s", documents / (time.perf_counter() - began))
    keys = list(SearchDocument.objects.order_by("pk").values_list("pk", flat=True))
    raw, ours = [], []
    for _turn in range(3):  # in turn, so that whatever else the machine does meets both
        raw.append(push_raw(keys[:PUSHED]))
        ours.append(push_ours(keys[:PUSHED]))
    say(kind, "raw bulk docs/s", statistics.median(raw))
    say(kind, "push docs/s", statistics.median(ours))
    say(kind, "push of raw", statistics.median(ours) / statistics.median(raw))
    some = (keys * (1 + BACKLOG // len(keys)))[: min(BACKLOG, documents)]
    say(kind, f"{len(some)} backlog s", len(some) / push_ours(some), GOALS["50k backlog s"] * len(some) / BACKLOG)
    elastic.patient().indices.refresh(index=elastic.alias())
    freshness(kind)
    ask(kind)


def push_raw(keys: list[int]) -> float:
    """Return how many documents a second ``helpers.bulk`` writes, of bodies that are ready, to an index like ours."""
    from elasticsearch.helpers import bulk

    from search import elastic
    from search.models import SearchDocument

    name = f"{elastic.alias()}-raw"
    shards = {"number_of_shards": 1, "number_of_replicas": 1, "refresh_interval": "1s"}
    elastic.patient().indices.create(index=name, mappings=elastic.mapping(), settings={"index": shards})
    rows = SearchDocument.objects.filter(pk__in=keys)
    bodies = [{"_index": name, "_id": row.key, "_source": elastic.document(row)} for row in rows]
    began = time.perf_counter()
    bulk(elastic.patient(120), bodies, chunk_size=500)
    rate = len(bodies) / (time.perf_counter() - began)
    elastic.patient().indices.delete(index=name)
    return rate


def push_ours(keys: list[int]) -> float:
    """Return how many a second go from the ledger to the server and out of the ledger."""
    from django.db import transaction
    from django.db.models import F

    from search import bring, ledger
    from search.models import SearchChange, SearchDocument

    for start in range(0, len(keys), 5_000):
        some = keys[start : start + 5_000]
        with transaction.atomic():
            version = F("version") + 1
            SearchDocument.objects.filter(pk__in=some).update(version=version, built_version=version)
            ledger.note(SearchDocument.objects.filter(pk__in=some))
    began = time.perf_counter()
    bring.bring_all(seconds=3_600)
    rate = len(keys) / (time.perf_counter() - began)
    assert not SearchChange.objects.exists()
    return rate


def freshness(kind: str) -> None:
    """Say how long after its commit a change is found through Elasticsearch, with the dispatcher at its usual pace."""
    from django.db import transaction

    from common import dispatcher
    from search import elastic
    from search.actions import touch
    from tests.search.notes import Note

    stop = threading.Event()
    lock = Path(tempfile.mkdtemp()) / "lock"
    threading.Thread(target=dispatcher.work, args=(stop, lock), daemon=True).start()
    waited = []
    for place in range(FRESH):
        word = f"frisch{chr(97 + place % 26)}{chr(97 + place // 26)}x"
        with transaction.atomic():
            note = Note.objects.create(title=word)
            touch("note", note.pk)
        began = time.perf_counter()
        query = {"term": {"title_fold": word}}
        while not elastic.patient().count(index=elastic.alias(), query=query)["count"]:
            time.sleep(0.05)
        waited.append(time.perf_counter() - began)
    stop.set()
    say(kind, "fresh p50 s", statistics.median(waited))
    say(kind, "fresh p95 s", p95(sorted(waited)))


def main() -> int:
    """Run each database in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=300_000)
    parser.add_argument("--kinds", nargs="+", default=databases.kinds())
    parser.add_argument("--work", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work, options.documents)
        return 0
    print(f"{options.documents:,} documents, load {os.getloadavg()[0]:.1f}")
    ended = [in_process(kind, options.documents) for kind in options.kinds]
    return int(any(ended))


def in_process(kind: str, documents: int) -> int:
    """Make a fresh database, and let a process of its own do the work on it."""
    with tempfile.TemporaryDirectory() as folder:
        url = databases.fresh(kind, Path(folder))
        environment: dict[str, Any] = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("CELERY_", "REDIS_"))},
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": url,
            "DATABASE_STATEMENT_SECONDS": "0",
            "MITWIRK_DATA_DIR": folder,
            "ELASTICSEARCH_URL": "",
            "BENCH_ELASTICSEARCH": os.environ.get("ELASTICSEARCH_URL", ""),
            "LOG_LEVEL": "CRITICAL",
        }
        command = [sys.executable, "-m", "tests.benchmarks.search", "--work", kind, "--documents", str(documents)]
        try:
            return subprocess.run(command, cwd=ROOT, env=environment).returncode
        finally:
            databases.drop(url)


if __name__ == "__main__":
    sys.exit(main())
