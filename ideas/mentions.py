"""Where a text speaks to somebody: ``@Name``, by whole names, the longest first. Pure functions, no database.

No two people have names that look alike (``accounts.names.skeleton``), so a name means one person.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from accounts.names import skeleton

# More names in one comment are not told: that would be a circular.
MOST = 10
# What can stand before a name without being part of a mail address or of another name.
BEFORE = r"(?<![\w@./+-])@"
FIRST_WORD = re.compile(BEFORE + r"\W{0,2}(\w{1,60})")


def beginnings(text: str) -> list[str]:
    """Return how the names in a text begin, as keys that can be looked up; each once, at most twice as many as are told."""
    if "@" not in text:
        return []
    found = (skeleton(match[1]) for match in FIRST_WORD.finditer(text))
    return list(dict.fromkeys(key for key in found if key))[: 2 * MOST]


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Return which of ``names`` a text speaks to, in its order, each once, at most ``MOST``."""
    known = {same(name): name for name in names}
    if not known or "@" not in text:
        return []
    found = (known[same(match[1])] for match in pattern(tuple(sorted(known.values()))).finditer(text))
    return list(dict.fromkeys(found))[:MOST]


# The names of one comment are looked for again at every reading of its page.
@lru_cache(maxsize=500)
def pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds ``@`` with one of the names; a longer name is never taken for a shorter one within it."""
    longest = sorted(names, key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest)
    return re.compile(f"{BEFORE}({words})(?![\\w@]|-\\w)", re.IGNORECASE)


def same(name: str) -> str:
    """Return a name without differences of case and space."""
    return " ".join(name.lower().split())
