"""One analyser for every backend: text becomes *terms* (stems of its words) and *parts* (what compounds are made of).

SQLite, PostgreSQL and Elasticsearch get the same tokens, so that the same words find the same things everywhere.
"""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from importlib.metadata import version
from typing import NamedTuple

from search.compounds import base_form, read_list, split, split_form, stem
from search.words import Token, fold, tokens

VERSION = 3  # raise it when the rules in words.py, compounds.py or here change
_LONG = 8
_FILES = ("de_parts.txt", "de_stop.txt", "de_verbs.txt")


class Reading(NamedTuple):
    """How one word is indexed: its term, its finest parts, and the further tokens it can be found by."""

    term: str
    parts: tuple[str, ...]
    extra: tuple[str, ...]


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return the name of this state of the analyser; rows built by another one are out of date."""
    content = "".join(resources.files("search").joinpath("data", name).read_text(encoding="utf-8") for name in _FILES)
    return hashlib.sha256(f"{VERSION}|{version('snowballstemmer')}|{content}".encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the folded words that are not indexed."""
    return frozenset(fold(word) for line in read_list("de_stop.txt") for word in line.split())


@lru_cache(maxsize=200_000)
def read_word(word: str) -> Reading:
    """Return the reading of a folded word."""
    stemmed, verb = base_form(stem(word))
    parts = split(stemmed)
    if not parts and len(word) > _LONG:
        parts = split_form(word)
    if len(parts) < 2:
        return Reading(parts[0] if parts else stemmed, (), (verb,) if verb else ())
    spans = ("".join(parts[start:stop]) for start in range(len(parts)) for stop in range(start + 1, len(parts) + 1))
    term = "".join(parts)
    return Reading(term, parts, tuple(dict.fromkeys(span for span in spans if span != term)))


def content_tokens(text: str) -> Iterable[Token]:
    """Yield the words of a text that carry meaning."""
    stops = stop_words()
    return (token for token in tokens(text) if token.word not in stops)


def analyse(text: str) -> tuple[str, str]:
    """Return (terms, parts) of a text, each as tokens with spaces between."""
    terms: list[str] = []
    parts: list[str] = []
    stops, before = stop_words(), ""
    for word, _start, _end, joined in tokens(text):
        if word in stops:
            continue
        reading = read_word(word)
        terms.append(reading.term)
        if reading.extra:
            parts.extend(reading.extra)
        if before:
            parts.extend(_joined(before, word))
        before = word if joined else ""
    return " ".join(terms), " ".join(parts)


def _joined(first: str, second: str) -> Iterable[str]:
    """Yield the token of two words with a hyphen between them, read as one: Bus-Spur is also a Busspur."""
    reading = read_word(read_word(first).term + second)
    return (
        (reading.term,)
        if reading.parts
        else (first + reading.term[len(first) :],)
        if reading.term.startswith(first)
        else ()
    )


def folded_words(text: str) -> Iterable[str]:
    """Yield the words of a text as the vocabulary keeps them."""
    return (token.word for token in content_tokens(text) if len(token.word) > 2 and not token.word.isdigit())
