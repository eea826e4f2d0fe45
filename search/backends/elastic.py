"""Searching with Elasticsearch."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from search import elastic
from search.backends.base import Filters, Unavailable
from search.breaker import Open, breaker
from search.types import FACETS, All, AnyOf, Ask, Counts, Found, Near, Node, Phrase, Scope, Without, Word

_BOOSTS = {"title_terms": 4, "body_terms": 2, "title_parts": 1, "body_parts": 0.5}
_RUNNING = {"title_terms": 4, "body_terms": 1.5}
_TIER = 10_000  # far above what words can add up to: what meets more of the question comes first
_WITHIN = "800ms"  # what the server itself may take; it then answers with what it has
_BUCKETS, _MOST_PAGES = 5_000, 12  # of the facets: read in pages, so that no count is cut off
_NEWEST = {"published_at": {"order": "desc", "missing": "_last"}}
_SORTS: dict[str, list[Any]] = {
    "relevance": ["_score", _NEWEST, {"object_id": "desc"}],
    "newest": [_NEWEST, {"object_id": "desc"}],
    "votes": [{"votes": "desc"}, _NEWEST, {"object_id": "desc"}],
}


def compile_node(node: Node) -> Query:
    """Return the query of a condition."""
    match node:
        case Word(token):
            words = [Q("term", **{name: {"value": token, "boost": boost}}) for name, boost in _BOOSTS.items()]
            return Q("dis_max", queries=words, tie_breaker=0.3)
        case Near(tokens):
            return _running(tokens, slop=4)
        case Phrase(tokens):
            return _running(tokens, slop=0)
        case Without(inner, excluded):
            return Q("bool", must=[compile_node(inner)], must_not=list(map(compile_node, excluded)))
        case All(nodes):
            return Q("bool", must=list(map(compile_node, nodes)))
        case AnyOf(nodes):
            return Q("bool", should=list(map(compile_node, nodes)), minimum_should_match=1)
    raise TypeError(node)


def _running(tokens: Sequence[str], slop: int) -> Query:
    text = " ".join(tokens)
    phrases = [
        Q("match_phrase", **{name: {"query": text, "slop": slop, "boost": boost}}) for name, boost in _RUNNING.items()
    ]
    return Q("dis_max", queries=phrases, tie_breaker=0.3)


def _filters(scope: Scope, filters: Mapping[str, frozenset[str]]) -> list[Query]:
    found = [Q("term", visible=True), Q("terms", kind=sorted(scope.kinds))]
    if scope.campaigns is not None:
        found.append(Q("terms", campaign=sorted(scope.campaigns)))
    return found + [
        _years(values) if name == "year" else Q("terms", **{name: sorted(values)}) for name, values in filters.items()
    ]


def _years(years: frozenset[str]) -> Query:
    """Return the condition that a document appeared in one of these years, by the clock of the town."""
    zone = settings.TIME_ZONE
    spans = [
        Q(
            "range",
            published_at={"gte": f"{year}-01-01", "lte": f"{year}-12-31", "time_zone": zone, "format": "yyyy-MM-dd"},
        )
        for year in sorted(years)
    ]
    return Q("bool", should=spans, minimum_should_match=1)


def _sources() -> list[dict[str, Any]]:
    """Return what facets are counted by, in their order."""
    by_year = A(
        "date_histogram",
        field="published_at",
        calendar_interval="year",
        time_zone=settings.TIME_ZONE,
        format="yyyy",
        missing_bucket=True,
    )
    return [{name: by_year if name == "year" else A("terms", field=name)} for name in FACETS]


def how_many(index: str, node: Node, scope: Scope) -> int:
    """Return how many documents of an index, live or not, meet a condition."""
    query = Q("bool", filter=[compile_node(node), *_filters(scope, {})])
    return int(elastic.patient().count(index=index, query=query.to_dict())["count"])


def _search(query: Query, scope: Scope, filters: Mapping[str, frozenset[str]]) -> Search:
    whole = Q("bool", must=[query], filter=_filters(scope, filters))
    return Search(using=elastic.client(), index=elastic.alias()).query(whole).extra(timeout=_WITHIN, _source=False)


class _Incomplete(Exception):
    """Some of the index did not answer, or not in time."""


def _ask(search: Search, until: float) -> Any:
    """Return the answer; raises ``Unavailable`` when there is none in time, and at once while the server is left alone."""
    asking = search.using(elastic.client().options(request_timeout=max(until - time.monotonic(), 0.02)))

    def whole() -> Any:
        answer = asking.execute()
        if answer.timed_out or answer._shards.failed:
            raise _Incomplete
        return answer

    failures = (_Incomplete, *elastic.failures())
    try:
        return breaker.call(whole, failures, harmless=elastic.refusals())
    except (Open, *failures) as error:
        raise Unavailable(repr(error), is_new=not isinstance(error, Open)) from error


def _found(search: Search, until: float) -> list[Found]:
    hits = _ask(search, until)
    return [
        Found(hit.meta.id.partition(":")[0], int(hit.meta.id.partition(":")[2]), hit.meta.score or 0.0) for hit in hits
    ]


class ElasticBackend:
    """Elasticsearch through its own query language; terms arrive analysed. One of these answers one question, in time."""

    name = "elasticsearch"

    def __init__(self) -> None:
        self._until = time.monotonic() + elastic.PATIENCE

    def counts(self, node: Node, scope: Scope, filters: Filters | None = None, limit: int = 0) -> Counts:
        search = _search(Q("bool", filter=[compile_node(node)]), scope, filters or {})[:0]
        search = search.extra(terminate_after=limit) if limit else search
        counted: Counts = {}
        after: dict[str, Any] = {}
        for _page in range(_MOST_PAGES):
            search.aggs.bucket("cube", A("composite", size=_BUCKETS, sources=_sources(), **after))
            cube = _ask(search, self._until).aggregations.cube
            counted |= {tuple(bucket.key[name] or "" for name in FACETS): bucket.doc_count for bucket in cube.buckets}
            if len(cube.buckets) < _BUCKETS:
                break
            after = {"after": cube.after_key.to_dict()}
        return counted

    def find(self, ask: Ask, scope: Scope) -> list[Found]:
        tiers = [Q("constant_score", filter=compile_node(node), boost=_TIER) for node in ask.better]
        query = Q("bool", must=[compile_node(ask.node)], should=tiers)
        return _found(
            _search(query, scope, ask.filters).sort(*_SORTS[ask.sort])[ask.offset : ask.offset + ask.limit], self._until
        )

    def titles(self, words: Sequence[str], scope: Scope, limit: int) -> list[Found]:
        query = Q("match_bool_prefix", title_fold={"query": " ".join(words), "operator": "and"})
        return _found(_search(query, scope, {})[:limit], self._until)

    def candidates(self, terms: Sequence[str], scope: Scope, kind: str, limit: int) -> list[Found]:
        query = compile_node(AnyOf(tuple(Word(term) for term in terms)))
        return _found(_search(query, scope, {"kind": frozenset({kind})})[:limit], self._until)
