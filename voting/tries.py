"""Counting wrong codes by network address, so that nobody guesses and no log fills; addresses are kept as keyed hashes, an hour."""

import contextlib

from django.core.cache import cache
from django.utils.crypto import salted_hmac

# A class of thirty shares an address, and every fourth pupil may mistype twice.
MOST, SECONDS = 20, 3600


def is_barred(address: str) -> bool:
    """Tell whether too many wrong codes came from this address within the hour."""
    return int(cache.get(_key(address), 0)) >= MOST


def count_wrong(address: str) -> None:
    """Count one more wrong code."""
    if not cache.add(_key(address), 1, SECONDS):
        with contextlib.suppress(ValueError):  # it ran out between the two calls
            cache.incr(_key(address))


def _key(address: str) -> str:
    return f"code-tries:{salted_hmac('voting.tries', address).hexdigest()[:24]}"
