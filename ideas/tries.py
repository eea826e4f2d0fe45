"""Counting wrong codes, so that nobody guesses."""

import contextlib

from django.core.cache import cache

MOST, SECONDS = 10, 3600


def is_barred(person_id: int) -> bool:
    """Tell whether the person has typed too many wrong codes within the hour."""
    return int(cache.get(_key(person_id), 0)) >= MOST


def count_wrong(person_id: int) -> None:
    """Count one more wrong code."""
    if not cache.add(_key(person_id), 1, SECONDS):
        with contextlib.suppress(ValueError):  # it ran out between the two calls
            cache.incr(_key(person_id))


def _key(person_id: int) -> str:
    return f"receipt-tries:{person_id}"
