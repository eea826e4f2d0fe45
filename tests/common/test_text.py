"""Text as people and attackers type it: one clean reading, nothing lost that belongs to it."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from common.text import LineField, TextField, one_line, paragraphs

line, text = LineField(max_length=60), TextField(max_length=200)

EMOJI = ["👨‍👩‍👧‍👦", "👩🏽‍🚀", "🏳️‍🌈", "❤️‍🔥", "👁️‍🗨️", "🧑‍🤝‍🧑", "🐻‍❄️", "1️⃣", "🇩🇪", "☀️", "🚲"]
INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a\u202b\u202c"
    "\u202d\u202e\u2060\u2064\u2066\u2067\u2068\u2069\ufeff\U000e0041\U000e007f"
)
BROKEN = ["\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x80", "\x9f", "\ud800", "\udfff", "\udc80"]


@pytest.mark.parametrize("sign", BROKEN)
@pytest.mark.parametrize("field", [line, text])
def test_what_cannot_be_stored_is_refused(field, sign):
    with pytest.raises(ValidationError, match="nicht speichern"):
        field.clean(f"Spielplatz{sign} am Ufer")


@pytest.mark.parametrize("sign", INVISIBLE)
def test_invisible_signs_and_directional_tricks_are_taken_out(sign):
    assert line.clean(f"Spiel{sign}platz{sign}") == "Spielplatz"
    assert text.clean(f"Spiel{sign}platz\n{sign}am Ufer") == "Spielplatz\nam Ufer"


@pytest.mark.parametrize("sign", EMOJI)
def test_emoji_sequences_stay_whole(sign):
    assert line.clean(f"Rad {sign} fahren") == f"Rad {sign} fahren"
    assert text.clean(f"Rad {sign}\nfahren") == f"Rad {sign}\nfahren"


@pytest.mark.parametrize("word", ["Grünanlage", "Öffnungszeiten", "Straße", "Café", "Škoda", "Việt Nam", "İstanbul"])
def test_decomposed_letters_become_one(word):
    assert line.clean(unicodedata.normalize("NFD", word)) == unicodedata.normalize("NFC", word)


def test_piles_of_marks_are_cut_down():
    piled = "a" + "\u0301" * 500 + "b"
    assert len(line.clean(piled)) <= 8
    assert line.clean(piled)[0] == "á"
    assert len(text.clean("Z" + "\u0335\u0322" * 250)) <= 7


def test_other_scripts_are_untouched():
    for words in ("Привет мир", "مرحبا بالعالم", "שלום עולם", "สวัสดีชาวโลก", "नमस्ते", "你好世界", "Γειά σου"):
        assert line.clean(words) == unicodedata.normalize("NFC", words)


def test_one_line_is_one_line():
    assert line.clean("  Ein\r\n Spielplatz\t am\u00a0 Ufer\u2028 ") == "Ein Spielplatz am Ufer"


def test_paragraphs_keep_their_lines():
    assert (
        text.clean("Eins  \r\n\r\nZwei\rDrei\u2028Vier\u2029\n\n\n\n\nFünf   ") == "Eins\n\nZwei\nDrei\nVier\n\n\nFünf"
    )


def test_blank_text_is_empty_and_refused_where_something_is_wanted():
    for blank in ("", "   ", "\n\t", "\u200b", "\u00a0"):
        with pytest.raises(ValidationError):
            line.clean(blank)
        assert LineField(required=False).clean(blank) == ""


def test_length_counts_what_is_kept():
    assert line.clean("x" * 60 + "\u200b" * 20) == "x" * 60
    with pytest.raises(ValidationError, match="60"):
        line.clean("x" * 61)
    assert line.clean(unicodedata.normalize("NFD", "ü" * 60)) == "ü" * 60


def test_long_input_is_read_quickly():
    import time

    began = time.monotonic()
    paragraphs("ä\u0301 " * 100_000)
    one_line("\u200d" * 200_000)
    assert time.monotonic() - began < 10


@given(st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once(value):
    assert one_line(one_line(value)) == one_line(value)
    assert paragraphs(paragraphs(value)) == paragraphs(value)


@given(st.text(max_size=80))
def test_what_is_accepted_can_be_stored_and_is_normal(value):
    try:
        kept = LineField(required=False).clean(value)
    except ValidationError:
        return
    kept.encode()
    assert "\x00" not in kept
    assert unicodedata.is_normalized("NFC", kept)
    assert not kept.startswith(" ")
