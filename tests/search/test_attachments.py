"""Text of files beside contributions: found with the page, gone with the contribution, harmless whatever is in it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search import elastic
from search.actions import rebuild, touch, touch_campaign
from search.attachments import extract as extracting
from search.attachments.extract import extract
from search.attachments.reading import read_files, read_waiting
from search.models import SearchDocument, SearchFile, SearchFilePage
from search.queries import search, similar
from search.registry import Attachment
from search.sync import sync
from tests.search.notes import Note, NoteSearch
from tests.search.papers import bomb, docx, odt, pdf
from tests.search.test_page import page

pytestmark = pytest.mark.django_db
Write = Callable[..., Note]
State = SearchFile.State
Attach = Callable[..., None]
REPORT = pdf("Deckblatt", "Inhalt", "Die alte Trauerweide am Mühlteich bleibt stehen. Daneben entsteht ein Steg.")


@pytest.fixture
def attach(monkeypatch: pytest.MonkeyPatch) -> Attach:
    """Put files beside a note, as a room would: they stand where the builder finds them, then the note is touched."""
    beside: dict[int, list[Attachment]] = {}
    monkeypatch.setattr(
        NoteSearch,
        "attachments",
        lambda _self, objects: {one.pk: beside[one.pk] for one in objects if one.pk in beside},
    )

    def put(note: Note, *files: tuple[str, bytes], read: bool = True) -> None:
        beside[note.pk] = [
            Attachment(
                f"{name}:{hash(data)}", name, name.rpartition(".")[2], f"/datei/{name}", lambda data=data: BytesIO(data)
            )  # type: ignore[misc]
            for name, data in files
        ]
        with transaction.atomic():
            touch("note", note.pk)
        if read:
            read_waiting()

    return put


def found(text: str) -> list[str]:
    return [hit.title for hit in search(AnonymousUser(), text).hits]


def states() -> dict[str, str]:
    return dict(SearchFile.objects.values_list("name", "state"))


def test_a_word_in_a_file_finds_the_contribution_and_the_page_says_where(
    client: Client, write: Write, attach: Attach
) -> None:
    attach(write("Ein Steg für alle", "Bitte baut ihn."), ("Bericht.pdf", REPORT))
    shown = page(client, "/suche/?q=Trauerweide")
    assert "1 Treffer" in shown
    assert "Ein Steg für alle" in shown
    assert "gefunden im Anhang „Bericht.pdf“, Seite 3" in shown
    assert "Die alte <mark>Trauerweide</mark> am Mühlteich" in shown
    assert "/datei/Bericht.pdf" in shown


def test_one_word_in_the_text_and_one_in_the_file_find_it_too(client: Client, write: Write, attach: Attach) -> None:
    attach(write("Ein Steg für alle"), ("Bericht.pdf", REPORT))
    write("Trauerweide im Park")
    shown = page(client, "/suche/?q=Steg+Weiden+M%C3%BChlteich")
    assert "Seite 3" in shown
    assert "im Anhang" not in page(client, "/suche/?q=Steg")  # its own text says it


def test_documents_are_read_without_what_was_deleted(client: Client, write: Write, attach: Attach) -> None:
    files = (("Antrag.odt", odt("Ein Gewächshaus", "für Tomaten", gone="Geheimplan")),
             ("Antrag.docx", docx("Eine Seilbahn", "über den Fluss", gone="Geheimplan")))  # fmt: skip
    attach(write("Zwei Anträge"), *files)
    assert "gefunden im Anhang „Antrag.odt“</a>" in page(client, "/suche/?q=Tomaten")
    assert "gefunden im Anhang „Antrag.docx“</a>" in page(client, "/suche/?q=Seilbahnen")
    assert found("Geheimplan") == []


def test_own_words_come_before_those_of_files(write: Write, attach: Attach) -> None:
    attach(write("Etwas anderes"), ("Liste.pdf", pdf("Trauerweide " * 50)))
    write("Ein langer Text", "Worte und Worte. " * 80 + "Trauerweide.")
    assert found("Trauerweide") == ["Ein langer Text", "Etwas anderes"]


UNREADABLE = {
    "Verschlossen.pdf": (pdf("Trauerweide", password="geheim"), State.LOCKED),
    "Verschlossen.odt": (odt("Trauerweide", locked=True), State.LOCKED),
    "Verschlossen.docx": (b"\xd0\xcf\x11\xe0" + b"x" * 500, State.LOCKED),
    "Gescannt.pdf": (pdf("", ""), State.SCANNED),
    "Kaputt.pdf": (REPORT[:300], State.BROKEN),
    "Verstellt.pdf": (b"%PDF-1.4\n" + bytes(range(256)) * 50, State.BROKEN),
    "Keine.odt": (b"PK\x03\x04 kein Archiv", State.BROKEN),
    "Leer.docx": (b"", State.BROKEN),
    "Fremd.docx": (odt("Trauerweide"), State.BROKEN),
    "Wesen.odt": (odt("&a;", doctype='<!DOCTYPE x [<!ENTITY a "Trauerweide">]>'), State.BROKEN),
    "Bombe.docx": (bomb(), State.LARGE),
    "Riese.pdf": (b"%PDF-" + b"x" * (extracting.MOST_BYTES + 1), State.LARGE),
}


def test_files_that_cannot_be_read_are_named_and_break_nothing(client: Client, write: Write, attach: Attach) -> None:
    note = write("Viele Anhänge", "mit einem Steg")
    attach(note, *((name, data) for name, (data, _state) in UNREADABLE.items()), ("Bericht.pdf", REPORT))
    assert states() == {name: state for name, (_data, state) in UNREADABLE.items()} | {"Bericht.pdf": State.READ}
    assert found("Trauerweide") == ["Viele Anhänge"]
    assert "Seite 3" in page(client, "/suche/?q=Trauerweide")


def test_a_reader_that_takes_too_long_is_stopped_and_what_it_had_read_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "SECONDS", 0.02)
    assert extract(REPORT, "pdf").state == State.SLOW
    monkeypatch.setattr(extracting, "SECONDS", 60)
    read = extracting._read(b'{"page": 1, "text": "Anfang"}\n{"page": 2, "te')
    assert (read.state, read.is_cut, read.pages) == (State.READ, True, [(1, "Anfang")])


def test_a_long_file_is_read_as_far_as_two_hundred_thousand_signs() -> None:
    read = extract(docx(*(f"Zeile {number} " + "Wort " * 200 for number in range(400))), "docx")
    assert read.is_cut
    assert sum(len(text) for _page, text in read.pages) <= 200_000
    assert max(len(text) for _page, text in read.pages) <= 5_000


@pytest.mark.parametrize("by", ["one", "campaign", "deletion"])
def test_text_leaves_at_once_when_the_contribution_is_hidden(by: str, write: Write, attach: Attach) -> None:
    note = write("Ein Steg für alle", campaign="ufer")
    attach(note, ("Bericht.pdf", REPORT))
    assert found("Trauerweide")
    with transaction.atomic():
        number = note.pk
        if by == "deletion":
            note.delete()
        else:
            Note.objects.update(public=False)
        touch_campaign("ufer", hide=True) if by == "campaign" else touch("note", number)
    assert found("Trauerweide") == []
    if by != "campaign":  # whose rows are built in the background
        assert not SearchFile.objects.exists()
        assert not SearchFilePage.objects.exists()
        assert "trauerw" not in SearchDocument.objects.get().body_parts


def test_a_file_that_is_taken_away_or_changed_is_searched_as_it_is_now(write: Write, attach: Attach) -> None:
    note = write("Ein Steg für alle")
    attach(note, ("Bericht.pdf", REPORT))
    attach(note, ("Bericht.pdf", pdf("Jetzt mit Seerosen.")))
    assert (found("Trauerweide"), found("Seerosen")) == ([], ["Ein Steg für alle"])
    attach(note)
    assert found("Seerosen") == []
    assert not SearchFilePage.objects.exists()


def test_a_file_hidden_while_it_is_read_leaves_nothing(
    write: Write, attach: Attach, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = write("Ein Steg für alle")
    attach(note, ("Bericht.pdf", REPORT), read=False)

    def hidden_meanwhile(data: bytes, kind: str) -> Any:
        with transaction.atomic():
            Note.objects.update(public=False)
            touch("note", note.pk)
        return extract(data, kind)

    monkeypatch.setattr("search.attachments.reading.extract", hidden_meanwhile)
    read_files(f"note:{note.pk}")
    assert not SearchFile.objects.exists()
    assert not SearchFilePage.objects.exists()


def test_a_file_that_cannot_be_opened_is_tried_three_times(
    write: Write, attach: Attach, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = write("Ein Steg für alle")
    attach(note, ("Bericht.pdf", REPORT), read=False)
    monkeypatch.setattr(Attachment, "open", property(lambda _self: open("/nirgends/datei")), raising=False)  # noqa: SIM115
    for state in (State.WAITING, State.WAITING, State.BROKEN):
        read_files(f"note:{note.pk}")
        assert states() == {"Bericht.pdf": state}


def test_everything_built_anew_finds_files_again_and_a_changed_text_keeps_them(write: Write, attach: Attach) -> None:
    note = write("Ein Steg für alle")
    attach(note, ("Bericht.pdf", REPORT))
    rebuild()
    assert found("Trauerweide") == ["Ein Steg für alle"]
    SearchFile.objects.update(fingerprint="alt", terms="")
    Note.objects.update(title="Ein Steg für viele")
    with transaction.atomic():
        touch("note", note.pk)
    assert found("Trauerweide") == ["Ein Steg für viele"]


def test_likeness_does_not_look_into_files(write: Write, attach: Attach) -> None:
    attach(write("Ein Steg für alle", campaign="ufer"), ("Bericht.pdf", REPORT))
    assert not any(
        one.very_similar for one in similar(AnonymousUser(), "ufer", "Trauerweide am Mühlteich", kind="note")
    )


def test_contributions_without_files_cost_no_statement(write: Write, attach: Attach) -> None:
    with CaptureQueriesContext(connection) as asked:
        write("Ein Steg für alle")
        found("Steg")
    assert not [one for one in asked.captured_queries if "search_file" in one["sql"]]


@pytest.mark.server
@pytest.mark.usefixtures("elasticsearch")
def test_the_search_server_finds_words_of_files_too(client: Client, write: Write, attach: Attach) -> None:
    attach(write("Ein Steg für alle"), ("Bericht.pdf", REPORT))
    sync()
    elastic.client().indices.refresh(index=elastic.alias())
    answer = search(AnonymousUser(), "Trauerweiden")
    assert (answer.backend, [hit.in_file.page for hit in answer.hits]) == ("elasticsearch", [3])
