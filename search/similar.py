"""Finding what is much like a text: candidates by its twelve most telling words, then judged by how much they share."""

import math
from collections.abc import Mapping, Set
from dataclasses import dataclass

from search.analysis import Reading, analyse, content_tokens, read_word
from search.backends import ask
from search.documents import key_of, own_words
from search.hydrate import hydrate
from search.models import SearchDocument
from search.registry import is_kind
from search.spelling import corrections, frequencies, tokens_counted
from search.types import Found, Scope, Similar

_TITLE_WEIGHT, _MOST_TERMS, _CANDIDATES, _READ_WORDS = 2.0, 12, 100, 60
_LEAST = 0.2
# How much a word of a draft tells: rare ones far more than usual ones (the name of a street more than "Radweg"), parts of
# compounds half, words that no text has hardly anything. Tried on the shared contributions; see docs/search.md.
_IN_TITLE, _RARE_TELLS, _PART, _NEVER_SEEN = 1.2, 1.5, 0.5, 0.1


@dataclass(frozen=True)
class _Telling:
    """A word of the draft: the tokens that stand for it, and how much it tells."""

    tokens: tuple[str, ...]
    parts: tuple[str, ...]
    weight: float

    def is_in(self, document: set[str]) -> bool:
        """Tell whether a document has the word, or all its parts."""
        return not document.isdisjoint(self.tokens) or bool(self.parts and document.issuperset(self.parts))


def similar(
    user: object,
    campaign: str,
    title: str,
    body: str = "",
    *,
    exclude: str | None = None,
    kind: str = "idea",
    limit: int = 5,
) -> list[Similar]:
    """Return what this person may see and is most like a draft or an idea; with a campaign (slug), only from there."""
    telling = _weights(title, body)
    if not telling or not is_kind(kind):
        return []
    scope = Scope(kinds=frozenset({kind}), campaigns=frozenset({campaign}) if campaign else None)
    tokens = tuple(sorted(telling, key=lambda token: -telling[token])[:_MOST_TERMS])
    found, _name, _degraded = ask(lambda backend: backend.candidates(tokens, scope, kind, _CANDIDATES))
    judged = _judged([row for row in found if key_of(row.kind, row.object_id) != exclude], telling)
    hits = hydrate(judged[: limit * 2], user)
    return [Similar(hit, hit.score) for hit in hits[:limit]]


def titles_alike(first: str, second: str) -> float:
    """Return how much two titles say the same, between 0 and 1: what they share, against all that both say."""
    one, other = _telling(first, ""), _telling(second, "")
    whole = sum(word.weight for word in (*one, *other))
    if not whole:
        return 0.0
    shared = sum(word.weight for word in one if word.is_in(_tokens_of(second)))
    shared += sum(word.weight for word in other if word.is_in(_tokens_of(first)))
    return round(shared / whole, 3)


def alike_among(title: str, body: str, documents: Mapping[int, tuple[str, str]]) -> dict[int, float]:
    """Return how much of a draft each of the documents (title and text) contains; for the few the index never holds."""
    telling = _weights(title, body)
    return {
        number: _share(telling, _tokens_of(f"{head}\n{text}")) for number, (head, text) in documents.items() if telling
    }


def _share(telling: Mapping[str, float], tokens: Set[str]) -> float:
    """Return how much of what a draft tells is in a document, between 0 and 1."""
    return round(sum(weight for token, weight in telling.items() if token in tokens) / sum(telling.values()), 3)


def _weights(title: str, body: str) -> dict[str, float]:
    """Return the tokens of a draft with how much each tells."""
    words: dict[str, float] = {}
    for text, weight in ((title[:500], _IN_TITLE), (body[:4_000], 1.0)):
        for token in list(content_tokens(text))[:_READ_WORDS]:
            words.setdefault(token.word, weight)
    documents, total = frequencies(words)
    readings = {word: _reading(word, documents[word]) for word in words}
    counted = tokens_counted(token for one in readings.values() for token in (one.term, *one.parts, *one.extra))
    found: dict[str, float] = {}
    for word, weight in words.items():
        reading = readings[word]
        seen = counted.get(reading.term, 0) or documents[word]
        whole = _tells(seen, total) if seen or not reading.parts else 0.0
        parts = {part: _PART * _tells(counted.get(part, 0), total) for part in (*reading.parts, *reading.extra)}
        for part, tells in {**parts, reading.term: whole}.items():
            if tells and weight * tells > found.get(part, 0):
                found[part] = weight * tells
    return found


def _reading(word: str, documents: int) -> Reading:
    """Return the reading of a word, or of the likely one where it is a slip."""
    reading = read_word(word)
    fixes = corrections(word) if not documents and not reading.parts else []
    return read_word(fixes[0]) if fixes else reading


def _tells(documents: int, total: int) -> float:
    rarity: float = math.log(1 + total / (documents or 3)) ** _RARE_TELLS
    return rarity if documents else _NEVER_SEEN * rarity


def telling_words(title: str, body: str) -> dict[str, float]:
    """Return the stems of a text and of the parts of its compounds with how much each tells; for memories kept elsewhere."""
    found: dict[str, float] = {}
    for word in _telling(title, body, rare_tells=True):
        for token in word.tokens:
            found[token] = max(word.weight, found.get(token, 0))
        for part in word.parts:
            found[part] = max(word.weight / len(word.parts), found.get(part, 0))
    return found


def _tokens_of(text: str) -> set[str]:
    return {token for column in analyse(text[:2000]) for token in column.split()}


def _telling(title: str, body: str, *, rare_tells: bool = False) -> list[_Telling]:
    """Return the words of a draft with their weights; words of the title count twice.

    ``rare_tells``: a word that no public text has tells as much as any rare one – what was refused has words of its own.
    """
    weights: dict[str, float] = {}
    for text, weight in ((title[:500], _TITLE_WEIGHT), (body[:4_000], 1.0)):
        for token in list(content_tokens(text))[:_READ_WORDS]:
            weights.setdefault(token.word, weight)
    documents, total = frequencies(weights)
    return [_word(word, weight, documents[word], total, rare_tells) for word, weight in weights.items()]


def _word(word: str, weight: float, documents: int, total: int, rare_tells: bool) -> _Telling:
    fixes = corrections(word) if not documents and not rare_tells else []
    readings = [read_word(variant) for variant in (word, *fixes)]
    known = (
        weight if documents or fixes or rare_tells else weight / 4
    )  # a word that nobody else has tells little about likeness
    tokens = tuple(dict.fromkeys(reading.term for reading in readings))
    return _Telling(tokens, readings[0].parts, known * math.log(1 + total / (documents or 3)))


def _judged(found: list[Found], telling: Mapping[str, float]) -> list[Found]:
    """Return candidates with the share of the draft's weight that they contain, best first."""
    keys = [key_of(row.kind, row.object_id) for row in found]
    columns = ("title_terms", "title_parts", "body_terms", "body_parts")
    rows = SearchDocument.objects.filter(key__in=keys, visible=True).values_list("kind", "object_id", *columns)
    judged = [
        Found(kind, object_id, _share(telling, {token for text in texts for token in own_words(text).split()}))
        for kind, object_id, *texts in rows
    ]
    return sorted((row for row in judged if row.score >= _LEAST), key=lambda row: (-row.score, -row.object_id))
