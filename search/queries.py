"""What can be asked: ``search`` (the page), ``suggest`` (while typing), ``similar`` (drafts and ideas)."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language

from search.attachments.showing import mark_files
from search.backends import ask, database_backend
from search.backends.base import Backend
from search.completing import titles, typed_words
from search.editors.recommending import recommended
from search.facets import Tally, choices, counted, tally
from search.highlight import surface, wanted
from search.hydrate import hydrate, mark, scope_for
from search.query import Question, last_resort, loose, parse, strict, wide
from search.ranking import WINDOW, ranked
from search.registry import builders
from search.similar import alike_among, similar, titles_alike
from search.types import MAX_PAGES, PAGE_SIZE, Ask, Counts, Found, Hit, Page, Query, Scope, Sort, Suggestion

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
        (node, better), _counts = question_for(query, scope, backend)
        return backend.find(Ask(node, better, chosen, limit=limit), scope)

    return [row.object_id for row in ask(rows)[0]]


class _Rows(NamedTuple):
    """What a backend found for one page."""

    tally: Tally
    found: list[Found]
    similar: list[Found]


def _rows(answer: Page, scope: Scope, backend: Backend, chosen: dict[str, frozenset[str]]) -> _Rows:
    (node, better), counts = question_for(answer.query, scope, backend)
    question = Ask(node, better, chosen, answer.sort, (answer.number - 1) * answer.size, answer.size)
    sums = tally(backend, node, scope, chosen, counts)
    found = _best(answer.query, question, scope, backend) if sums.total else []
    few = answer.number == 1 and sum(counts.values()) < FEW
    return _Rows(sums, found, _similar_rows(answer.query, scope, backend, chosen, found) if few else [])


def _best(query: Query, asked: Ask, scope: Scope, backend: Backend) -> list[Found]:
    """Return the rows of a page; the first hundred are in an order that is the same on every engine."""
    if asked.sort != "relevance" or asked.offset >= WINDOW:
        return backend.find(asked, scope)
    end = asked.offset + asked.limit
    window = replace(asked, offset=0, limit=max(WINDOW, end))
    return own_language_first(ranked(backend.find(window, scope), query, asked.better))[asked.offset : end]


def own_language_first(rows: list[Found]) -> list[Found]:
    """Put first what is written in the language the person reads, where that is not the one of the town."""
    spoken = get_language()
    if spoken == settings.LANGUAGE_CODE:
        return rows
    own = {builder.kind for builder in builders() if builder.language == spoken}
    return sorted(rows, key=lambda row: row.kind not in own)


def _show(answer: Page, rows: _Rows, user: object, chosen: dict[str, frozenset[str]]) -> None:
    """Fill a page from the objects themselves, as far as this person may see them."""
    answer.total, answer.is_exact = rows.tally.total, rows.tally.is_exact
    answer.facets = choices(rows.tally, chosen)
    answer.without = {facet: count for facet, count in rows.tally.without.items() if facet in chosen}
    answer.hits, answer.similar_hits = hydrate(rows.found, user), hydrate(rows.similar, user)
    shown = [*answer.hits, *answer.similar_hits]
    want = wanted(answer.query)
    if answer.number == 1 and not chosen and answer.sort == "relevance":
        _recommend(answer, user)
        shown = [*answer.recommended, *answer.hits, *answer.similar_hits]
    mark(shown, want, {choice.value: choice.label for choice in answer.facets["district"]})
    mark_files(shown, answer.query, want)
    answer.corrected = corrected(answer.query, shown)


def _recommend(answer: Page, user: object) -> None:
    """Put what editors recommend for these words first, and show it only once."""
    answer.recommended = recommended(user, answer.query)
    keys = {hit.key for hit in answer.recommended}
    if keys:
        answer.hits = [hit for hit in answer.hits if hit.key not in keys]
        answer.similar_hits = [hit for hit in answer.similar_hits if hit.key not in keys]


def question_for(query: Query, scope: Scope, backend: Backend) -> tuple[Question, Counts]:
    """Return the strict question, or the wider one when it finds too little, and what it finds."""
    question = strict(query)
    counts = counted(backend, question[0], scope)
    if sum(counts.values()) < ENOUGH and (wider := wide(query))[0] != question[0]:
        question, counts = wider, counted(backend, wider[0], scope)
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
        for row in _best(query, Ask(node, better, chosen, limit=SIMILAR_HITS + len(found)), scope, backend):
            if (row.kind, row.object_id) not in seen:
                seen.add((row.kind, row.object_id))
                rows.append(row)
    for node, better in () if found or rows else last_resort(query):
        rows = rows or _best(query, Ask(node, better, chosen, limit=SIMILAR_HITS), scope, backend)
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
    words = typed_words(text)
    return titles(user, words, limit) if words else []
