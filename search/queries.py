"""What can be asked: ``search`` (the page), ``suggest`` (while typing), ``similar`` (drafts and ideas)."""

import time
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from search.backends import ask, database_backend
from search.backends.base import Backend
from search.facets import choices, total_of
from search.highlight import surface, wanted
from search.hydrate import hydrate, mark, scope_for
from search.query import Question, loose, parse, strict, wide
from search.similar import alike_among, similar, titles_alike
from search.types import MAX_PAGES, PAGE_SIZE, Ask, Counts, Found, Hit, Page, Query, Scope, Sort, Suggestion
from search.words import tokens

__all__ = ["alike_among", "found_keys", "search", "similar", "suggest", "titles_alike"]

ENOUGH, FEW, SIMILAR_HITS = 10, 5, 10


def search(
    user: object,
    text: str,
    *,
    filters: Mapping[str, Iterable[str]] | None = None,
    sort: Sort = "relevance",
    page: int = 1,
    size: int = PAGE_SIZE,
    exact: bool = False,
) -> Page:
    """Return one page of what a person may see and a text finds; never raises because of the text."""
    began = time.perf_counter()
    answer = Page(parse(text, exact=exact), sort=sort, number=min(max(page, 1), MAX_PAGES), size=size)
    chosen = {name: frozenset(values) for name, values in (filters or {}).items() if values}
    if answer.query:
        scope = scope_for(user)
        rows, answer.backend, answer.degraded = ask(lambda backend: _rows(answer, scope, backend, chosen))
        _show(answer, rows, user, chosen)
    else:
        answer.backend = database_backend().name
    answer.took_ms = (time.perf_counter() - began) * 1000
    return answer


def found_keys(
    user: object, text: str, kind: str, *, filters: Mapping[str, Iterable[str]] | None = None, limit: int = 1000
) -> list[int]:
    """Return the ids of what a text finds among the things of one kind, best first, for lists that ask for the rest themselves."""
    query = parse(text)
    if not query:
        return []
    scope = Scope(kinds=scope_for(user).kinds & {kind})
    chosen = {name: frozenset(values) for name, values in (filters or {}).items() if values}

    def rows(backend: Backend) -> list[Found]:
        (node, better), _counts = _question(query, scope, backend)
        return backend.find(Ask(node, better, chosen, limit=limit), scope)

    return [row.object_id for row in ask(rows)[0]]


class _Rows(NamedTuple):
    """What a backend found for one page."""

    counts: Counts
    found: list[Found]
    similar: list[Found]


def _rows(answer: Page, scope: Scope, backend: Backend, chosen: dict[str, frozenset[str]]) -> _Rows:
    (node, better), counts = _question(answer.query, scope, backend)
    question = Ask(node, better, chosen, answer.sort, (answer.number - 1) * answer.size, answer.size)
    found = backend.find(question, scope) if total_of(counts, chosen) else []
    few = answer.number == 1 and sum(counts.values()) < FEW
    return _Rows(counts, found, _similar_rows(answer.query, scope, backend, chosen, found) if few else [])


def _show(answer: Page, rows: _Rows, user: object, chosen: dict[str, frozenset[str]]) -> None:
    """Fill a page from the objects themselves, as far as this person may see them."""
    answer.total, answer.facets = total_of(rows.counts, chosen), choices(rows.counts, chosen)
    answer.hits, answer.similar_hits = hydrate(rows.found, user), hydrate(rows.similar, user)
    shown = [*answer.hits, *answer.similar_hits]
    mark(shown, wanted(answer.query))
    answer.corrected = corrected(answer.query, shown)


def _question(query: Query, scope: Scope, backend: Backend) -> tuple[Question, Counts]:
    """Return the strict question, or the wider one when it finds too little, and what it finds."""
    question = strict(query)
    counts = backend.counts(question[0], scope)
    if sum(counts.values()) < ENOUGH and (wider := wide(query))[0] != question[0]:
        question, counts = wider, backend.counts(wider[0], scope)
    return question, counts


def _similar_rows(
    query: Query, scope: Scope, backend: Backend, chosen: dict[str, frozenset[str]], found: list[Found]
) -> list[Found]:
    """Return what is found more loosely, step by step until there is something, without what was found already."""
    seen = {(row.kind, row.object_id) for row in found}
    rows: list[Found] = []
    for node, better in loose(query):
        if len(rows) >= FEW:
            break
        for row in backend.find(Ask(node, better, chosen, limit=SIMILAR_HITS + len(found)), scope):
            if (row.kind, row.object_id) not in seen:
                seen.add((row.kind, row.object_id))
                rows.append(row)
    return rows[:SIMILAR_HITS]


def corrected(query: Query, hits: list[Hit]) -> str:
    """Return the question with its corrections, or nothing. A correction is only told when a shown hit has the word."""
    text = query.text
    for term in query.terms:
        for fix in term.fixes:
            written = next((word for hit in hits if (word := surface(f"{hit.title} {hit.doc.body}", fix.word))), "")
            if written:
                text = text.replace(term.raw, written)
                break
    return text if text != query.text else ""


def suggest(user: object, text: str, limit: int = 8) -> list[Suggestion]:
    """Return titles that have these words, the last one perhaps unfinished."""
    words = [token.word for token in tokens(" ".join(text[:200].replace("\x00", " ").split()))][:12]
    if not words or len(words[-1]) < 2:
        return []
    scope = scope_for(user)
    found, _name, _degraded = ask(lambda backend: backend.titles(words, scope, limit))
    return [Suggestion(hit.title, hit.url, hit.kind) for hit in hydrate(found, user)]
