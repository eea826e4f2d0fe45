"""Searching with Elasticsearch."""

from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from search import elastic
from search.backends.base import Unavailable
from search.breaker import Open, breaker
from search.types import All, AnyOf, Ask, Counts, Found, Near, Node, Phrase, Scope, Without, Word

_BOOSTS = {"title_terms": 4, "body_terms": 2, "title_parts": 1, "body_parts": 0.5}
_RUNNING = {"title_terms": 4, "body_terms": 1.5}
_TIER = 10_000  # far above what words can add up to: what meets more of the question comes first
_FACETS = ("kind", "campaign", "category", "district")
_MOST_BUCKETS = 5_000
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
    return found + [Q("terms", **{name: sorted(values)}) for name, values in filters.items()]


def _search(query: Query, scope: Scope, filters: Mapping[str, frozenset[str]]) -> Search:
    whole = Q("bool", must=[query], filter=_filters(scope, filters))
    return Search(using=elastic.client(), index=elastic.alias()).query(whole).extra(timeout="800ms", _source=False)


def _ask(search: Search) -> Any:
    """Return the answer; raises ``Unavailable`` when there is none, and at once while the server is left alone."""
    try:
        answer = breaker.call(search.execute, elastic.FAILURES)
    except (Open, *elastic.FAILURES) as error:
        raise Unavailable(repr(error), is_new=not isinstance(error, Open)) from error
    if answer.timed_out or answer._shards.failed:
        raise Unavailable("incomplete answer")
    return answer


def _found(search: Search) -> list[Found]:
    hits = _ask(search)
    return [
        Found(hit.meta.id.partition(":")[0], int(hit.meta.id.partition(":")[2]), hit.meta.score or 0.0) for hit in hits
    ]


class ElasticBackend:
    """Elasticsearch through its own query language; terms arrive analysed."""

    name = "elasticsearch"

    def counts(self, node: Node, scope: Scope) -> Counts:
        search = _search(Q("bool", filter=[compile_node(node)]), scope, {})[:0]
        cube = A("composite", size=_MOST_BUCKETS, sources=[{name: A("terms", field=name)} for name in _FACETS])
        search.aggs.bucket("cube", cube)
        buckets = _ask(search).aggregations.cube.buckets
        return {tuple(bucket.key[name] for name in _FACETS): bucket.doc_count for bucket in buckets}

    def find(self, ask: Ask, scope: Scope) -> list[Found]:
        tiers = [Q("constant_score", filter=compile_node(node), boost=_TIER) for node in ask.better]
        query = Q("bool", must=[compile_node(ask.node)], should=tiers)
        return _found(_search(query, scope, ask.filters).sort(*_SORTS[ask.sort])[ask.offset : ask.offset + ask.limit])

    def titles(self, words: Sequence[str], scope: Scope, limit: int) -> list[Found]:
        query = Q("match_bool_prefix", title_fold={"query": " ".join(words), "operator": "and"})
        return _found(_search(query, scope, {})[:limit])

    def candidates(self, terms: Sequence[str], scope: Scope, kind: str, limit: int) -> list[Found]:
        query = compile_node(AnyOf(tuple(Word(term) for term in terms)))
        return _found(_search(query, scope, {"kind": frozenset({kind})})[:limit])
