"""A new index without downtime, on the real server: broken off, gone on, written to all along, compared, swapped, rolled back."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import transaction

from search import bring, elastic, ledger, reindex, repair
from search.actions import touch, touch_many
from search.breaker import breaker
from search.compare import outside_differences
from search.models import SearchChange, SearchDocument, SearchIndex
from search.queries import search
from search.spelling import count_words
from search.sync import sync
from tests.search.notes import Note

pytestmark = [pytest.mark.django_db, pytest.mark.server, pytest.mark.usefixtures("elasticsearch")]
Write = Callable[..., Note]
State = SearchIndex.State


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look again at once."""
    monkeypatch.setattr(reindex, "PAUSE", 0)


def many(number: int) -> list[Note]:
    notes = Note.objects.bulk_create([Note(title=f"Laterne {place}") for place in range(number)])
    touch_many("note", [note.pk for note in notes])
    return notes


def states() -> list[str]:
    return [str(one.state) for one in elastic.known().order_by("started_at")]


def found(text: str) -> int:
    elastic.patient().indices.refresh(index=elastic.alias())
    breaker.reset()
    page = search(AnonymousUser(), text)
    assert page.backend == "elasticsearch"
    return page.total


def command(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_new_index_answers_in_one_step_and_the_old_one_is_kept_for_an_hour() -> None:
    many(30)
    sync()
    old = elastic.written()
    command("reindex", "--outside", "--verify")
    assert states() == [State.DRAINING, State.LIVE]
    assert reindex.answering() == [name for name in elastic.written() if name not in old]
    assert found("Laterne") == 30
    assert reindex.clean_up() == []
    elastic.known().filter(state=State.DRAINING).update(finished_at="2000-01-01T00:00Z")
    assert reindex.clean_up() == old
    assert list(elastic.patient().indices.get(index=f"{elastic.alias()}-*").body) == elastic.written()


def test_broken_off_it_goes_on_where_it_stood(monkeypatch: pytest.MonkeyPatch) -> None:
    many(40)
    sync()
    monkeypatch.setattr(reindex, "BATCH", 10)
    real, sent = bring.write, []

    def dies(indexes: Any, rows: Any, **more: Any) -> Any:
        if len(sent) == 2:
            raise SystemExit
        sent.append(len(rows))
        return real(indexes, rows, **more)

    with monkeypatch.context() as patch:
        patch.setattr(bring, "write", dies)
        with pytest.raises(SystemExit):
            command("reindex", "--outside")
    assert states() == [State.LIVE, State.BUILDING]
    assert found("Laterne") == 40
    brought: list[int] = []
    monkeypatch.setattr(bring, "write", lambda i, rows, **m: brought.append(len(rows)) or real(i, rows, **m))
    assert "after 20 of 40 rows" in command("reindex", "--outside", "--verify")
    assert sum(brought) == 20
    assert states() == [State.DRAINING, State.LIVE]


def test_the_worker_goes_on_with_it_when_nobody_else_does() -> None:
    many(5)
    sync()
    reindex.begin()
    reindex.proceed()
    assert states() == [State.DRAINING, State.LIVE]


def test_going_back_is_one_command_and_loses_nothing_that_was_written_since(write: Write) -> None:
    many(5)
    sync()
    first = reindex.answering()
    command("reindex", "--outside")
    note = write("Laterne danach")
    Note.objects.filter(title="Laterne 0").update(public=False)
    with transaction.atomic():
        touch("note", Note.objects.get(title="Laterne 0").pk)
    sync()
    assert "again" in command("reindex", "--rollback")
    assert reindex.answering() == first
    assert found("Laterne") == 5
    assert note.title in [hit.title for hit in search(AnonymousUser(), "Laterne danach").hits]
    assert list(outside_differences(elastic.alias())) == []
    command("reindex", "--rollback")  # and forth
    assert found("Laterne") == 5


def test_without_an_index_before_there_is_no_way_back() -> None:
    sync()
    with pytest.raises(CommandError):
        command("reindex", "--rollback")


def test_an_index_that_is_not_right_does_not_answer_and_is_given_up_after_three_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many(20)
    sync()
    live = reindex.answering()
    monkeypatch.setattr(reindex, "fill", lambda name, *_all: True)  # says it is full, and is empty
    for _time in range(3):
        with pytest.raises(CommandError, match="not right"):
            command("reindex", "--outside")
    assert states() == [State.LIVE, State.FAILED]
    assert "not in Elasticsearch" in elastic.known().get(state=State.FAILED).last_error
    assert reindex.answering() == live
    assert len(reindex.clean_up()) == 1


def test_common_words_that_find_less_keep_an_index_from_answering(monkeypatch: pytest.MonkeyPatch) -> None:
    many(30)
    count_words()
    sync()
    real = elastic.document
    monkeypatch.setattr(elastic, "document", lambda row: real(row) | {"title_terms": "", "title_parts": ""})
    with pytest.raises(CommandError, match="finds 0 instead of 30"):
        command("reindex", "--outside")


def test_a_swap_whose_process_died_before_it_was_noted_is_put_right() -> None:
    many(3)
    sync()
    name = reindex.begin()
    assert reindex.fill(name)
    elastic.patient().indices.update_aliases(
        actions=[
            {"remove": {"index": reindex.answering()[0], "alias": elastic.alias()}},
            {"add": {"index": name, "alias": elastic.alias()}},
        ]
    )
    assert states() == [State.LIVE, State.BUILDING]
    assert reindex.clean_up() == []
    assert states() == [State.DRAINING, State.LIVE]


def test_a_row_that_was_sent_before_the_new_index_was_begun_goes_there_too(write: Write) -> None:
    write("Bank")
    sync()
    write("Baum")
    rows, before = ledger.claim(), elastic.written()
    answer = bring.write(before, rows)
    reindex.begin()
    assert bring.settle(before, rows, answer) == 0
    assert SearchChange.objects.count() == 1


def test_an_old_index_that_refuses_what_the_live_one_takes_stops_nothing(write: Write) -> None:
    write("Bank")
    sync()
    old = elastic.written()[0]
    command("reindex", "--outside")
    elastic.patient().indices.put_settings(index=old, settings={"index.blocks.write": True})
    write("Baum")
    sync()
    assert not SearchChange.objects.exists()
    assert states() == [State.FAILED, State.LIVE]


def test_verify_repairs_what_is_missing_wrong_too_new_or_too_much(write: Write) -> None:
    notes = many(6)
    sync()
    index, server = elastic.written()[0], elastic.patient()
    server.delete(index=index, id=f"note:{notes[0].pk}")
    stale = {"key": "x", "v": 0, "visible": True, "kind": "note"}
    server.index(index=index, id=f"note:{notes[1].pk}", version=1, version_type="external_gte", document=stale)
    server.index(
        index=index, id=f"note:{notes[2].pk}", version=70, version_type="external_gte", document=stale | {"v": 70}
    )
    server.index(
        index=index, id="note:990099", version=50, version_type="external_gte", document=stale | {"v": 50}, refresh=True
    )
    SearchDocument.objects.filter(object_id=notes[3].pk).update(title="falsch")
    Note.objects.filter(pk=notes[4].pk).delete()
    with pytest.raises(CommandError) as told:
        command("verify_search")
    assert len(str(told.value).splitlines()) == 6
    last = repair.last_check()
    assert last
    assert last.documents == 6
    assert "right" in command("verify_search", "--repair")
    assert not SearchDocument.objects.get(key="note:990099").visible
    assert SearchDocument.objects.get(object_id=notes[2].pk).version > 70
    assert found("Laterne") == 5
