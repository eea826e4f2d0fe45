"""What can be asked: ``search`` (the page), ``suggest`` (while typing), ``similar`` (drafts and ideas)."""

import time
from collections.abc import Iterable, Mapping

from search.backends import database_backend
from search.backends.base import Backend
from search.facets import choices, total_of
from search.highlight import surface, wanted
from search.hydrate import hydrate, mark, scope_for
from search.query import Question, loose, parse, strict, wide
from search.similar import similar
from search.types import MAX_PAGES, PAGE_SIZE, Ask, Counts, Found, Hit, Page, Query, Scope, Sort, Suggestion
from search.words import tokens

__all__ = ["search", "similar", "suggest"]

ENOUGH, FEW, SIMILAR_HITS = 10, 5, 10


def search(  # noqa: PLR0913 - every condition of the page by its name
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
    query, scope, backend = parse(text, exact=exact), scope_for(user), database_backend()
    chosen = {name: frozenset(values) for name, values in (filters or {}).items() if values}
    answer = Page(query, sort=sort, number=min(max(page, 1), MAX_PAGES), size=size, backend=backend.name)
    if query:
        _answer(answer, user, scope, backend, chosen)
    answer.took_ms = (time.perf_counter() - began) * 1000
    return answer


def _answer(answer: Page, user: object, scope: Scope, backend: Backend, chosen: dict[str, frozenset[str]]) -> None:
    query = answer.query
    (node, better), counts = _question(query, scope, backend)
    answer.total = total_of(counts, chosen)
    answer.facets = choices(counts, chosen)
    ask = Ask(node, better, chosen, answer.sort, (answer.number - 1) * answer.size, answer.size)
    found = backend.find(ask, scope) if answer.total else []
    answer.hits = hydrate(found, user)
    if answer.number == 1 and sum(counts.values()) < FEW:
        answer.similar_hits = hydrate(_similar_rows(query, scope, backend, chosen, found), user)
    shown = [*answer.hits, *answer.similar_hits]
    mark(shown, wanted(query))
    answer.corrected = corrected(query, shown)


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
    return rows[: max(SIMILAR_HITS, PAGE_SIZE - len(found))]


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
    found = database_backend().titles(words, scope_for(user), limit)
    return [Suggestion(hit.title, hit.url, hit.kind) for hit in hydrate(found, user)]
