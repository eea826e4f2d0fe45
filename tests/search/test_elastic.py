"""Elasticsearch, on the real server: never wrong, never in the way."""

import socket
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from elasticsearch import helpers
from elasticsearch.helpers import BulkIndexError, bulk

from search import bring as bringing
from search import elastic, ledger
from search import sync as syncing
from search.actions import touch, touch_many
from search.breaker import breaker
from search.models import SearchChange, SearchDocument, SearchIndex
from search.models.ledger import MAX_ATTEMPTS
from search.queries import search, similar, suggest
from search.spelling import count_words
from search.sync import sync
from search.types import Page
from search.verify import differences
from tests.search.notes import Note

pytestmark = [pytest.mark.django_db, pytest.mark.server, pytest.mark.usefixtures("elasticsearch")]
Write = Callable[..., Note]
PATIENCE = elastic.PATIENCE  # as it is served


def bring() -> None:
    sync()
    elastic.client().indices.refresh(index=elastic.alias())


def ask(text: str, **more: Any) -> Page:
    return search(AnonymousUser(), text, **more)


def titles(text: str, **more: Any) -> list[str]:
    page = ask(text, **more)
    assert page.backend == "elasticsearch"
    return [hit.title for hit in page.hits]


def test_it_finds_filters_sorts_suggests_and_compares(write: Write) -> None:
    write("Radweg am Bach", "Der Belag fehlt.", campaign="rad", district="altstadt", votes=3)
    write("Fahrradwege im Park", campaign="gruen", district="nordfeld", votes=9)
    count_words()
    bring()
    assert sorted(titles("Radweg")) == ["Fahrradwege im Park", "Radweg am Bach"]
    assert titles("Radweg", filters={"campaign": ["rad"]}) == ["Radweg am Bach"]
    assert titles("Radweg", sort="votes") == ["Fahrradwege im Park", "Radweg am Bach"]
    assert titles('"Radweg am Bach"') == ["Radweg am Bach"]
    assert titles("Radweg -Bach") == ["Fahrradwege im Park"]
    assert {choice.value: choice.count for choice in ask("Radweg").facets["district"]} == {"altstadt": 1, "nordfeld": 1}
    assert [found.title for found in suggest(AnonymousUser(), "fahrr")] == ["Fahrradwege im Park"]
    assert similar(AnonymousUser(), "rad", "Radweg am Bach", kind="note")[0].very_similar
    assert list(differences()) == []


def test_rows_are_dirty_until_they_are_there_and_clean_afterwards(write: Write) -> None:
    write("Bank")
    assert SearchChange.objects.count() == 1
    bring()
    assert not SearchChange.objects.exists()


def test_a_hidden_text_becomes_a_tombstone_that_an_older_write_cannot_wake(write: Write) -> None:
    note = write("Geheim", "Geheimwort")
    bring()
    old = SearchDocument.objects.get()
    Note.objects.update(public=False)
    touch("note", note.pk)
    bring()
    name = SearchIndex.objects.get(name__startswith=elastic.alias()).name
    with pytest.raises(BulkIndexError) as refused:
        bulk(elastic.client(), bringing._operations([name], [old]))
    assert "version_conflict" in str(refused.value.errors)
    elastic.client().indices.refresh(index=name)
    assert titles("Geheim") == []
    assert elastic.client().get(index=name, id=old.key)["_source"] == {"key": old.key, "v": 2, "visible": False}
    assert list(differences()) == []


def test_a_row_that_changes_while_it_travels_stays_in_the_ledger(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    note = write("Erst so")
    real = helpers.streaming_bulk

    def meanwhile(*args: Any, **more: Any) -> Iterator[Any]:
        yield from list(real(*args, **more))
        Note.objects.update(title="Dann anders")
        touch("note", note.pk)

    with monkeypatch.context() as patch:
        patch.setattr(helpers, "streaming_bulk", meanwhile)
        bringing.bring_all(once=True)
    entry = SearchChange.objects.get()
    assert (entry.version, entry.lease_until) == (2, None)


def test_a_worker_that_dies_before_it_acknowledges_loses_nothing(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("Bank")
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "acknowledge", lambda rows: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            sync()
    assert bringing.bring_all() == 0  # still held by the dead one
    SearchChange.objects.update(lease_until="2000-01-01T00:00Z")
    bring()
    assert not SearchChange.objects.exists()
    assert titles("Bank") == ["Bank"]


def test_a_poisonous_row_is_left_aside_with_the_reason_and_the_others_arrive(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("Bank"), write("Gift"), write("Baum")
    real = elastic.document
    with monkeypatch.context() as patch:
        patch.setattr(elastic, "document", lambda row: real(row) | ({"unknown": 1} if row.title == "Gift" else {}))
        for _attempt in range(6):
            sync()
    left = SearchChange.objects.get()
    assert (left.document.title, left.attempts) == ("Gift", MAX_ATTEMPTS)
    assert "unknown" in left.last_error
    assert {title for word in ("Bank", "Baum", "Gift") for title in titles(word)} == {"Bank", "Baum"}
    call_command("search_status", "--retry")
    elastic.client().indices.refresh(index=elastic.alias())
    assert titles("Gift") == ["Gift"]


def test_an_index_that_was_lost_is_made_again(write: Write) -> None:
    write("Bank")
    bring()
    elastic.client().indices.delete(index=SearchIndex.objects.get(name__startswith=elastic.alias()).name)
    assert ask("Bank").degraded
    write("Baum")
    bring()
    breaker.reset()
    assert titles("Bank") == ["Bank"]


def test_verify_names_what_is_wrong_in_the_index(write: Write) -> None:
    note = write("Bank")
    bring()
    elastic.client().index(
        index=elastic.alias(), id=f"note:{note.pk}", version=99, version_type="external", document={"key": "x", "v": 99}
    )
    elastic.client().indices.refresh(index=elastic.alias())
    assert list(differences()) == [f"note:{note.pk}: Elasticsearch has version 99, the table 1"]


def test_without_the_server_the_database_answers_and_says_so(write: Write, settings: Any) -> None:
    write("Bank")
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    page = ask("Bank")
    assert [hit.title for hit in page.hits] == ["Bank"]
    assert page.degraded
    assert page.backend in {"sqlite", "postgresql"}
    syncing.sync_if_possible()
    assert SearchChange.objects.exists()


def test_a_server_that_hangs_is_left_alone_after_a_few_tries(
    write: Write, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("Bank")
    monkeypatch.setattr(elastic, "PATIENCE", PATIENCE)
    with socket.create_server(("127.0.0.1", 0), backlog=50) as deaf:
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        began = perf_counter()
        assert ask("Bank").degraded
        first = perf_counter() - began
        ask("Bank"), ask("Bank")
        began = perf_counter()
        assert ask("Bank").degraded
        later = perf_counter() - began
    print(f"\na server that hangs: the first answer after {first:.2f} s, later {later:.2f} s")
    assert first < 4 * 2.8
    assert later < PATIENCE  # which alone would have gone by, had it been asked


@pytest.mark.parametrize(
    "text", ["*:*", "title:(a OR b)~2", '"', "-", "{!x}", "bank " * 5_000, "🚲", "\u202ea", "a/b\\c", "²½", "公園"]
)
def test_strange_questions_are_words(write: Write, text: str) -> None:
    write("Bank")
    bring()
    assert ask(text).backend in {"elasticsearch", "sqlite", "postgresql"}
    assert not ask(text).degraded


@pytest.mark.django_db(transaction=True)
def test_a_backlog_of_many_batches_arrives_and_a_failure_in_the_middle_loses_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notes = Note.objects.bulk_create([Note(title=f"Laterne {number}") for number in range(90)])
    touch_many("note", [note.pk for note in notes])
    real, times = bringing.write, []

    def fails_once(*args: Any, **more: Any) -> Any:
        times.append(1)
        if len(times) == 3:
            raise elastic.failures()[0]("away")
        return real(*args, **more)

    monkeypatch.setattr(bringing, "write", fails_once)
    with pytest.raises(elastic.failures()):
        bringing.bring_all(limit=10)
    assert SearchChange.objects.count() >= 70
    assert not SearchChange.objects.filter(lease_until__isnull=False).exists()
    assert bringing.bring_all(limit=10) == SearchChange.objects.count() + 70
    bring()
    assert not SearchChange.objects.exists()
    assert ask("Laterne").total == 90
    Note.objects.all().delete()
