"""What is offered while somebody types: names of topics, places and tags, and titles."""

from collections.abc import Iterable, Sequence

from search.backends import ask
from search.hydrate import hydrate, scope_for
from search.registry import builders
from search.types import Suggestion
from search.words import tokens

MOST, MOST_NAMES, MOST_WORDS = 8, 3, 12


def typed_words(text: str) -> list[str]:
    """Return the folded words of what was typed so far; none while the last one has only a letter."""
    words = [token.word for token in tokens(" ".join(text[:200].replace("\x00", " ").split()))][:MOST_WORDS]
    return words if words and len(words[-1]) > 1 else []


def begins(name: str, words: Sequence[str]) -> bool:
    """Tell whether a name has all these folded words, the last one perhaps unfinished."""
    own = [token.word for token in tokens(name)]
    *whole, last = words
    return set(whole) <= set(own) and any(word.startswith(last) for word in own)


def complete(user: object, text: str, limit: int = MOST) -> list[Suggestion]:
    """Return what begins like a text: at most three names that public things have, then titles this person may see."""
    words = typed_words(text)
    if not words:
        return []
    names = [
        Suggestion(name.text, name.url, "name", name.label, name.icon)
        for builder in builders()
        for name in builder.names(words, MOST_NAMES)
    ][:MOST_NAMES]
    return [*names, *_different(titles(user, words, limit), names)][:limit]


def titles(user: object, words: Sequence[str], limit: int) -> list[Suggestion]:
    """Return the titles that have these words, the last one perhaps unfinished."""
    scope = scope_for(user)
    found, _name, _degraded = ask(lambda backend: backend.titles(words, scope, limit))
    return [Suggestion(hit.title, hit.url, hit.kind, hit.label, hit.icon) for hit in hydrate(found, user)]


def _different(found: Iterable[Suggestion], names: Iterable[Suggestion]) -> list[Suggestion]:
    """Return suggestions without those that lead where another one leads already."""
    known = {name.url for name in names}
    return [one for one in found if one.url not in known and not known.add(one.url)]  # type: ignore[func-returns-value]
