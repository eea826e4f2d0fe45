"""Marking what was found."""

import pytest

from search.highlight import LENGTH, excerpt, in_title, surface, wanted
from search.query import parse


def marked(text: str, question: str) -> str:
    return in_title(text, wanted(parse(question, exact=True)))


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("Mehr Bäume", "Baum", "Mehr <mark>Bäume</mark>"),
        ("Wasserspielplätze", "Spielplatz", "Wasser<mark>spielplätze</mark>"),
        (
            "Reuterstr. und Venloer Straße",
            "Venloer Straße",
            "Reuter<mark>str</mark>. und <mark>Venloer</mark> <mark>Straße</mark>",
        ),
        ("Radwegschilder", "Radweg", "<mark>Radweg</mark>schilder"),
        ("Schaltung der Ampel", "Ampelschaltung", "<mark>Schaltung</mark> der <mark>Ampel</mark>"),
        ("Ampelschaltung, Ampel", "Ampelschaltung", "<mark>Ampelschaltung</mark>, Ampel"),
        ("a < b & c", "b", "a &lt; <mark>b</mark> &amp; c"),
        ("<mark>Bank</mark>", "Bank", "&lt;mark&gt;<mark>Bank</mark>&lt;/mark&gt;"),
        ("Nichts davon", "Bank", "Nichts davon"),
        ("", "Bank", ""),
    ],
)
def test_hits_are_marked(text: str, question: str, expected: str) -> None:
    assert marked(text, question) == expected


def test_the_excerpt_shows_where_the_hits_are() -> None:
    text = "Vorrede ohne Bezug. " * 40 + "Hier steht die Laterne am Weg. " + "Nachrede. " * 40
    shown = excerpt(text, wanted(parse("Laterne", exact=True)))
    assert "<mark>Laterne</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < LENGTH + 60


def test_the_excerpt_of_a_text_without_hits_is_its_beginning() -> None:
    assert excerpt("Ein kurzer Text.", wanted(parse("Laterne", exact=True))) == "Ein kurzer Text."


def test_a_long_text_with_very_many_hits_is_quick() -> None:
    assert "<mark>" in excerpt("Bank " * 100_000, wanted(parse("Bank", exact=True)))


def test_a_word_is_shown_as_it_is_written() -> None:
    assert surface("Die Kennedybrücke ist eng", "kennedybrucke") == "Kennedybrücke"
    assert surface("Nichts", "kennedybrucke") == ""
