"""Where in a file something was found: the page and the sentence, for hits whose own text does not have all the words."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q
from django.utils.safestring import SafeString

from search.analysis import analyse
from search.highlight import Wanted, excerpt
from search.models import SearchFile, SearchFilePage
from search.types import Hit, Query, Term


class InFile(NamedTuple):
    """A piece of a file that has words of a question."""

    name: str
    url: str
    page: int
    html: SafeString


def mark_files(hits: Iterable[Hit], query: Query, want: Wanted) -> None:
    """Say of hits that carry files where in them the words stand that their own texts lack."""
    missing = {hit.key: _missing(hit, query) for hit in hits if hit.doc.files}
    wanted = {key: tokens for key, tokens in missing.items() if tokens}
    if not wanted:
        return
    condition = Q()
    for token in sorted({token for tokens in wanted.values() for token in tokens})[:40]:
        condition |= Q(terms__contains=f" {token} ")
    pages = SearchFilePage.objects.filter(condition, file__key__in=wanted, file__state=SearchFile.State.READ)
    rows = list(pages.order_by("pk").values_list("pk", "file__key", "file__source", "number", "terms")[:2_000])
    for hit in hits:
        if hit.key in wanted:
            _mark(hit, [row for row in rows if row[1] == hit.key], wanted[hit.key], want)


def _mark(hit: Hit, rows: list[tuple], tokens: set[str], want: Wanted) -> None:
    files = {file.source: file for file in hit.doc.files}
    fitting = [(len(tokens & set(row[4].split())), row) for row in rows if row[2] in files]
    if not fitting:
        return
    _number, (pk, _key, source, page, _terms) = max(fitting, key=lambda pair: pair[0])
    text = SearchFilePage.objects.filter(pk=pk).values_list("text", flat=True).first() or ""
    hit.in_file = InFile(files[source].name, files[source].url, page, excerpt(" ".join(text.split()), want))


def _missing(hit: Hit, query: Query) -> set[str]:
    """Return the tokens of those words of a question that the hit's own text does not have."""
    own = {token for text in (hit.title, hit.doc.body) for column in analyse(text) for token in column.split()}
    return {token for term in query.terms if not _has(own, term) for token in _tokens(term)}


def _has(own: set[str], term: Term) -> bool:
    variants = (term, *term.fixes)
    return any(one.term in own or (bool(one.parts) and own.issuperset(one.parts)) for one in variants)


def _tokens(term: Term) -> set[str]:
    return {token for one in (term, *term.fixes) for token in (one.term, *one.parts)}
