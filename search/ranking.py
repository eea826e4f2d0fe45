"""The order of the best hits, the same on every engine: an engine says which are good, this says which are better.

Engines weigh words in their own ways (BM25 with or without the length of a text, ts_rank without rarity). So the first
hundred hits of any of them are put in order here, from the same tokens and by one sum that editors can be shown.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.documents import key_of, own_words
from search.models import SearchDocument
from search.spelling import frequencies
from search.types import All, AnyOf, Found, Near, Node, Phrase, Query, Term, Without, Word

WINDOW = 100
COLUMNS = {"title_terms": 4.0, "title_parts": 1.0, "body_terms": 2.0, "body_parts": 0.5}
_OWN, _FIX, _PART, _OTHER = (
    1.0,
    0.9,
    0.4,
    0.3,
)  # the word itself, its correction, parts of a compound, synonyms and tails
_HALF, _LENGTH, _USUAL = 3.0, 0.3, 60.0  # how soon more of a word counts no more; how much length matters; usual length
_REACH = 4


@dataclass(frozen=True)
class Tokens:
    """The words of a document as its row has them."""

    columns: dict[str, list[str]]
    every: frozenset[str]

    def running(self) -> Iterable[list[str]]:
        """Return the columns whose words stand in the order of the text."""
        return self.columns["title_terms"], self.columns["body_terms"]


@dataclass(frozen=True)
class Share:
    """What one word of a question adds to a hit: by column, how rare it is, and the sum."""

    word: str
    columns: dict[str, float]
    rarity: float
    value: float


@dataclass(frozen=True)
class Rank:
    """Why a hit is where it is: how many of the conditions that come first it meets, then what its words add up to."""

    tier: int
    shares: tuple[Share, ...]

    @property
    def score(self) -> float:
        """The number that hits are sorted by."""
        return 10 * self.tier + sum(share.value for share in self.shares)


def ranked(found: Sequence[Found], query: Query, better: Sequence[Node]) -> list[Found]:
    """Return an engine's rows with the first hundred in the common order."""
    ranks = ranks_of(found[:WINDOW], query, better)
    place = {(row.kind, row.object_id): number for number, row in enumerate(found)}
    first = [
        Found(row.kind, row.object_id, round(ranks[key].score, 4))
        if (key := key_of(row.kind, row.object_id)) in ranks
        else row
        for row in found[:WINDOW]
    ]
    dates = {key: number for number, key in enumerate(ranks)}
    return [
        *sorted(
            first,
            key=lambda row: (
                -row.score,
                dates.get(key_of(row.kind, row.object_id), WINDOW),
                place[row.kind, row.object_id],
            ),
        ),
        *found[WINDOW:],
    ]


def ranks_of(found: Sequence[Found], query: Query, better: Sequence[Node]) -> dict[str, Rank]:
    """Return the ranks of rows by their keys, the newest first where they are equal."""
    keys = [key_of(row.kind, row.object_id) for row in found]
    rows = SearchDocument.objects.filter(key__in=keys, visible=True).order_by("-published_at", "-id")
    rarity = _rarity(query)
    return {key: _rank(_tokens(texts), query, better, rarity) for key, *texts in rows.values_list("key", *COLUMNS)}


def _tokens(texts: Sequence[str]) -> Tokens:
    columns = {name: own_words(text).split() for name, text in zip(COLUMNS, texts, strict=True)}
    return Tokens(columns, frozenset(token for words in columns.values() for token in words))


def _rarity(query: Query) -> dict[str, float]:
    documents, total = frequencies(variant.word for term in query.terms for variant in (term, *term.fixes))
    return {
        term.word: math.log(2 + total / (1 + max(documents[variant.word] for variant in (term, *term.fixes))))
        for term in query.terms
    }


def _rank(tokens: Tokens, query: Query, better: Sequence[Node], rarity: dict[str, float]) -> Rank:
    tier = sum(meets(node, tokens) for node in better)
    length = 1 - _LENGTH + _LENGTH * len(tokens.columns["body_terms"]) / _USUAL
    return Rank(tier, tuple(_share(term, tokens, rarity[term.word], length) for term in query.terms))


def _share(term: Term, tokens: Tokens, rarity: float, length: float) -> Share:
    weights = _weights(term)
    columns = {
        name: round(worth * sum(weight * words.count(token) for token, weight in weights.items()), 3)
        for name, worth in COLUMNS.items()
        if not tokens.every.isdisjoint(weights) and (words := tokens.columns[name])
    }
    amount = sum(columns.values())
    value = rarity * amount / (amount + _HALF * length) if amount else 0.0
    return Share(term.raw, {name: worth for name, worth in columns.items() if worth}, round(rarity, 3), round(value, 4))


def _weights(term: Term) -> dict[str, float]:
    """Return the tokens that stand for a word of the question, and how much each is worth."""
    weights: dict[str, float] = {}
    for other in term.synonyms:
        weights[other[0]] = _OTHER
    for other in term.kept:
        weights.update({token: _PART / len(other) for token in other})
    for variant in (*term.fixes, term):
        for part in variant.parts:
            weights[part] = max(weights.get(part, 0), _PART / len(variant.parts))
        if variant.tail:
            weights[variant.tail] = max(weights.get(variant.tail, 0), _OTHER / 2)
    for fix in term.fixes:
        weights[fix.term] = _FIX
    weights[term.term] = _OWN
    return weights


def meets(node: Node, tokens: Tokens) -> bool:
    """Tell whether a document meets a condition, as the engines would."""
    match node:
        case Word(token):
            return token in tokens.every
        case Near(near):
            pairs = list(pairwise(dict.fromkeys(near)))
            return any(all(_close(words, first, second) for first, second in pairs) for words in tokens.running())
        case Phrase(phrase):
            return any(_in_a_row(words, list(phrase)) for words in tokens.running())
        case Without(inner, excluded):
            return meets(inner, tokens) and not any(meets(one, tokens) for one in excluded)
        case All(nodes):
            return all(meets(one, tokens) for one in nodes)
        case AnyOf(nodes):
            return any(meets(one, tokens) for one in nodes)
    raise TypeError(node)


def _close(words: list[str], first: str, second: str) -> bool:
    places = [place for place, word in enumerate(words) if word == first]
    return any(second in words[max(0, place - _REACH) : place + _REACH + 1] for place in places)


def _in_a_row(words: list[str], phrase: list[str]) -> bool:
    places = (place for place, word in enumerate(words) if word == phrase[0])
    return any(words[place : place + len(phrase)] == phrase for place in places)
