"""Marking what was found, in the text that is shown: first escape, then mark."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import read_word, stop_words
from search.types import Query
from search.words import Token, folded, tokens

LENGTH = 220
_MAX_TEXT = 20_000


@dataclass
class Wanted:
    """The tokens to mark: whole words, and parts of compounds for texts that lack the whole word."""

    whole: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)


def wanted(query: Query) -> Wanted:
    """Return what a question asks to mark."""
    found = Wanted()
    for term in query.terms:
        for variant in (term, *term.fixes):
            found.whole.add(variant.term)
            found.parts.update(variant.parts)
            found.parts.update(other[0] for other in variant.synonyms)
            found.parts.update(token for other in variant.kept for token in other)
    found.parts -= found.whole
    return found


def in_title(text: str, want: Wanted) -> SafeString:
    """Return a title with the hits marked."""
    return _marked(text, _spans(text, want), 0, len(text))


def excerpt(text: str, want: Wanted) -> SafeString:
    """Return the piece of a text that has the most hits, with the hits marked."""
    text = text[:_MAX_TEXT]
    spans = _spans(text, want)
    start = _best_start(text, spans)
    end = _word_end(text, start + LENGTH)
    piece = _marked(text, spans, start, end)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return mark_safe(f"{before}{piece}{after}")


def surface(text: str, word: str) -> str:
    """Return how a folded word is written in a text, or nothing when it is not there."""
    return next((text[token.start : token.end] for token in tokens(text) if token.word == word), "")


def _spans(text: str, want: Wanted) -> list[tuple[int, int]]:
    """Return where hits stand: whole words when there are any, else parts."""
    whole, parts = [], []
    for token in tokens(text):
        if token.word in stop_words():
            continue
        reading = read_word(token.word)
        own = {reading.term, *reading.extra}
        if found := want.whole & own:
            whole.append(_within(text, token, reading.term, found))
        elif found := want.parts & own:
            parts.append(_within(text, token, reading.term, found))
    return whole or parts


def _within(text: str, token: Token, term: str, found: set[str]) -> tuple[int, int]:
    """Return the stretch to mark: of a compound only the end, or the beginning, that was asked for."""
    raw = text[token.start : token.end]
    if term not in found:
        for cut in range(2, len(raw) - 2):
            if read_word(folded(raw[cut:])).term in found:
                return token.start + cut, token.end
        for cut in range(3, len(raw) - 1):
            if read_word(folded(raw[:cut])).term in found:
                return token.start, token.start + cut
    return token.start, token.end


def _best_start(text: str, spans: list[tuple[int, int]]) -> int:
    """Return where the excerpt begins: a little before the densest stretch of hits."""
    if not spans or (spans[0][1] <= LENGTH * 2 // 3 and spans[-1][1] <= LENGTH):
        return 0
    counts = [
        (sum(1 for other in spans if start <= other[0] and other[1] <= start + LENGTH - 60), -start)
        for start, _end in spans[:200]
    ]
    best = -max(counts)[1]
    if best <= 60:
        return 0
    gap = text.find(" ", best - 60)
    return best if gap < 0 or gap > best else gap + 1


def _word_end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    gap = text.rfind(" ", 0, end)
    return gap if gap > end - 40 else end


def _marked(text: str, spans: list[tuple[int, int]], start: int, end: int) -> SafeString:
    return mark_safe("".join(_pieces(text, spans, start, end)))


def _pieces(text: str, spans: list[tuple[int, int]], start: int, end: int) -> Iterator[str]:
    at = start
    for first, last in spans:
        if first < at or last > end:
            continue
        yield escape(text[at:first])
        yield f"<mark>{escape(text[first:last])}</mark>"
        at = last
    yield escape(text[at:end])
