"""Asking one collection through every engine at hand, and counting how well and how alike they answer."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib import import_module

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from search import elastic, queries
from search.backends import database_backend
from search.backends import sqlite as fts
from search.backends.base import Backend
from search.models import SearchDocument
from search.queries import search
from search.sync import sync

Figures = dict[str, float]
PARTS = ("recall", "mrr", "precision")
_COLUMNS = ("id", "key", "kind", "object_id", "visible", "campaign", "category", "district", "status", "published_at",
            "votes", "scope", "title_fold", "title_terms", "title_parts", "body_terms", "body_parts")  # fmt: skip


def answers_of(question: str) -> list[str]:
    """Return the source ids of the first twenty hits, similar ones after the others, as the page shows them."""
    page = search(AnonymousUser(), question)
    return [hit.doc.source_id for hit in [*page.hits, *page.similar_hits]][:20]


def figures(hits: Sequence[str], right: set[str]) -> Figures:
    """Return recall@20, the place of the first right hit as 1/n, and precision@20."""
    good = [place for place, name in enumerate(hits, 1) if name in right]
    return {
        "recall": len(good) / min(20, len(right)),
        "mrr": 1 / good[0] if good else 0.0,
        "precision": len(good) / len(hits) if hits else 0.0,
    }


def mean(rows: Sequence[Figures], name: str) -> float:
    """Return the mean of a figure."""
    return sum(row[name] for row in rows) / len(rows)


def by_class(rows: Sequence[tuple[str, Figures]]) -> dict[str, list[Figures]]:
    """Return figures by the class of their question, and all of them."""
    classes: dict[str, list[Figures]] = defaultdict(list)
    for name, row in rows:
        classes[name].append(row)
    return {**classes, "all": [row for _name, row in rows]}


def table(title: str, classes: dict[str, list[Figures]]) -> str:
    """Return the figures as a small table."""
    lines = [
        f"  {name:13}{len(rows):3}  " + "  ".join(f"{part} {mean(rows, part):.3f}" for part in PARTS)
        for name, rows in classes.items()
    ]
    return "\n".join([title, *lines])


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how much of the first ten hits two engines share."""
    first, second = set(one[:10]), set(other[:10])
    return len(first & second) / max(len(first), len(second), 1)


def engines(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, *, server: bool) -> dict[str, Callable]:
    """Return ways of asking by the name of their engine: the database at hand, SQLite beside PostgreSQL, Elasticsearch."""

    def through(backend: Callable[[], Backend]) -> Callable[[str], list[str]]:
        def ask(question: str) -> list[str]:
            with monkeypatch.context() as patch:
                patch.setattr(queries, "ask", lambda asked: (asked(backend()), "", False))
                return answers_of(question)

        return ask

    found: dict[str, Callable] = {connection.vendor: through(database_backend)}
    if connection.vendor == "postgresql":
        beside = request.getfixturevalue("sqlite_beside")
        beside()
        found["sqlite"] = through(fts.SqliteBackend)
    if server:
        from search.backends.elastic import ElasticBackend

        sync()
        elastic.client().indices.refresh(index=elastic.alias())
        found["elasticsearch"] = through(ElasticBackend)
    return found


def copy_into_sqlite(file: sqlite3.Connection) -> None:
    """Fill a SQLite database with the rows of the present one, and its full-text tables from them."""
    steps = import_module("search.migrations.0002_full_text")
    file.execute(f"CREATE TABLE search_document ({', '.join(_COLUMNS)}, PRIMARY KEY (id))")
    for statement in steps.SQLITE.split("-- next"):
        file.execute(statement)
    marks = ", ".join("?" * len(_COLUMNS))
    rows = [
        tuple(
            str(value) if name == "published_at" and value else value for name, value in zip(_COLUMNS, row, strict=True)
        )
        for row in SearchDocument.objects.values_list(*_COLUMNS)
    ]
    file.executemany(f"INSERT INTO search_document VALUES ({marks})", rows)
