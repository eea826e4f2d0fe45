"""The fair order: every idea has a stretch on a circle, every visitor begins somewhere else on it.

How often an idea comes first grows with the length of its stretch. Each night the places are dealt anew, and who was
seen less than others gets a longer stretch. Where somebody begins follows from the day and from what every request
says anyway (address, browser) with a key of ours; nothing of it is kept.
"""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.crypto import salted_hmac

RING = 2**31 - 1
# Nobody gets a stretch more than four times as long as that of an idea seen as often as the others, or four times as short.
MOST = 4.0
# So many looks more or less are chance.
DOUBT = 4.0
# How much the first places of a page are looked at more than the last: at place p, 1 / (1 + p / HALF).
HALF = 8.0
Place = tuple[int, int]
"""Rank and key of an idea."""


def start_for(address: str, agent: str, at: datetime | None = None) -> int:
    """Return where the list begins for a visitor on that day; nobody can tell the visitor from it."""
    return _start("visitor", address, agent, at=at)


def day_start(at: datetime | None = None) -> int:
    """Return where the list begins on that day for everybody, where the visitor is not known."""
    return _start("everybody", at=at)


def _start(*words: str, at: datetime | None) -> int:
    said = "\x00".join((timezone.localdate(at).isoformat(), *words))
    return int.from_bytes(salted_hmac("ideas.fair", said, algorithm="sha256").digest()[:4], "big") % RING


def onwards(places: Sequence[Place], start: int, after: Place | None = None) -> list[Place]:
    """Return sorted places once around the circle from ``start`` on, or what of that comes after one of them."""
    begin = bisect_left(places, (start, -1))
    if after is None:
        return [*places[begin:], *places[:begin]]
    here = bisect_right(places, after)
    return [*places[here:], *places[:begin]] if after[0] >= start else list(places[here:begin])


def deal(seen: Mapping[int, int], chance: random.Random, first: int = 0, length: int = RING) -> dict[int, int]:
    """Return new ranks for ideas on a part of the circle: mixed, with a longer stretch for those that were seen less."""
    if not seen:
        return {}
    mean, keys = sum(seen.values()) / len(seen), sorted(seen)
    chance.shuffle(keys)
    needs = [min(MOST, max(1 / MOST, (mean + DOUBT) / (seen[key] + DOUBT))) for key in keys]
    share, end, ranks = length / sum(needs), float(first), {}
    for key, need in zip(keys, needs, strict=True):
        # The stretch of an idea ends at its place: whoever begins on it meets this idea first.
        end += need * share
        ranks[key] = min(int(end), first + length - 1)
    return ranks


def looked_at(shown: Sequence[int], chance: random.Random, number: int) -> list[int]:
    """Return a few of the ideas of a page as a sample of what is looked at: the first ones more often."""
    if not shown:
        return []
    return chance.choices(shown, [1 / (1 + place / HALF) for place in range(len(shown))], k=number)
