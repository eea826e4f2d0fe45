"""Reasons without people: what a moderator wrote to one person, shortened so that everybody may read it.

Names of accounts, mail and web addresses, numbers by which somebody can be found, addresses of houses and quoted words are
taken out. A name that no account has and no title stands before is not known to us: moderators are asked not to write any.
"""

import re
from collections.abc import Iterable

from accounts.models import User

GAP = "[…]"
LONGEST = 160
FOUND = re.compile(
    r"""
      [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                   # mail addresses
    | (?:https?://|www\.)\S+                                         # web addresses
    | @\w[\w.-]*                                                     # names as people speak to each other
    | „[^“”"]*[“”"] | “[^”]*” | "[^"]*" | »[^«]*« | «[^»]*» | ‚[^‘]*‘  # words of the contribution
    | \b(?:Herrn?|Frau|Familie|Dr\.|Prof\.|Dres\.)(?:\s+(?:Dr\.|Prof\.|von|van|zu|de))*(?:\s+[A-ZÄÖÜ][\w'-]+){1,3}
    | \b[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|weg|platz|gasse|allee|ring|ufer)\s+\d+(?:\s?[a-z])?\b
    | \+?\d[\d\s/().-]{3,}\d                                         # telephone numbers, dates, post codes
    """,
    re.VERBOSE,
)
WORD = re.compile(r"\w[\w'’-]*")
GAPS = re.compile(rf"(?:{re.escape(GAP)}[\s,]*)+{re.escape(GAP)}")


def anonymous(reasons: dict[int, tuple[str, str]]) -> dict[int, str]:
    """Return reasons, given as number → (words, name of the author), without people and shortened; one statement for all."""
    known = names_in(words for words, _author in reasons.values())
    return {number: shortened(without(words, [author, *known])) for number, (words, author) in reasons.items()}


def names_in(texts: Iterable[str]) -> list[str]:
    """Return the names of accounts that occur in texts."""
    runs: set[str] = set()
    for text in texts:
        words = WORD.findall(text)
        runs |= {" ".join(words[start : start + size]) for start in range(len(words)) for size in (1, 2, 3)}
    some = sorted(run for run in runs if len(run) > 2 and not run.isdigit())
    found: list[str] = []
    for start in range(0, len(some), 5000):
        rows = User.objects.filter(display_name__in=some[start : start + 5000])
        found += rows.values_list("display_name", flat=True)
    return found


def without(text: str, names: Iterable[str]) -> str:
    """Take names and whatever leads to a person out of a text."""
    text = FOUND.sub(GAP, " ".join(text.split()))
    parts = {part for name in names for part in parts_of(name)}
    for part in sorted(parts, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(part)}(?:s|'|’)?(?!\w)", GAP, text, flags=re.IGNORECASE)
    return GAPS.sub(GAP, text)


def parts_of(name: str) -> list[str]:
    """Return a name and its words, as people are called by one of them."""
    return [part for part in (name, *name.split()) if len(part) > 2]


def shortened(text: str) -> str:
    """Return the beginning of a text, up to the end of a word."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"
