"""From text to folded words: the first half of the analyser, the same for documents, questions and highlighting."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

MAX_WORD = 60

# Soft hyphens and zero-width signs vanish, so that a word broken for the eye is still one word.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# A word; Radfahrer*innen, Radfahrer:innen, Radfahrer/-innen, Radfahrer(innen) are all Radfahrer.
_AFTER = r"(?:(?:[*:_·]|/-?)(?:in|innen|r|n)\b|\(-?(?:in|innen|r|n|en|e)\))?(?P<dot>\.)?(?P<hyphen>-(?=[^\W\d_]))?"
_WORD = re.compile(rf"(?P<word>[^\W_]+){_AFTER}")
# Marks that combine with the letter before them, or are not seen at all, belong to the word; few texts have any.
_UNUSUAL = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufeff]")
_UNUSUAL_WORD = re.compile(rf"(?P<word>[^\W_](?:[^\W_]|{_UNUSUAL.pattern})*){_AFTER}")
_INNER_I = re.compile(r"(?<=[a-zäöüß])In(?:nen)?$")
_UMLAUT = str.maketrans(
    {"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "a", "ø": "o", "œ": "o", "ı": "i", "ł": "l", "đ": "d"}
)
# ae and oe stand for ä and ö; ue for ü, but not in "neue", "Steuer" or "Quelle".
_WRITTEN_OUT = re.compile(r"ae|oe|(?<![aeiouq])ue")
_SHORT = {"str": "strasse", "hbf": "hauptbahnhof", "bhf": "bahnhof", "nr": "nummer"}
_SHORT_WITH_DOT = {"pl": "platz", "abs": "absatz", "tel": "telefon"}
_COUNTED = re.compile(r"^(\d+)(?:er|ern|en|te|ten|ter|tes|jahrige|jahriger|jahrigen)$")


class Token(NamedTuple):
    """A word of a text: where it stands, how it reads folded, and whether a hyphen joins it to the next."""

    word: str
    start: int
    end: int
    joined: bool


def fold(word: str) -> str:
    """Return a word in lower case without umlauts or accents (Straße, STRASSE and Strasse become one)."""
    plain = word.lower().translate(_UMLAUT)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).translate(_UMLAUT)
    return _WRITTEN_OUT.sub(lambda match: match[0][0], plain)


def _long_form(word: str, dot: bool) -> str:
    """Return the word that an abbreviation stands for."""
    if word in _SHORT or (dot and word in _SHORT_WITH_DOT):
        return _SHORT.get(word) or _SHORT_WITH_DOT[word]
    if word.endswith("str") and len(word) > 5:
        return word + "asse"
    counted = _COUNTED.match(word)
    return counted[1] if counted else word


@lru_cache(maxsize=200_000)
def folded(raw: str, dot: bool = False) -> str:
    """Return the folded word of a written one; the same few thousand words come again and again."""
    if not raw.isascii() or "I" in raw:
        raw = _INNER_I.sub("", unicodedata.normalize("NFC", _UNSEEN.sub("", raw)))
    return _long_form(fold(raw), dot)[:MAX_WORD]


def tokens(text: str) -> Iterator[Token]:
    """Yield the folded words of a text in order."""
    for match in (_UNUSUAL_WORD if _UNUSUAL.search(text) else _WORD).finditer(text):
        raw, dot, hyphen = match.group("word", "dot", "hyphen")
        if word := folded(raw[: 2 * MAX_WORD], bool(dot)):
            start, end = match.span("word")
            yield Token(word, start, end, bool(hyphen))
