"""Comparing an outside index with the table: every version, and whether common words find as much."""

from collections.abc import Iterator

from search import elastic
from search.analysis import read_word
from search.backends import database_backend
from search.models import SearchChange, SearchDocument, SearchTerm
from search.registry import builders
from search.types import Scope, Word

_WORDS, _SHARE = 20, 0.95


class Difference(str):
    """A line for people about one row: its key, and the version that the outside index has (none: not there)."""

    key: str
    there: int | None

    def __new__(cls, text: str, key: str = "", there: int | None = None) -> "Difference":
        line = super().__new__(cls, text)
        line.key, line.there = key, there
        return line


def outside_differences(index: str) -> Iterator[Difference]:
    """Yield each row of which an index has another version, or none, or which it alone has.

    What differs is looked at twice, because rows change while this runs; what waits in the ledger is not wrong yet.
    """
    suspects = _suspects(index)
    if not suspects:
        return
    elastic.patient().indices.refresh(index=index)
    for start in range(0, len(suspects), 500):
        yield from _again(index, sorted(suspects)[start : start + 500])


def _suspects(index: str) -> set[str]:
    from elasticsearch.helpers import scan

    versions = dict(SearchDocument.objects.values_list("key", "version"))
    found = set()
    for hit in scan(elastic.patient(), index=index, query={"_source": ["v"]}, size=5_000):
        if versions.pop(hit["_id"], None) != hit["_source"]["v"]:
            found.add(hit["_id"])
    return found | set(versions)


def _again(index: str, keys: list[str]) -> Iterator[Difference]:
    answer = elastic.patient().mget(index=index, ids=keys, source_includes=["v"])
    there = {doc["_id"]: doc["_source"]["v"] for doc in answer["docs"] if doc.get("found")}
    waits = set(SearchChange.objects.filter(document__key__in=keys).values_list("document__key", flat=True))
    versions = dict(SearchDocument.objects.filter(key__in=keys).values_list("key", "version"))
    for key in keys:
        here, outside = versions.get(key), there.get(key)
        if here == outside or (key in waits and (outside or 0) <= (here or 0)):
            continue
        if outside is None:
            yield Difference(f"{key}: not in Elasticsearch", key)
        elif here is None:
            yield Difference(f"{key}: only in Elasticsearch (version {outside})", key, outside)
        else:
            yield Difference(f"{key}: Elasticsearch has version {outside}, the table {here}", key, outside)


def smoke(index: str) -> Iterator[str]:
    """Yield common words that find less in an index than in the table."""
    from search.backends.elastic import how_many

    scope = Scope(kinds=frozenset(builder.kind for builder in builders()))
    for word in SearchTerm.objects.order_by("-documents", "word").values_list("word", flat=True)[:_WORDS]:
        token = Word(read_word(word).term)
        here, there = sum(database_backend().counts(token, scope).values()), how_many(index, token, scope)
        if there < _SHARE * here - 1 - SearchChange.objects.count():  # what is on its way may be missing
            yield f"“{word}” finds {there} instead of {here}"
