"""Taking German compounds apart: Fahrradständer → rad + stand, with a reviewed list of base words."""

from functools import lru_cache
from importlib import resources

import snowballstemmer

from search.words import fold

_LINKS = ("", "s", "es", "n", "en", "er", "e", "ns", "ens")
# Proper names are in no list, but their endings are: Beethovenstraße, Kennedybrücke, Lindenallee.
_PLACE_TAILS = ("strass", "platz", "alle", "weg", "bruck", "gass", "schul", "kirch", "brunn", "siedlung", "viertel", "bahnhof", "ufer")
_MIN_NAME, _MIN_PART, _MAX_PARTS = 4, 3, 6
# Parts of separable verbs: ab|ge|senkt, frei|zu|geben. Such "ge" and "zu" are grammar, not meaning.
_PARTICLES = (
    "ab", "an", "auf", "aus", "bei", "durch", "ein", "fest", "fort", "frei", "her", "herab", "heraus", "hin", "hinauf", "hinaus", "hinzu",
    "hoch", "los", "mit", "nach", "nieder", "statt", "teil", "uber", "um", "unter", "vor", "weg", "weiter", "wieder", "zu", "zuruck", "zusammen",
)  # fmt: skip

_stemmer = snowballstemmer.stemmer("german")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a folded word. Never stem a stem: Snowball would cut again."""
    return _stemmer.stemWord(word)


def read_list(name: str) -> list[str]:
    """Return the lines of one of the room's word lists, without comments."""
    text = resources.files("search").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def base_words() -> dict[str, str]:
    """Return the stems of the base words, each with the stem it stands for."""
    known: dict[str, str] = {}
    for entry in " ".join(read_list("de_parts.txt")).split():
        word, _, same = entry.partition("=")
        known.setdefault(stem(fold(word)), stem(fold(same or word)))
    return known


@lru_cache(maxsize=100_000)
def split(stemmed: str) -> tuple[str, ...]:
    """Return the base words that a stemmed word is made of; a single one, or nothing, when it is no compound."""
    known = base_words()
    if stemmed in known:
        return (known[stemmed],)
    parts = _parts(stemmed, _MAX_PARTS)
    return tuple(parts) if parts else _name_and_tail(stemmed)


def _parts(word: str, depth: int) -> list[str] | None:
    """Take the longest known tail off, then the rest in the same way; ``None`` unless all parts are known."""
    known = base_words()
    if depth == 0:
        return None
    for cut in range(_MIN_PART, len(word) - _MIN_PART + 1):
        tail = word[cut:]
        if tail not in known:
            continue
        for head in _unlinked(word[:cut]):
            if head in known:
                return [known[head], known[tail]]
            deeper = _parts(head, depth - 1) if len(head) >= 2 * _MIN_PART else None
            if deeper:
                return [*deeper, known[tail]]
    return None


def _unlinked(head: str) -> list[str]:
    """Return the readings of a first half: as it is, and without a linking element (Schule|n, Kind|er, Amt|s)."""
    readings = [head[: len(head) - len(link)] for link in _LINKS if head.endswith(link)]
    readings += [stem(head)]
    return [reading for reading in dict.fromkeys(readings) if len(reading) >= _MIN_PART]


def _name_and_tail(word: str) -> tuple[str, ...]:
    """Split a street or place ending off an unknown name."""
    for tail in _PLACE_TAILS:
        head = word[: -len(tail)]
        if word.endswith(tail) and len(head) >= _MIN_NAME:
            inner = _parts(_trim(head), _MAX_PARTS) if len(head) >= 2 * _MIN_PART else None
            return (*(inner or (head,)), base_words().get(tail, tail))
    return ()


def _trim(head: str) -> str:
    return next((reading for reading in _unlinked(head) if _parts(reading, _MAX_PARTS)), head)


@lru_cache(maxsize=100_000)
def without_grammar(stemmed: str) -> str:
    """Return a participle or infinitive without its inner ge or zu: abgesenkt → absenk, freizugeben → freigeb."""
    if stemmed in base_words():
        return stemmed
    for particle in _PARTICLES:
        rest = stemmed[len(particle) :]
        if not stemmed.startswith(particle) or len(rest) < 5:
            continue
        if rest.startswith("ge"):
            return particle + (rest[2:-1] if rest.endswith("t") and len(rest) > 5 else rest[2:])
        if rest.startswith("zu"):
            return particle + rest[2:]
    if stemmed.startswith("ge") and stemmed.endswith("t") and stemmed[2:-1] in base_words():
        return stemmed[2:-1]
    return stemmed
