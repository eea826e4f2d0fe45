"""Reading saved searches: their condition, and the anchors by which new texts find them. Anew when the analyser changes."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import combinations, product
from math import prod

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from search.analysis import fingerprint
from search.models import SavedAnchor, SavedSearch, SearchTerm
from search.saved.circles import squares_around
from search.saved.conditions import all_tokens, anchors_of, condition_of

SIGNS = {"district": "d", "category": "t", "status": "s", "campaign": "c", "kind": "k"}
BATCH = 200
MOST_ANCHORS, LONGEST = 60, 100


def rarity_of(tokens: Iterable[str], known: dict[str, int] | None = None) -> dict[str, int]:
    """Return in how many public texts a token may stand: those with a word that has it inside, as compounds have parts.

    One statement that reads the vocabulary once, for all tokens that are not ``known``.
    """
    known = {} if known is None else known
    wanted = sorted(set(tokens) - set(known))
    if wanted:
        begins = {f"n{place}": Q(word__contains=token) for place, token in enumerate(wanted)}
        sums = SearchTerm.objects.aggregate(
            **{name: Sum("documents", filter=like, default=0) for name, like in begins.items()}
        )
        known.update({token: sums[f"n{place}"] for place, token in enumerate(wanted)})
    return known


def read(search: SavedSearch, known: dict[str, int] | None = None) -> frozenset[str]:
    """Put the reading of its words into a search (unsaved) and return its anchors; words before places before facets."""
    search.condition = condition_of(search.text, exact=search.is_exact) if search.text else None
    search.fingerprint = fingerprint()
    if search.condition is not None:
        return anchors_of(search.condition, rarity_of(all_tokens(search.condition), known))
    if search.radius and search.latitude is not None and search.longitude is not None:
        return squares_around(search.latitude, search.longitude, search.radius)
    return facet_anchors(search.filters)


def facet_anchors(filters: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return the anchors of a search without words or a place: its facets together, one anchor for each combination.

    Where that would be very many, the later facets are left out; what is left is judged for all of them all the same.
    """
    chosen: list[list[str]] = []
    for name, sign in SIGNS.items():
        values = [f"{sign}:{value}" for value in filters.get(name, ())]
        if values and prod(map(len, chosen)) * len(values) <= MOST_ANCHORS:
            chosen.append(values)
    return frozenset(map(_together, product(*chosen)))


def facet_tokens(facts: Mapping[str, str]) -> list[str]:
    """Return what such searches may be anchored to for an object with these facts: every choice of them, and none."""
    there = [f"{sign}:{facts[name]}" for name, sign in SIGNS.items() if facts.get(name)]
    return [_together(some) for size in range(len(there) + 1) for some in combinations(there, size)]


def _together(values: Sequence[str]) -> str:
    """Return one token for several values; long names are shortened by their hash."""
    joined = "|".join(values) or "*"
    return joined if len(joined) <= LONGEST else "#" + sha256(joined.encode()).hexdigest()[:40]


def write_anchors(anchors: Mapping[int, frozenset[str]]) -> None:
    """Write down the anchors of some searches in place of the former ones."""
    SavedAnchor.objects.filter(search__in=list(anchors)).delete()
    rows = [SavedAnchor(search_id=pk, token=token) for pk, tokens in anchors.items() for token in sorted(tokens)]
    SavedAnchor.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def outdated() -> QuerySet[SavedSearch]:
    """Return the searches that another analyser has read."""
    mine = fingerprint()
    return SavedSearch.objects.filter(Q(fingerprint__lt=mine) | Q(fingerprint__gt=mine))


def reanalyse(limit: int = 100_000) -> int:
    """Read searches anew that another analyser has read; return how many. Bears being called by two processes at once."""
    done, known = 0, dict[str, int]()
    while done < limit:
        with transaction.atomic():
            some = list(outdated().select_for_update().order_by("pk")[:BATCH])
            _read_some(some, known)
        done += len(some)
        if len(some) < BATCH:
            break
    return done


def _read_some(some: Sequence[SavedSearch], known: dict[str, int]) -> None:
    anchors = {search.pk: read(search, known) for search in some}
    if anchors:
        SavedSearch.objects.bulk_update(some, ["condition", "fingerprint"])
        write_anchors(anchors)
