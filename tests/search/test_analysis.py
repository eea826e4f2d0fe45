"""What the analyser makes of German words."""

import pytest

from search.analysis import analyse, fingerprint, read_word
from search.words import fold, tokens


def term(word: str) -> str:
    return read_word(next(tokens(word)).word).term


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Baum", "Bäume"),
        ("Straße", "Strasse"),
        ("Straße", "STRASSE"),
        ("Str.", "Straße"),
        ("Lindenstr.", "Lindenstraße"),
        ("Bruecke", "Brücken"),
        ("Fussgaenger", "Fußgänger"),
        ("Schlagloch", "Schlaglöcher"),
        ("Café", "Cafe"),
        ("Radfahrer*innen", "Radfahrer"),
        ("Radfahrer:innen", "Radfahrer"),
        ("RadfahrerInnen", "Radfahrer"),
        ("Schüler/-innen", "Schüler"),
        ("absenken", "abgesenkt"),
        ("freigeben", "freizugeben"),
        ("freigeben", "Freigabe"),
        ("zurückschneiden", "zurückgeschnitten"),
        ("Fahrradweg", "Radwege"),
        ("30er", "30"),
        ("Spiel\u00adplatz", "Spielplatz"),
        ("Bru\u0308cke", "Brücke"),
        ("Hbf", "Hauptbahnhof"),
    ],
)
def test_forms_of_a_word_are_one_term(one: str, other: str) -> None:
    assert term(one) == term(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("neue", "nue"), ("Steuer", "Stur"), ("Quelle", "Qulle"), ("Bank", "Band"), ("Park", "Parkett")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert term(one) != term(other)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Fahrradständer", ("rad", "stand")),
        ("Ampelschaltungen", ("ampel", "schalt")),
        ("Kinderspielplatz", ("kind", "spielplatz")),
        ("Bordsteinabsenkung", ("bordstein", "absenk")),
        ("Kennedybrücke", ("kennedy", "bruck")),
        ("Lindenallee", ("lind", "alle")),
        ("Schulwegsicherung", ("schul", "weg", "sicher")),
        ("Verkehrsspiegel", ("verkehr", "spiegel")),
        ("Arbeitsamt", ("arbeit", "amt")),
        ("Garten", ()),
        ("Regierung", ()),
        ("Haltestelle", ()),
        ("Xylophonist", ()),
    ],
)
def test_compounds_are_taken_apart_and_other_words_are_not(word: str, parts: tuple[str, ...]) -> None:
    assert read_word(next(tokens(word)).word).parts == parts


def test_a_compound_can_be_found_by_every_stretch_of_it() -> None:
    terms, parts = analyse("Neue Radwegbeleuchtung")
    assert terms.split() == ["neu", "radwegbeleucht"]
    assert {"radweg", "beleucht", "rad", "weg"} <= set(parts.split())


def test_words_with_a_hyphen_are_also_one_word() -> None:
    _terms, parts = analyse("eine Bus-Spur")
    assert "busspur" in parts.split()


def test_a_path_is_no_stop_word() -> None:
    assert analyse("der und die Weg")[0] == "weg"


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "🚲", "\u202e", "'\"\\", "a" * 100_000, "ab " * 50_000, "\ud800", "ß" * 300]
)
def test_no_text_is_too_strange(text: str) -> None:
    for token in (part for column in analyse(text) for part in column.split()):
        assert token.isalnum()
        assert len(token) < 200


def test_folding_follows_the_german_rule() -> None:
    assert [fold(word) for word in ("Ärger", "Aerger", "Öl", "über", "ueber", "neue", "quer", "groß", "Ågård")] == [
        "arger", "arger", "ol", "uber", "uber", "neue", "quer", "gross", "agard",
    ]  # fmt: skip


def test_the_fingerprint_is_short_and_steady() -> None:
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 16
