"""Finding the words of a list in a text: whole words in all their inflections, whatever somebody does to disguise them.

How a list is written, one entry a line, ``#`` begins a comment::

    Idiot            # also Idioten, Idiotin, idiotisch is another word
    halt die Fresse  # several words in this order
    Scheiß*          # everything that begins like this
    =Sau             # exactly this word, in no other form
    !Deppe           # never: a name that looks like an inflected entry

„Ä", „ae" and „A" are one letter, as are „ß" and „ss"; digits and signs that look like letters are read as them („1diot"), letters
with gaps are read as a word („I d i o t"), repeated letters as one („Idiooot"). An entry is never found inside a longer word: „Assel" holds
no „Ass". Exceptions are read as written, with their umlauts: ``!schwül`` lets the weather be.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import NamedTuple

MOST_FOUND = 20
# What German nouns and adjectives get; entries shorter than four letters are taken as they stand.
ENDINGS = ("", "e", "n", "s", "en", "er", "es", "em", "in", "ern", "innen")
SHORTEST_INFLECTED = 4
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u0300-\u036f]")
_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "ı": "i", "ø": "o"})
_WRITTEN_OUT = re.compile(r"ae|oe|(?<![aeiouq])ue")
# Letters of other alphabets that look like ours.
_LOOKS_LIKE = str.maketrans("аеіорсухкмтнвοαεικρτυν", "aeiopcyxkmthboaeikptuv")
_LEET = dict(
    zip("013457 8@$!|€".replace(" ", ""), ["o", "il", "e", "a", "s", "t", "b", "a", "s", "i", "il", "e"], strict=True)
)
_LEET_SIGNS = re.compile(r"[0-9@$!|€]")
_PIECE = re.compile(r"[^\W_]+")
# Pieces with nothing but a sign between them; a sign that stands for a letter may also begin or end the word.
_BETWEEN = rf"(?:[.\-_*·'’@$!|€]|{_UNSEEN.pattern}){{1,2}}"
_TOKEN = re.compile(rf"[@$!|€]?[^\W_]+(?:{_BETWEEN}[^\W_]+)*")
_SPACED = re.compile(r"(?<![^\W_])[^\W_@$](?:[ \t.\-_*·•/,|]{1,2}[^\W_@$]){2,60}(?![^\W_])")
_MOST_APART, _LONGEST_APART = 120, 16
_REPEATED = re.compile(r"([^\W_])\1{2,}")
_ENTRY = re.compile(r"(?P<how>[=!]?)(?P<words>[^*]+?)(?P<more>\*?)")


class Found(NamedTuple):
    """An entry of a list as it is written there, and where it stands in the text."""

    entry: str
    start: int
    end: int


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return a word in lower case with one spelling for umlauts, accents and letters of other alphabets."""
    plain = word.lower()
    if not plain.isascii():
        plain = plain.translate(_UMLAUTS)
        if not plain.isascii():
            plain = unicodedata.normalize("NFKD", plain).translate(_LOOKS_LIKE)
            plain = _UNSEEN.sub("", plain).translate(_UMLAUTS)
    return _WRITTEN_OUT.sub(lambda match: match[0][0], plain) if "e" in plain else plain


def as_written(word: str) -> str:
    """Return a word in lower case, its umlauts kept: for exceptions."""
    return word.lower().replace("ß", "ss")


@dataclass
class Words:
    """A list, read."""

    exact: dict[str, str] = field(default_factory=dict)
    inflected: dict[str, str] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    exceptions: set[str] = field(default_factory=set)
    lengths: tuple[int, ...] = ()
    #: the first three letters of all entries: most words of a text begin otherwise
    starts: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.exact or self.prefixes or self.phrases)

    def entry_of(self, word: str) -> str:
        """Return the entry that a folded word is a form of, or nothing."""
        if word[:3] not in self.starts:
            return ""
        if found := self.exact.get(word):
            return found
        for ending in ENDINGS:
            if word.endswith(ending) and (found := self.inflected.get(word[: len(word) - len(ending)])):
                return found
        for length in self.lengths:
            if found := self.prefixes.get(word[:length]):
                return found
        return ""

    def is_excepted(self, word: str) -> bool:
        """Tell whether a word as written is a form of an exception."""
        if not self.exceptions:
            return False
        plain = as_written(word)
        return any(plain.endswith(end) and plain[: len(plain) - len(end)] in self.exceptions for end in ENDINGS)


@lru_cache(maxsize=64)
def read(text: str) -> Words:
    """Return a list ready for use; kept, because the same lists are used again and again."""
    words = Words()
    for line in text.splitlines():
        match = _ENTRY.fullmatch(line.partition("#")[0].strip())
        if match and (parts := [fold(part) for part in _PIECE.findall(match["words"])]):
            _add(words, match["how"], match["words"].strip(), parts, bool(match["more"]))
    words.starts = {entry[:3] for entry in (*words.exact, *words.prefixes)}
    words.lengths = tuple(sorted({len(prefix) for prefix in words.prefixes}))
    return words


def _add(words: Words, how: str, written: str, parts: list[str], is_prefix: bool) -> None:
    if how == "!":
        words.exceptions.update(as_written(part) for part in _PIECE.findall(written))
    elif len(parts) > 1:
        words.phrases.setdefault(parts[0], []).append((tuple(parts), written))
    elif is_prefix:
        words.prefixes[parts[0]] = f"{written}…"
    else:
        words.exact[parts[0]] = written
        if how != "=" and len(parts[0]) >= SHORTEST_INFLECTED:
            words.inflected[parts[0]] = written


def find(words: Words, text: str) -> list[Found]:
    """Return where entries of a list stand in a text, in order; at most ``MOST_FOUND``."""
    found: dict[int, Found] = {}
    for hit in (*_single(words, text), *_phrases(words, text), *_spaced(words, text)):
        found.setdefault(hit.start, hit)
        if len(found) >= MOST_FOUND:
            break
    return [found[start] for start in sorted(found)]


def _single(words: Words, text: str) -> Iterator[Found]:
    """Yield entries that stand in one piece, however disguised."""
    known: dict[str, str] = {}
    for match in _TOKEN.finditer(text):
        raw = match[0]
        if (entry := known.get(raw)) is None:
            entry = known[raw] = _entry_in(words, raw)
        if entry:
            yield Found(entry, match.start(), match.end())


def _entry_in(words: Words, raw: str) -> str:
    """Return the entry that a token, one of its pieces or its disguise is a form of."""
    if words.is_excepted(raw):
        return ""
    for reading in _readings(raw):
        if entry := words.entry_of(reading):
            return entry
    return ""


def _readings(raw: str) -> Iterator[str]:
    """Yield what a token may be read as: as it stands, joined, piece by piece, with letters for signs, without repetition."""
    if raw.isalpha():
        pieces = [fold(raw)]
    else:
        raw = _UNSEEN.sub("", raw)
        joined = "".join(_PIECE.findall(raw))
        pieces = list(dict.fromkeys([fold(joined), *(fold(piece) for piece in _PIECE.findall(raw))]))
        if _LEET_SIGNS.search(raw) and not raw.isdigit():
            pieces += _unmasked(raw)
    yield from pieces
    for piece in pieces:
        if _REPEATED.search(piece):
            yield _REPEATED.sub(r"\1", piece)
            yield _REPEATED.sub(r"\1\1", piece)


def _unmasked(raw: str) -> list[str]:
    """Return the words that a token with signs for letters may mean; at most eight."""
    ways = [_LEET.get(sign, sign if sign.isalnum() else "") or "" for sign in raw.rstrip("!|")[:40]]
    letters = [tuple(way) if way else ("",) for way in ways]
    while sum(len(way) > 1 for way in letters) > 3:
        place = next(place for place, way in enumerate(letters) if len(way) > 1)
        letters[place] = letters[place][:1]
    return [fold("".join(chosen)) for chosen in product(*letters)]


def _phrases(words: Words, text: str) -> Iterator[Found]:
    """Yield entries of several words."""
    if not words.phrases:
        return
    pieces = [(fold(match[0]), match.start(), match.end()) for match in _PIECE.finditer(text)]
    for place, (word, start, _end) in enumerate(pieces):
        for parts, written in words.phrases.get(word, ()):
            if tuple(piece[0] for piece in pieces[place : place + len(parts)]) == parts:
                yield Found(written, start, pieces[place + len(parts) - 1][2])


def _spaced(words: Words, text: str) -> Iterator[Found]:
    """Yield entries whose letters stand apart; only so many letters are looked at."""
    left = _MOST_APART
    for match in _SPACED.finditer(text):
        places = [place for place in range(match.start(), match.end()) if text[place].isalnum()][:left]
        left -= len(places)
        letters = "".join(fold(text[place])[:1] or "?" for place in places)
        for reading in dict.fromkeys((letters, *(way for way in _unmasked(letters) if len(way) == len(letters)))):
            if span := _span(words, reading):
                yield Found(span[0], places[span[1]], places[span[2] - 1] + 1)
                break
        if left <= 0:
            return


def _span(words: Words, letters: str) -> tuple[str, int, int] | None:
    """Return the first entry among letters that stand apart, with its begin and end."""
    for start in range(len(letters) - 2):
        if letters[start : start + 3] not in words.starts:
            continue
        for stop in range(min(len(letters), start + _LONGEST_APART), start + 2, -1):
            if entry := words.entry_of(letters[start:stop]):
                return entry, start, stop
    return None
