"""Taking German compounds apart: Fahrradständer → rad + stand, with a reviewed list of base words."""

import re
from functools import lru_cache
from importlib import resources

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.sounds import sound
from search.words import fold

_LINKS = ("", "s", "es", "n", "en", "er", "e", "ns", "ens")
# Proper names are in no list, but their endings are: Beethovenstraße, Kennedybrücke, Lindenallee.
_PLACE_TAILS = (
    "strass", "platz", "alle", "weg", "bruck", "gass", "schul", "kirch", "brunn", "siedlung", "viertel", "bahnhof", "ufer", "park",
)  # fmt: skip
_ENDINGS = ("", "e", "n", "s", "en", "er", "es", "ern", "ung", "ungen")
_MIN_NAME, _MIN_PART, _MAX_PARTS = 4, 3, 6
# Prefixes of verbs: ab|ge|senkt, frei|zu|geben. Such "ge" and "zu" are grammar, not meaning.
_SEPARABLE = (
    "ab", "an", "auf", "aus", "bei", "durch", "ein", "fest", "fort", "frei", "her", "herab", "heraus", "hin", "hinauf", "hinaus", "hinzu",
    "hoch", "los", "mit", "nach", "nieder", "ruck", "statt", "teil", "um", "vor", "weg", "weiter", "wieder", "zuruck", "zusammen", "zu",
)  # fmt: skip
# Inside compounds only those that are hardly ever words of their own (Schul|weg|sicherung is no Weg-Sicherung).
_INNER = ("ab", "auf", "aus", "durch", "ein", "nach", "um", "vor", "zu")
_FIXED = ("uber", "unter", "be", "ent", "un", "ver", "zer")

# Snowball parts what belongs together: Sanierung "sanier", sanieren "sani", saniert "saniert"; Erweiterung, erweitern.
_VERBAL = re.compile(r"(?:(?:ge(?!nehmig))?(.{3,}(?:ig|ier))|((?:be|ver|ent|zer|er).{2,}er))(?:ung(?:en)?|te?[mnrs]?)")
_PARTICIPLE = re.compile(r"((?:be|ver|ent|zer|er).{3,}?)(?:(?<=[td])et)?")
_BARE_T = re.compile(r"(?<=.[^aeiout])t$")

_stemmer = snowballstemmer.stemmer("german")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a folded word. Never stem a stem: Snowball would cut again.

    Nouns and participles of verbs in -igen, -ieren and -ern are stemmed as their verb.
    """
    match = _VERBAL.fullmatch(word)
    return _stemmer.stemWord(f"{match[1] or match[2]}{'n' if match[2] else 'en'}" if match else word)


def read_list(name: str) -> list[str]:
    """Return the lines of one of the room's word lists, without comments."""
    text = resources.files("search").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def base_words() -> dict[str, str]:
    """Return the stems of the base words, each with the stem it stands for.

    Snowball takes -ung off long words only: Ordnung keeps it, Hausordnung does not. So what is left of it is known too,
    and where the verb is listed (schalten, Schaltung) both are the verb.
    """
    entries = [entry.partition("=") for entry in " ".join(read_list("de_parts.txt")).split()]
    listed = {fold(word) for word, _, _ in entries}
    known: dict[str, str] = {}
    bare: dict[str, str] = {}
    for word, _, same in entries:
        meant = stem(fold(same or word))
        if meant.endswith("ung"):
            meant = stem(f"{meant[:-3]}en") if f"{meant[:-3]}en" in listed else meant
            bare.setdefault(stem(fold(word)).removesuffix("ung"), meant)
        known.setdefault(stem(fold(word)), strong_forms().get(meant, meant))
    return bare | known


@lru_cache(maxsize=100_000)
def split(stemmed: str) -> tuple[str, ...]:
    """Return the base words that a stemmed word is made of; a single one, or nothing, when it is no compound."""
    known = base_words()
    if stemmed in known:
        return (known[stemmed],)
    parts = _parts(stemmed, _MAX_PARTS)
    return tuple(parts) if parts else _name_and_tail(stemmed)


def split_form(word: str) -> tuple[str, ...]:
    """Return the base words of a compound of which the stemmer took too much: Straßenbahnschienen became …schi."""
    for ending in _ENDINGS:
        if word.endswith(ending) and (parts := _parts(word[: len(word) - len(ending)], _MAX_PARTS)):
            return tuple(parts)
    return ()


@lru_cache(maxsize=50_000)
def is_known(word: str) -> bool:
    """Tell whether a folded word is German as far as our lists go: a base word, a form of it, or made of them."""
    stemmed, verb = base_form(stem(word))
    known, strong = base_words(), strong_forms()
    if verb or stemmed in known or stemmed in strong.values() or _parts(stemmed, _MAX_PARTS):
        return True
    return bool(split_form(word))


def name_length(word: str) -> int:
    """Return how many letters are left of a folded word without its place ending: Kennedybrücke is as long as Kennedy."""
    stemmed = stem(word)
    tails = [tail for tail in _PLACE_TAILS if stemmed.endswith(tail)]
    return len(stemmed) - max(map(len, tails)) if tails else len(word)


@lru_cache(maxsize=10_000)
def mended(word: str) -> list[str]:
    """Return an unknown word put right by our lists, whole or in one part: Bibliotek, Fahrad|ständer, Schul|wegk."""
    stemmed, known = stem(word), base_words()
    if slip := _slip(stemmed):
        return [slip]
    for cut in range(len(stemmed) - _MIN_PART, _MIN_PART - 1, -1):
        head, tail = stemmed[:cut], stemmed[cut:]
        if tail in known and (slip := _slip(head)):
            return [slip + tail]
        if any(reading in known or _parts(reading, 3) for reading in _unlinked(head)) and (slip := _slip(tail)):
            return [head + slip]
    return []


def _slip(part: str) -> str:
    """Return the base word that sounds like an unknown part and is one letter away, or nothing."""
    if len(part) < _MIN_NAME:
        return ""
    near = process.extract(part, list(base_words()), scorer=OSA.distance, score_cutoff=1, limit=10)
    return next((other for other, distance, _index in near if distance and sound(other) == sound(part)), "")


def _parts(word: str, depth: int) -> list[str] | None:
    """Take the longest known tail off, then the rest in the same way; ``None`` unless all parts are known."""
    known = base_words()
    if depth == 0:
        return None
    for cut in range(_MIN_PART, len(word) - _MIN_PART + 1):
        tail = word[cut:]
        meant = known.get(tail) or _separable(tail)
        for head in _unlinked(word[:cut]) if meant else ():
            first = known.get(head) or _separable(head)
            before = [first] if first else _parts(head, depth - 1)
            if before:
                return [*before, meant]
    return None


@lru_cache(maxsize=50_000)
def _separable(word: str) -> str:
    """Return the word when it is a known verb with a separable prefix (abstell, absenk), else nothing."""
    for particle in _INNER:
        if word.startswith(particle) and (verb := _verb(word[len(particle) :])):
            return particle + verb
    return ""


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
            return stem(head), base_words().get(tail, tail)
    return ()


@lru_cache(maxsize=1)
def strong_forms() -> dict[str, str]:
    """Return the stems of strong verb forms, each with the infinitive's: geschnitt → schneid."""
    forms: dict[str, str] = {}
    for line in read_list("de_verbs.txt"):
        infinitive, _, listed = line.partition(":")
        for form in listed.split():
            forms.setdefault(stem(fold(form)), stem(fold(infinitive)))
    return forms


@lru_cache(maxsize=100_000)
def base_form(stemmed: str) -> tuple[str, str]:
    """Return a stem without grammar, and the verb inside it: zurückgeschnitten → (zuruckschneid, schneid).

    Takes away the ge and zu inside separable verbs, the ge and t of participles, and undoes strong forms. The verb is
    empty where there is no prefix, or no verb that we know.
    """
    known, strong = base_words(), strong_forms()
    if stemmed in known or stemmed in strong:
        return strong.get(stemmed, stemmed), ""
    for particle in (*_SEPARABLE, *_FIXED):
        if stemmed.startswith(particle):
            rest = stemmed[len(particle) :]
            if verb := _verb(rest):
                return particle + verb, verb
            if rest.startswith("ge") and len(rest) > _MIN_NAME + 2 and particle not in _FIXED:
                return particle + rest[2:].removesuffix("t"), ""
    return _verb(stemmed) or _infinitive(stemmed), ""


def _infinitive(stemmed: str) -> str:
    """Return a participle's stem as the infinitive has it, where its prefix tells: verschmutzt, belastet."""
    match = _PARTICIPLE.fullmatch(stemmed)
    return _BARE_T.sub("", match[1]) if match else stemmed


def _verb(word: str) -> str:
    """Return the known verb that a form belongs to, or nothing."""
    known, strong = base_words(), strong_forms()
    inner = word[2:] if word.startswith(("ge", "zu")) else ""
    for form in (word, inner, inner.removesuffix("t"), word.removesuffix("end"), word.removesuffix("t")):
        if len(form) >= _MIN_PART and (form in strong or form in known):
            return strong.get(form, form)
    return ""
