"""What a change of synonyms would do, before it is saved: which questions would find more, less, or in another order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from search.compounds import read_list
from search.editors.poor import by_week
from search.models import SynonymGroup
from search.queries import search
from search.query import parse
from search.synonyms import entries, on_trial, ways_of
from search.types import Page

_SHOWN, _MOST = 20, 40
Groups = list[tuple[str, str]]


@dataclass(frozen=True)
class Change:
    """A question that would be answered differently."""

    question: str
    before: int
    after: int
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def moved(self) -> bool:
        """Whether only the order would change."""
        return not self.added and not self.removed


def groups_with(group: tuple[str, str] | None, pk: int | None) -> Groups:
    """Return all groups as they would be with this one saved (or, with ``None``, deleted)."""
    kept = list(SynonymGroup.objects.exclude(pk=pk or 0).values_list("words", "found"))
    return [*kept, group] if group else kept


def changes(before: Groups, after: Groups, own: Sequence[str]) -> tuple[list[Change], int]:
    """Return the questions that would change, and how many were asked: the group's own words, recent ones, typical ones."""
    old, new = ways_of(before), ways_of(after)
    differ = {term for term in {*old, *new} if set(old.get(term, ())) != set(new.get(term, ()))}
    found, asked = [], 0
    for question in _questions(own):
        asked += 1
        if not any(
            term.term in differ or any(fix.term in differ for fix in term.fixes) for term in parse(question).terms
        ):
            continue
        change = _change(question, before, after)
        if change:
            found.append(change)
    return found, asked


def _questions(own: Iterable[str]) -> list[str]:
    recent = [row.words for _week, rows in by_week()[:4] for row in rows[:_MOST]]
    typical = [line for line in read_list("de_questions.txt") if line.strip()]
    return list({question.casefold(): question for question in reversed([*own, *recent, *typical])}.values())[::-1]


def _change(question: str, before: Groups, after: Groups) -> Change | None:
    with on_trial(before):
        old = search(AnonymousUser(), question, size=_SHOWN)
    with on_trial(after):
        new = search(AnonymousUser(), question, size=_SHOWN)
    first, then = _titles(old), _titles(new)
    if list(first) == list(then) and old.total == new.total:
        return None
    added = tuple(title for key, title in then.items() if key not in first)
    removed = tuple(title for key, title in first.items() if key not in then)
    return Change(question, old.total, new.total, added, removed)


def _titles(page: Page) -> dict[str, str]:
    return {hit.key: hit.title for hit in [*page.hits, *page.similar_hits]}


def own_questions(words: str, found: str) -> list[str]:
    """Return the entries of a group, each a question of its own."""
    return [*entries(words), *entries(found)]
