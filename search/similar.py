"""Finding what is much like a text: candidates by its twelve most telling words, then judged by how much they share."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from search.analysis import analyse, content_tokens, read_word
from search.backends import ask
from search.documents import key_of
from search.hydrate import hydrate
from search.models import SearchDocument
from search.registry import is_kind
from search.spelling import corrections, frequencies
from search.types import Found, Scope, Similar

_TITLE_WEIGHT, _MOST_TERMS, _CANDIDATES, _READ_WORDS = 2.0, 12, 30, 60
_LEAST = 0.2


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
    telling = _telling(title, body)
    if not telling or not is_kind(kind):
        return []
    scope = Scope(kinds=frozenset({kind}), campaigns=frozenset({campaign}) if campaign else None)
    best = sorted(telling, key=lambda word: -word.weight)[:_MOST_TERMS]
    tokens = tuple(dict.fromkeys(token for word in best for token in word.tokens))
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
    telling = _telling(title, body)
    whole = sum(word.weight for word in telling)
    if not whole:
        return {}
    found = {number: _tokens_of(f"{head}\n{text}") for number, (head, text) in documents.items()}
    return {
        number: round(sum(word.weight for word in telling if word.is_in(tokens)) / whole, 3)
        for number, tokens in found.items()
    }


def _tokens_of(text: str) -> set[str]:
    return {token for column in analyse(text[:2000]) for token in column.split()}


def _telling(title: str, body: str) -> list[_Telling]:
    """Return the words of a draft with their weights; words of the title count twice."""
    weights: dict[str, float] = {}
    for text, weight in ((title[:500], _TITLE_WEIGHT), (body[:4_000], 1.0)):
        for token in list(content_tokens(text))[:_READ_WORDS]:
            weights.setdefault(token.word, weight)
    documents, total = frequencies(weights)
    return [_word(word, weight, documents[word], total) for word, weight in weights.items()]


def _word(word: str, weight: float, documents: int, total: int) -> _Telling:
    fixes = corrections(word) if not documents else []
    readings = [read_word(variant) for variant in (word, *fixes)]
    known = weight if documents or fixes else weight / 4  # a word that nobody else has tells little about likeness
    tokens = tuple(dict.fromkeys(reading.term for reading in readings))
    return _Telling(tokens, readings[0].parts, known * math.log(1 + total / (documents or 3)))


def _judged(found: list[Found], telling: list[_Telling]) -> list[Found]:
    """Return candidates with the share of the draft's weight that they contain, best first."""
    keys = [key_of(row.kind, row.object_id) for row in found]
    columns = ("title_terms", "title_parts", "body_terms", "body_parts")
    rows = SearchDocument.objects.filter(key__in=keys, visible=True).values_list("kind", "object_id", *columns)
    whole = sum(word.weight for word in telling)
    judged = []
    for kind, object_id, *texts in rows:
        document = {token for text in texts for token in text.split()}
        share = sum(word.weight for word in telling if word.is_in(document)) / whole
        judged.append(Found(kind, object_id, round(share, 3)))
    return sorted((row for row in judged if row.score >= _LEAST), key=lambda row: (-row.score, -row.object_id))
