"""When nothing is found: which words of the public texts are most like those that were typed."""

from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from search.analysis import read_word
from search.backends import ask
from search.highlight import surface
from search.hydrate import hydrate, scope_for
from search.spelling import _vocabulary
from search.types import Ask, Page, Scope, Word

MOST, LIKE, _TRIED = 4, 0.84, 8


class Near(NamedTuple):
    """A word that somebody wrote, and the question with it."""

    word: str
    text: str


def nearest(user: object, answer: Page) -> list[Near]:
    """Return up to four words that are much like those of a question, each with the question that asks for it.

    Only words that stand in something this person may see: the vocabulary may still know words of what was hidden.
    """
    found: dict[str, Near] = {}
    for term in answer.query.terms:
        for word in _written(user, term.word):
            found.setdefault(word, Near(word, answer.query.text.replace(term.raw, word)))
    return list(found.values())[:MOST]


def _written(user: object, typed: str) -> Iterator[str]:
    """Yield how words like this one are written in public texts, the likest first."""
    if len(typed) < 4:
        return
    scope = scope_for(user)
    likely = process.extract(
        typed, _vocabulary().words, scorer=JaroWinkler.normalized_similarity, score_cutoff=LIKE, limit=_TRIED
    )
    for word, _likeness, _place in likely:
        if word != typed and (found := _seen(user, word, scope)):
            yield found


def _seen(user: object, word: str, scope: Scope) -> str:
    """Return how a folded word is written in something this person may see, or nothing."""
    question = Ask(Word(read_word(word).term), limit=5)
    rows, _name, _degraded = ask(lambda backend: backend.find(question, scope))
    texts = (f"{hit.title} {hit.doc.body}" for hit in hydrate(rows, user))
    return next((written for text in texts if (written := surface(text, word))), "")
