"""How a folded German word sounds, by the rules of the Kölner Phonetik (H. J. Postel, 1969): Stadt and Statt are one."""

import re
from functools import lru_cache

_ALWAYS = {
    **dict.fromkeys("aeijouy", "0"), "b": "1", **dict.fromkeys("fvw", "3"), **dict.fromkeys("gkq", "4"),
    "l": "5", **dict.fromkeys("mn", "6"), "r": "7", **dict.fromkeys("sz", "8"),
}  # fmt: skip
_LONG_VOWEL = re.compile(r"(.)\1+")
_HARD_C_FIRST, _HARD_C = frozenset("ahkloqrux"), frozenset("ahkoqux")


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """Return the code of a folded word: digits for its consonants; vowels count at the beginning only."""
    codes = "".join(_code(word, place) for place in range(len(word)))
    once = "".join(code for place, code in enumerate(codes) if not place or code != codes[place - 1])
    return once[:1] + once[1:].replace("0", "")


def vowels(word: str) -> str:
    """Return the vowels of a folded word in order, double and long ones once (Zaan, Zahn; Liene, Line)."""
    return _LONG_VOWEL.sub(
        r"\1", "".join(sign for sign in word if sign in "aeiouy").replace("ie", "i").replace("y", "i")
    )


def _code(word: str, place: int) -> str:
    sign, before, after = word[place], word[place - 1 : place], word[place + 1 : place + 2]
    if sign == "p":
        return "3" if after == "h" else "1"
    if sign in "dt":
        return "8" if after and after in "csz" else "2"
    if sign == "x":
        return "8" if before and before in "ckq" else "48"
    if sign == "c":
        hard = after and after in (_HARD_C if place else _HARD_C_FIRST) and not (before and before in "sz")
        return "4" if hard else "8"
    return _ALWAYS.get(sign, "")
