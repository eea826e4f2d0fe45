"""Searching with PostgreSQL's full-text search (GIN)."""
# ruff: noqa: S608 - the statements are put together from our own words; what a person typed is always a parameter

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.db import connection

from search.backends.base import LOOKED_AT, Filters, at_most, conditions, cube
from search.types import All, AnyOf, Ask, Counts, Found, Near, Node, Phrase, Scope, Without, Word

_WEIGHTS = "'{0.06, 0.25, 0.12, 1.0}'"  # D body_parts, C body_terms, B title_parts, A title_terms
_REACH = 3
_ORDER = {
    "newest": "d.published_at DESC NULLS LAST, d.id DESC",
    "votes": "d.votes DESC, d.published_at DESC NULLS LAST, d.id DESC",
}


def compile_node(node: Node) -> str:
    """Return the tsquery text of a condition. Tokens are letters and digits only, and quoted all the same."""
    match node:
        case Word(token):
            return f"'{token}'"
        case Near(tokens):
            return _joined(
                " & ",
                [_near(first, second) for first, second in pairwise(dict.fromkeys(tokens))] or [f"'{tokens[0]}':AC"],
            )
        case Phrase(tokens):
            return _joined(" <-> ", [f"'{token}':AC" for token in tokens])
        case Without(inner, excluded):
            return f"({compile_node(inner)} & !{_joined(' | ', list(map(compile_node, excluded)))})"
        case All(nodes):
            return _joined(" & ", list(map(compile_node, nodes)))
        case AnyOf(nodes):
            return _joined(" | ", list(map(compile_node, nodes)))
    raise TypeError(node)


def _joined(operator: str, parts: list[str]) -> str:
    return f"({operator.join(parts)})"


def _near(first: str, second: str) -> str:
    """Return the ways in which two tokens stand within three words of each other."""
    orders = ((first, second), (second, first))
    return _joined(" | ", [f"('{a}':AC <{gap}> '{b}':AC)" for a, b in orders for gap in range(1, _REACH + 1)])


class PostgresBackend:
    """tsvector columns made by the database from our tokens; ranking by ts_rank."""

    name = "postgresql"

    def counts(self, node: Node, scope: Scope, filters: Filters | None = None, limit: int = 0) -> Counts:
        where, params = conditions(scope, filters or {})
        rows = _rows(
            f"""SELECT h.*, count(*) FROM (
                SELECT {cube()} FROM search_document d
                WHERE d.tsv @@ %s::tsquery AND {where} {at_most(limit)}) h GROUP BY 1, 2, 3, 4, 5, 6""",
            [compile_node(node), *params],
        )
        return {tuple(values): count for *values, count in rows}

    def find(self, ask: Ask, scope: Scope) -> list[Found]:
        where, params = conditions(scope, ask.filters)
        text = compile_node(ask.node)
        score, scored = "0", []
        if ask.sort == "relevance":
            score, scored = f"ts_rank({_WEIGHTS}, d.tsv, %s::tsquery)", [text]
            for better in map(compile_node, ask.better):
                score += (
                    f" + CASE WHEN d.tsv @@ %s::tsquery THEN 1 + ts_rank({_WEIGHTS}, d.tsv, %s::tsquery) ELSE 0 END"
                )
                scored += [better, better]
        order = _ORDER.get(ask.sort, "score DESC, d.published_at DESC NULLS LAST, d.id DESC")
        rows = _rows(
            f"""SELECT d.kind, d.object_id, {score} AS score FROM search_document d
                WHERE d.tsv @@ %s::tsquery AND {where} ORDER BY {order} LIMIT %s OFFSET %s""",
            [*scored, text, *params, ask.limit, ask.offset],
        )
        return [Found(kind, object_id, score) for kind, object_id, score in rows]

    def titles(self, words: Sequence[str], scope: Scope, limit: int) -> list[Found]:
        where, params = conditions(scope, {})
        *whole, last = (f"'{word}'" for word in words)
        text = " & ".join([*whole, f"{last}:*"])
        rows = _rows(
            f"""SELECT d.kind, d.object_id, ts_rank(d.title_tsv, %s::tsquery, 1) AS score FROM (
                SELECT d.* FROM search_document d WHERE d.title_tsv @@ %s::tsquery AND {where}
                ORDER BY d.id DESC LIMIT {LOOKED_AT}) d ORDER BY score DESC, d.votes DESC, d.id DESC LIMIT %s""",
            [text, text, *params, limit],
        )
        return [Found(kind, object_id, score) for kind, object_id, score in rows]

    def candidates(self, terms: Sequence[str], scope: Scope, kind: str, limit: int) -> list[Found]:
        # ts_rank does not know which words are rare; the terms come with the most telling ones first.
        where, params = conditions(scope, {"kind": frozenset({kind})})
        words = [compile_node(Word(term)) for term in terms]
        score = " + ".join(f"{len(words) - place} * (d.tsv @@ %s::tsquery)::int" for place in range(len(words))) or "0"
        rows = _rows(
            f"""SELECT d.kind, d.object_id, {score} AS score FROM search_document d
                WHERE d.tsv @@ %s::tsquery AND {where} ORDER BY score DESC, d.id DESC LIMIT %s""",
            [*words, _joined(" | ", words), *params, limit],
        )
        return [Found(kind, object_id, score) for kind, object_id, score in rows]


def _rows(sql: str, params: Sequence[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
