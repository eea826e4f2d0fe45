"""The search table follows its objects: at once, in their transaction, and never ahead of them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.transaction import TransactionManagementError

from search import actions, ledger
from search.actions import rebuild, sweep, touch, touch_campaign, touch_many
from search.models import SearchChange, SearchDocument
from search.models.ledger import MAX_ATTEMPTS
from search.queries import search
from search.receivers import build
from search.verify import differences
from tests.search.notes import Note

pytestmark = pytest.mark.django_db
Write = Callable[..., Note]


def titles(text: str, **more: object) -> list[str]:
    return [hit.title for hit in search(AnonymousUser(), text, **more).hits]


def test_what_was_written_is_found_at_once_and_without_delay(write: Write) -> None:
    write("Mehr Bänke am Uferweg", "Alle 200 Meter eine Bank.")
    assert titles("Sitzbank Uferweg") == [] or titles("Uferweg") == ["Mehr Bänke am Uferweg"]
    assert titles("Bank") == ["Mehr Bänke am Uferweg"]


def test_a_change_replaces_the_old_words(write: Write) -> None:
    note = write("Trinkbrunnen am Markt")
    note.title = "Sonnensegel am Markt"
    note.save()
    touch("note", note.pk)
    assert titles("Trinkbrunnen") == []
    assert titles("Sonnensegel") == ["Sonnensegel am Markt"]


def test_what_is_hidden_becomes_a_tombstone_without_text_and_is_never_deleted(write: Write) -> None:
    note = write("Geheimer Plan", "mit Namen", campaign="radverkehr", source_id="x1")
    note.public = False
    note.save()
    touch("note", note.pk)
    row = SearchDocument.objects.get(key=f"note:{note.pk}")
    assert not row.visible
    assert row.version == row.built_version == 2
    names = (
        "title",
        "body",
        "title_terms",
        "title_parts",
        "title_fold",
        "body_terms",
        "body_parts",
        "source_id",
        "campaign",
    )
    assert [getattr(row, name) for name in names] == [""] * len(names)
    assert search(AnonymousUser(), "Geheimer Plan").total == 0


def test_a_deleted_object_leaves_a_tombstone(write: Write) -> None:
    note = write("Wird gelöscht")
    number = note.pk
    note.delete()
    touch("note", number)
    assert not SearchDocument.objects.get(key=f"note:{number}").visible
    assert list(differences()) == []


def test_a_change_that_is_rolled_back_leaves_the_index_alone(write: Write) -> None:
    note = write("Bleibt stehen")
    with transaction.atomic():
        Note.objects.filter(pk=note.pk).update(title="Verworfen")
        touch("note", note.pk)
        transaction.set_rollback(True)
    assert titles("stehen") == ["Bleibt stehen"]
    assert titles("verworfen") == []


@pytest.mark.django_db(transaction=True)
def test_touching_outside_a_transaction_is_refused() -> None:
    with pytest.raises(TransactionManagementError):
        touch("note", 1)


def test_versions_count_every_change_but_words_are_analysed_only_when_they_changed(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = write("Zählt die Stimmen")
    monkeypatch.setattr("search.documents.analyse", lambda text: pytest.fail("analysed again"))
    for votes in (1, 2, 3):
        Note.objects.filter(pk=note.pk).update(votes=votes)
        touch("note", note.pk)
    row = SearchDocument.objects.get(key=f"note:{note.pk}")
    assert (row.version, row.votes) == (4, 3)
    assert not SearchChange.objects.exists()


def test_a_change_that_changes_nothing_to_search_costs_no_version(write: Write) -> None:
    note = write("Bleibt gleich")
    touch("note", note.pk)
    row = SearchDocument.objects.get()
    assert (row.version, row.built_version) == (1, 1)


def test_a_hidden_campaign_leaves_at_once_by_one_statement(write: Write, django_assert_num_queries: Callable) -> None:
    for number in range(5):
        write(f"Radweg {number}", campaign="rad")
    write("Radweg woanders", campaign="andere")
    Note.objects.filter(campaign="rad").update(public=False)
    with django_assert_num_queries(3):  # the rows, the ledger, and the announcement that there is something to build
        assert touch_campaign("rad", hide=True) == 5
    assert search(AnonymousUser(), "Radweg").total == 1
    assert SearchChange.objects.count() == 5
    sweep()
    assert not SearchChange.objects.exists()
    assert list(differences()) == []


def test_a_campaign_that_comes_back_is_built_by_the_sweeper(write: Write) -> None:
    write("Radweg am Bach", campaign="rad")
    Note.objects.update(public=False)
    touch_campaign("rad", hide=True)
    Note.objects.update(public=True)
    touch_campaign("rad")
    sweep()
    assert titles("Radweg") == ["Radweg am Bach"]


def test_a_campaign_that_opens_brings_what_was_hidden_all_along(write: Write) -> None:
    write("Radweg am Bach", campaign="rad", public=False)
    Note.objects.create(title="Radweg am See", campaign="rad")
    Note.objects.update(public=True)
    touch_campaign("rad")
    build("rad")
    assert sorted(titles("Radweg")) == ["Radweg am Bach", "Radweg am See"]
    assert list(differences()) == []


def test_one_object_that_cannot_be_built_holds_up_no_other(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = [write(f"Laterne {number}", campaign="licht") for number in range(3)]
    whole = actions.public_documents

    def poisoned(kind: str, ids: list[int]) -> dict:
        if notes[1].pk in ids:
            raise ValueError("poison")
        return whole(kind, ids)

    monkeypatch.setattr(actions, "public_documents", poisoned)
    touch_campaign("licht")
    sweep()
    left = SearchChange.objects.get()
    assert left.document.object_id == notes[1].pk
    assert left.attempts == MAX_ATTEMPTS
    assert "poison" in left.last_error


def test_what_was_left_aside_is_tried_again_when_somebody_asks(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("Laterne", campaign="licht")
    with monkeypatch.context() as patch:
        patch.setattr(actions, "public_documents", lambda *_all: 1 / 0)
        touch_campaign("licht")
        sweep()
    assert sweep() == 0
    assert ledger.retry_quarantine() == 1
    assert sweep() == 1
    assert not SearchChange.objects.exists()


def test_many_are_built_in_batches_with_progress() -> None:
    notes = Note.objects.bulk_create([Note(title=f"Schlagloch Nummer {number}") for number in range(1_200)])
    heard: list[int] = []
    touch_many("note", [note.pk for note in notes], heard.append)
    assert sum(heard) == 1_200
    assert search(AnonymousUser(), "Schlagloch").total == 1_200
    touch_many("note", [note.pk for note in notes])
    assert SearchDocument.objects.count() == 1_200


def test_rebuilding_repairs_whatever_went_wrong(write: Write) -> None:
    kept, gone = write("Spielplatz"), write("Weg damit")
    SearchDocument.objects.filter(key=f"note:{kept.pk}").update(title="falsch", visible=False)
    Note.objects.filter(pk=gone.pk).delete()
    new = Note.objects.create(title="Nie gemeldet")
    found = list(differences())
    assert f"note:{new.pk}: missing" in found
    assert len(found) == 3
    rebuild()
    assert list(differences()) == []
    assert titles("Spielplatz") == ["Spielplatz"]


def test_rebuilding_leaves_rows_alone_that_come_out_as_they_were(write: Write) -> None:
    right, wrong = write("Spielplatz"), write("Laterne")
    SearchDocument.objects.filter(key=f"note:{wrong.pk}").update(title_terms="nonsense")
    rebuild()
    versions = dict(SearchDocument.objects.values_list("object_id", "version"))
    assert versions == {right.pk: 1, wrong.pk: 2}


def test_rows_of_an_older_analyser_are_built_again(write: Write) -> None:
    write("Spielplatz")
    SearchDocument.objects.update(fingerprint="older", title_terms="nonsense")
    assert sweep() == 1
    assert titles("Spielplätze") == ["Spielplatz"]
