"""A kind of their own, and no memory of other tests' words, for the tests of search."""

import os
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from django.db import connection, transaction

from search import elastic, spelling
from search import sync as syncing
from search.actions import touch
from search.backends import sqlite as fts
from search.breaker import breaker
from search.registry import register, unregister
from search.sync import writing
from tests.search.golden import copy_into_sqlite
from tests.search.notes import MemoSearch, Note, NoteSearch

AMPLE = 30.0  # seconds


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Add the table of the test kind to the test database."""
    with django_db_blocker.unblock():
        if Note._meta.db_table not in connection.introspection.table_names():
            with connection.schema_editor() as editor:
                editor.create_model(Note)


@pytest.fixture(autouse=True)
def only_test_kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave only the kinds of these tests, and forget the vocabulary."""
    monkeypatch.setattr("search.registry._builders", {})
    monkeypatch.setattr(spelling, "_known", spelling._Vocabulary())
    register(NoteSearch)
    register(MemoSearch)
    yield
    unregister("note")
    unregister("memo")


@pytest.fixture
def write() -> Callable[..., Note]:
    """Write a note, as a room would: save and touch in one transaction."""

    def make(title: str, text: str = "", **fields: Any) -> Note:
        with transaction.atomic():
            note = Note.objects.create(title=title, text=text, **fields)
            touch("note", note.pk)
        return note

    return make


@pytest.fixture
def elasticsearch(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Use the real server, with indexes of this test's own, and with time: on a busy machine it may take longer than people
    wait, and the database would answer. What is done about a slow server is tested where one is slow on purpose.
    """
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        pytest.skip("ELASTICSEARCH_URL names no server.")
    from search.backends import elastic as asking

    name = f"mitwirk-test-{uuid.uuid4().hex[:12]}"
    monkeypatch.setattr(elastic, "PATIENCE", AMPLE)
    monkeypatch.setattr(asking, "_WITHIN", f"{AMPLE:.0f}s")
    monkeypatch.setattr(syncing, "URGENT_SECONDS", AMPLE)
    elastic._client.cache_clear()  # a client keeps the patience it was made with
    monkeypatch.setattr(elastic, "alias", lambda: name)
    settings.ELASTICSEARCH_URL = url
    breaker.reset(), writing.reset()
    yield name
    breaker.reset(), writing.reset()
    settings.ELASTICSEARCH_URL = url
    if indexes := list(elastic.patient().indices.get(index=f"{name}-*").body):
        elastic.patient().indices.delete(index=",".join(indexes))
    elastic._client.cache_clear()


@pytest.fixture
def sqlite_beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Give a function that lets the SQLite backend ask a copy of the present rows in a SQLite of its own."""
    with closing(sqlite3.connect(":memory:")) as file:
        monkeypatch.setattr(fts, "_rows", lambda sql, params: file.execute(sql.replace("%s", "?"), params).fetchall())
        monkeypatch.setattr(fts, "cube", lambda: "d.kind, d.campaign, d.category, d.district, d.status, ''")
        yield lambda: copy_into_sqlite(file)
