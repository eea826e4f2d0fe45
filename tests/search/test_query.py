"""Reading questions, correcting words, finding titles and similar texts, the commands."""

import json
from collections.abc import Callable
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import query as questions
from search.models import SearchDocument
from search.queries import search, similar, suggest
from search.query import parse
from search.spelling import corrections, count_words, learn_words
from tests.search.notes import Note

pytestmark = pytest.mark.django_db
Write = Callable[..., Note]
ANYBODY = AnonymousUser()


def titles(text: str, **more: object) -> list[str]:
    return [hit.title for hit in search(ANYBODY, text, **more).hits]


def test_quotes_keep_words_together_and_a_minus_leaves_one_out(write: Write) -> None:
    write("Sicherer Schulweg für alle")
    write("Schulweg: sicherer machen")
    write("Sicherer Schulweg mit Hund")
    assert len(titles("sicherer Schulweg")) == 3
    assert sorted(titles('"sicherer Schulweg"')) == ["Sicherer Schulweg für alle", "Sicherer Schulweg mit Hund"]
    assert "Sicherer Schulweg mit Hund" not in titles("Schulweg -Hund")


def test_a_compound_is_found_by_its_parts_and_the_other_way_round(write: Write) -> None:
    write("Schaltung der Ampel dauert")
    write("Ampelschaltung am Ring")
    assert len(titles("Ampelschaltung")) == 2
    assert "Ampelschaltung am Ring" in titles("Ampel")


def test_questions_are_cut_to_twelve_words_and_two_hundred_signs() -> None:
    assert len(parse("Bank Park Baum Weg Rad Bus Bahn Hund Kind Haus Dach Fluss See Wald").terms) == 12
    assert len(parse("x" * 1_000_000).text) == 200


# The first text waits for the lists of words to be read.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_every_text_can_be_read(text: str) -> None:
    monkey = pytest.MonkeyPatch()
    monkey.setattr(questions, "corrections", lambda word: [])
    try:
        parse(text)
    finally:
        monkey.undo()


def test_only_rare_words_are_corrected() -> None:
    learn_words(["Zebrastreifen", "Kreuzung"])
    assert corrections("zebrastreiffen") == ["zebrastreifen"]
    assert corrections("zebrastreifen") == []
    assert corrections("kreuzug") == ["kreuzung"]
    assert corrections("abc") == []
    assert corrections("b5600") == []


def test_words_of_hidden_texts_are_forgotten_by_the_next_count(write: Write) -> None:
    write("Sonderbarwort")
    count_words()
    assert corrections("sonderbarwart") == ["sonderbarwort"]
    Note.objects.update(public=False)
    SearchDocument.objects.update(visible=False)
    assert search(ANYBODY, "sonderbarwart").corrected == ""
    count_words()
    assert corrections("sonderbarwart") == []


def test_titles_are_suggested_while_typing(write: Write) -> None:
    write("Bänke am Uferweg")
    write("Verborgene Bänke", public=False)
    assert [found.title for found in suggest(ANYBODY, "bänke uf")] == ["Bänke am Uferweg"]
    assert [found.title for found in suggest(ANYBODY, "BAENK")] == ["Bänke am Uferweg"]
    assert suggest(ANYBODY, "verb") == []
    for strange in ("", "b", "*", '"', "\x00", "a" * 5_000):
        suggest(ANYBODY, strange)


def test_a_draft_meets_what_is_like_it_in_its_campaign_only(write: Write) -> None:
    for number in range(30):
        write(f"Etwas anderes {number}", "Mehr Bäume und Blumen im Park.", campaign="rad")
    same = write("Schlaglöcher auf dem Radweg an der Lippe", "Der Belag ist seit dem Winter kaputt.", campaign="rad")
    write("Schlaglöcher auf dem Radweg an der Lippe", campaign="andere")
    write("Schlagloch Radweg Lippe", campaign="rad", public=False)
    count_words()
    found = similar(ANYBODY, "rad", "Radweg an der Lippe hat viele Schlaglöcher", "Der Belag ist kaputt.", kind="note")
    assert [one.hit.object_id for one in found] == [same.pk]
    assert found[0].very_similar
    assert similar(ANYBODY, "rad", same.title, same.text, exclude=f"note:{same.pk}", kind="note") == []
    assert similar(ANYBODY, "rad", "", "", kind="note") == []


def test_sorting_by_date_and_by_votes(write: Write) -> None:
    from datetime import UTC, datetime

    write("Laterne alt", published_at=datetime(2025, 1, 1, tzinfo=UTC), votes=9)
    write("Laterne neu", published_at=datetime(2026, 1, 1, tzinfo=UTC), votes=1)
    write("Laterne ohne Tag")
    assert titles("Laterne", sort="newest") == ["Laterne neu", "Laterne alt", "Laterne ohne Tag"]
    assert titles("Laterne", sort="votes") == ["Laterne alt", "Laterne neu", "Laterne ohne Tag"]


def test_find_speaks_json(write: Write) -> None:
    note = write("Radweg am Bach", campaign="rad", source_id="B17")
    write("Radweg woanders", campaign="andere")
    out = StringIO()
    call_command("find", "Radweg", "--campaign", "rad", "--limit", "5", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert answer["total"] == 1
    assert answer["backend"] in {"sqlite", "postgresql"}
    assert answer["hits"] == [
        {"key": f"note:{note.pk}", "kind": "note", "id": note.pk, "source_id": "B17", "title": "Radweg am Bach"}
    ]
    out = StringIO()
    call_command("find", "Radweg", stdout=out)
    assert "Radweg woanders" in out.getvalue()


def test_verify_names_each_difference_and_reindex_repairs_it(write: Write) -> None:
    note = write("Bank")
    call_command("verify_search", stdout=StringIO())
    SearchDocument.objects.update(body="verändert")
    with pytest.raises(CommandError, match=f"note:{note.pk}: body"):
        call_command("verify_search", stdout=StringIO())
    call_command("reindex", "--verify", stdout=StringIO(), stderr=StringIO())
