"""Searching with SQLite's FTS5."""
# ruff: noqa: S608 - the statements are put together from our own words; what a person typed is always a parameter

from collections.abc import Sequence
from typing import Any

from django.db import connection

from search.backends.base import LOOKED_AT, Filters, at_most, conditions, cube
from search.documents import scope_token
from search.types import All, AnyOf, Ask, Counts, Found, Near, Node, Phrase, Scope, Without, Word

_TEXT = "{title_terms title_parts body_terms body_parts}"
_RUNNING = "{title_terms body_terms}"
_WEIGHTS = "0, 4, 1, 2, 0.5"  # scope, title_terms, title_parts, body_terms, body_parts
_ORDER = {"newest": "d.published_at DESC, d.id DESC", "votes": "d.votes DESC, d.published_at DESC, d.id DESC"}


def compile_node(node: Node) -> str:
    """Return the FTS5 expression of a condition. Tokens are letters and digits only, and quoted all the same."""
    match node:
        case Word(token):
            return f'"{token}"'
        case Near(tokens):
            return f"({_RUNNING} : NEAR({_quoted(tokens)}, 4))"
        case Phrase(tokens):
            return f'({_RUNNING} : "{" ".join(tokens)}")'
        case Without(inner, excluded):
            return f"({compile_node(inner)} NOT ({' OR '.join(map(compile_node, excluded))}))"
        case All(nodes):
            return f"({' AND '.join(map(compile_node, nodes))})"
        case AnyOf(nodes):
            return f"({' OR '.join(map(compile_node, nodes))})"
    raise TypeError(node)


def _quoted(tokens: Sequence[str]) -> str:
    return " ".join(f'"{token}"' for token in dict.fromkeys(tokens))


def _match(node: Node, scope: Scope) -> str:
    """Return the whole expression: the words in the text columns, and the place when it is known."""
    text = compile_node(node)
    text = f"({_TEXT} : {text})"
    if scope.campaigns is not None and 0 < len(scope.campaigns) <= 20:
        places = " OR ".join(f'"{scope_token(campaign)}"' for campaign in sorted(scope.campaigns))
        text = f"((scope : ({places})) AND {text})"
    return text


class SqliteBackend:
    """FTS5 with external content; ranking by BM25 with weights for the columns."""

    name = "sqlite"

    def counts(self, node: Node, scope: Scope, filters: Filters | None = None, limit: int = 0) -> Counts:
        where, params = conditions(scope, filters or {})
        rows = _rows(
            f"""SELECT *, count(*) FROM (
                SELECT {cube()} FROM search_fts f CROSS JOIN search_document d ON d.id = f.rowid
                WHERE search_fts MATCH %s AND {where} {at_most(limit)}) GROUP BY 1, 2, 3, 4, 5, 6""",
            [_match(node, scope), *params],
        )
        return {tuple(values): count for *values, count in rows}

    def find(self, ask: Ask, scope: Scope) -> list[Found]:
        where, params = conditions(scope, ask.filters)
        order, score, better, ranked = _ORDER.get(ask.sort, ""), "0", "0", []
        if not order:
            order, score = "better DESC, score, d.published_at DESC, d.id DESC", f"bm25(search_fts, {_WEIGHTS})"
            if ask.better:
                better = " + ".join(
                    ["(f.rowid IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s))"] * len(ask.better)
                )
                ranked = [_match(node, scope) for node in ask.better]
        rows = _rows(
            f"""SELECT d.kind, d.object_id, {score} AS score, {better} AS better
                FROM search_fts f CROSS JOIN search_document d ON d.id = f.rowid
                WHERE search_fts MATCH %s AND {where} ORDER BY {order} LIMIT %s OFFSET %s""",
            [*ranked, _match(ask.node, scope), *params, ask.limit, ask.offset],
        )
        return [Found(kind, object_id, better - score) for kind, object_id, score, better in rows]

    def titles(self, words: Sequence[str], scope: Scope, limit: int) -> list[Found]:
        where, params = conditions(scope, {})
        *whole, last = (f'"{word}"' for word in words)
        rows = _rows(
            f"""SELECT d.kind, d.object_id, f.rank FROM (
                SELECT rowid AS id, rank FROM search_title_fts
                WHERE search_title_fts MATCH %s ORDER BY rowid DESC LIMIT {LOOKED_AT}) f
                CROSS JOIN search_document d ON d.id = f.id WHERE {where} ORDER BY f.rank, d.votes DESC LIMIT %s""",
            [" AND ".join([*whole, f"{last} *"]), *params, limit],
        )
        return [Found(kind, object_id, -score) for kind, object_id, score in rows]

    def candidates(self, terms: Sequence[str], scope: Scope, kind: str, limit: int) -> list[Found]:
        node = AnyOf(tuple(Word(term) for term in terms))
        return self.find(Ask(node, filters={"kind": frozenset({kind})}, limit=limit), scope)


def _rows(sql: str, params: Sequence[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
