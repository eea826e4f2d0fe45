"""Words for the same thing: a list that comes with the project, and the groups that editors keep.

The list is only asked when little is found. A group of the editors counts at once and for every question, with hits that
have the words themselves before those that have a synonym; nothing is indexed anew, because documents know no synonyms.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils import timezone

from search.analysis import read_word, stop_words
from search.compounds import read_list
from search.models import SearchIndex, SynonymGroup
from search.words import tokens

Words = tuple[str, ...]  # one entry: the terms of its words in order, usually one
Ways = Mapping[str, tuple[Words, ...]]  # a term → what else may stand for it
STAMP = "synonyms"
_BETWEEN = re.compile(r"[,;\n]+")


@dataclass
class _Kept:
    stamp: object = None
    ways: Ways = field(default_factory=dict)


_kept = _Kept()
_trial: ContextVar[Ways | None] = ContextVar("synonyms on trial", default=None)


def entries(text: str) -> list[str]:
    """Return the entries of a list with commas, as written."""
    return [entry for one in _BETWEEN.split(text) if (entry := " ".join(one.split()))]


def terms_of(entry: str) -> Words:
    """Return the terms of an entry, without words that carry no meaning."""
    return tuple(read_word(token.word).term for token in tokens(entry) if token.word not in stop_words())


@lru_cache(maxsize=1)
def _shipped() -> Ways:
    groups: dict[str, set[Words]] = {}
    for line in read_list("de_synonyms.txt"):
        readings = [read_word(token.word) for entry in line.split(",") for token in list(tokens(entry))[:1]]
        for reading in readings:
            others = {(other.term, *other.parts) for other in readings if other.term != reading.term}
            groups.setdefault(reading.term, set()).update(others)
    return {term: tuple(sorted(others)) for term, others in groups.items()}


def synonyms_of(term: str) -> tuple[Words, ...]:
    """Return other words for a term from the list of the project, each as (term, parts …)."""
    return _shipped().get(term, ())


def kept_for(term: str) -> tuple[Words, ...]:
    """Return what editors want to be found for a term as well, each as the terms of its words."""
    trial = _trial.get()
    return (trial if trial is not None else _ways()).get(term, ())


def _ways() -> Ways:
    """Return the groups of the editors, read anew whenever one of them changed – in whatever process."""
    stamp = SearchIndex.objects.filter(name=STAMP).values_list("finished_at", flat=True).first()
    if _kept.stamp != stamp:
        _kept.stamp, _kept.ways = stamp, ways_of(SynonymGroup.objects.values_list("words", "found"))
    return _kept.ways


def ways_of(groups: Iterable[tuple[str, str]]) -> Ways:
    """Return which term finds what else, of groups (words, found); without ``found`` the words find each other."""
    ways: dict[str, dict[Words, None]] = {}
    for words, found in groups:
        asked = [terms for entry in entries(words) if (terms := terms_of(entry))]
        meant = [terms for entry in entries(found) if (terms := terms_of(entry))] or asked
        for terms in asked:
            if len(terms) == 1:
                ways.setdefault(terms[0], {}).update(dict.fromkeys(other for other in meant if other != terms))
    return {term: tuple(others) for term, others in ways.items()}


def note_change() -> None:
    """Say that groups have changed, in the transaction of the change; every process reads them anew at its next question."""
    SearchIndex.objects.update_or_create(name=STAMP, defaults={"finished_at": timezone.now()})


@contextmanager
def on_trial(groups: Iterable[tuple[str, str]]) -> Iterator[None]:
    """Search with these groups instead of the kept ones, here only: for seeing what a change would do."""
    token = _trial.set(ways_of(groups))
    try:
        yield
    finally:
        _trial.reset(token)
