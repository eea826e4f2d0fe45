"""What is new meets the saved searches: a text asks for those anchored to its tokens, and judges them one by one."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from common.events import announce
from search.models import SavedReader, SavedSearch, SearchDocument
from search.registry import Place, builder_for, is_kind
from search.saved import lookup
from search.saved.analysing import SIGNS, facet_tokens, outdated, reanalyse
from search.saved.circles import is_within, squares_at
from search.saved.conditions import Text, fits
from search.saved.lookup import Candidate

# What was published longer ago is not new, whatever made it visible (a campaign that comes back, an import).
NEW_FOR = timedelta(days=30)
BATCH = 500


@dataclass(frozen=True)
class Item:
    """Something new: its row of the index, where it is, who wrote it."""

    row: SearchDocument
    place: Place | None
    authors: frozenset[int]
    readers: frozenset[int]

    def tokens(self, text: Text) -> list[str]:
        """Return everything a search that fits may be anchored to."""
        facts = facet_tokens({name: getattr(self.row, name) for name in SIGNS})
        return [*text.tokens, *facts, *(squares_at(self.place) if self.place else ())]


def match(kind: str, ids: Iterable[int]) -> int:
    """Keep for every saved search what of these objects is new and fits; return how many hits. Bears being repeated."""
    if not SavedSearch.objects.filter(state=SavedSearch.State.ACTIVE).exists():
        return 0
    if outdated().exists():
        reanalyse()
    found = sum(match_item(item) for item in new_items(kind, sorted(set(ids))))
    if found:
        with transaction.atomic():
            announce("saved_hits_found")
    return found


def new_items(kind: str, ids: Sequence[int]) -> Iterator[Item]:
    """Yield what of these objects is public and new."""
    if not is_kind(kind):
        return
    builder = builder_for(kind)
    for start in range(0, len(ids), BATCH):
        rows = SearchDocument.objects.filter(kind=kind, object_id__in=ids[start : start + BATCH], visible=True)
        fresh = [row for row in rows if not row.published_at or row.published_at > timezone.now() - NEW_FOR]
        objects: dict[int, Model] = {
            obj.pk: obj for obj in builder.public().filter(pk__in=[r.object_id for r in fresh])
        }
        for row in fresh:
            if obj := objects.get(row.object_id):
                authors = frozenset(builder.authors(obj))
                yield Item(row, builder.place(obj), authors, readers_of(authors))


def readers_of(authors: frozenset[int]) -> frozenset[int]:
    """Return the readers without an account whose address is an author's: they wrote it themselves."""
    if not authors:
        return frozenset()
    addresses = User.objects.filter(pk__in=authors).values_list("email", flat=True)
    return frozenset(SavedReader.objects.filter(address__in=list(addresses)).values_list("pk", flat=True))


def match_item(item: Item) -> int:
    """Keep an object for all searches it fits, once each; return for how many it is new."""
    text, judge = Text.of(item.row), Judge(item)
    found = lookup.candidates(item.tokens(text), item.row.published_at)
    return lookup.keep(item.row.kind, item.row.object_id, sorted({one.pk for one in found if judge.suits(one, text)}))


class Judge:
    """Says whether an object is what a search waits for; the same words and facets of many searches are judged once."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.facets: dict[str, bool] = {}
        self.words: dict[str, bool] = {}

    def suits(self, one: Candidate, text: Text) -> bool:
        """Tell it for one search; the cheapest questions first."""
        if one.person_id in self.item.authors or one.reader_id in self.item.readers:
            return False
        if (known := self.facets.get(one.filters)) is None:
            known = self.facets[one.filters] = self.has_facets(json.loads(one.filters))
        return known and self.is_near(one) and (one.condition is None or self.has_words(one.condition, text))

    def has_facets(self, filters: dict[str, list[str]]) -> bool:
        """Tell whether the object has one of the chosen values of each facet."""
        return all(not values or getattr(self.item.row, name, None) in values for name, values in filters.items())

    def is_near(self, one: Candidate) -> bool:
        """Tell whether the object lies in the circle, if there is one."""
        if one.radius is None or one.latitude is None or one.longitude is None:
            return True
        return self.item.place is not None and is_within(self.item.place, one.latitude, one.longitude, one.radius)

    def has_words(self, condition: str, text: Text) -> bool:
        """Tell whether the text has the words."""
        if (known := self.words.get(condition)) is None:
            asked = json.loads(condition)
            known = self.words[condition] = asked is None or fits(text, asked)
        return known
