"""Nearly the same text: every three words in a row become a keyed number, the smallest of them stand for the text.

Two texts that share most of their shingles share most of these numbers, whatever was moved or added; what shares enough is
then compared as a whole. The numbers are keyed, so that no text can be guessed from them.
"""

import hashlib
import re

from django.conf import settings

from moderation.assistance.words import fold

KEPT, LEAST_SHARED = 10, 3
SHINGLE = 3
# „Das finde ich auch gut" is said by many; only longer texts are compared.
LEAST_WORDS = 8
NEARLY = 0.6
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 2_000


def shingles(text: str) -> set[str]:
    """Return all three words in a row; empty for short texts."""
    words = [fold(match) for match in _WORD.findall(text)[:_MOST_WORDS]]
    if len(words) < LEAST_WORDS:
        return set()
    return {" ".join(words[place : place + SHINGLE]) for place in range(len(words) - SHINGLE + 1)}


def number(words: str, purpose: str) -> int:
    """Return the keyed number of some words, as the databases keep it (64 bits with a sign)."""
    key = settings.SECRET_KEY.encode()[:64]
    digest = hashlib.blake2b(f"{purpose}:{words}".encode(), digest_size=8, key=key).digest()
    return int.from_bytes(digest, "big", signed=True)


def prints_of(found: set[str]) -> list[int]:
    """Return the numbers that stand for a text, from its shingles."""
    return sorted(number(shingle, "print") for shingle in found)[:KEPT]


def likeness(one: set[str], other: set[str]) -> float:
    """Return the share of shingles that two texts have in common, of the shorter one, between 0 and 1."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
