"""Public names: which look alike, which are the town's, and which to suggest. Pure functions, no database."""

import random
import re
import unicodedata

# Signs of other scripts (and digits) that look like Latin letters, after NFKC and casefold.
LOOKALIKES = str.maketrans(
    {
        **dict(zip("авеёіїјкмнорԛѕтухѵԝгһԁьӏ", "abeeiijkmhopqstyxvwrhdbl", strict=True)),
        **dict(zip("αβεηικνορτυχγω", "abeniknoptuxyw", strict=True)),
        **dict(zip("աոսցհօզյ", "wnugho2j", strict=True)),
        **dict(zip("ıɑɡɩɪʀꜱøłđħ", "iagiirsoldh", strict=True)),
        **dict(zip("01|!$@", "olllsa", strict=True)),
    }
)
MARKS_OF_OTHER_SCRIPTS = re.compile("[^\u0308\u030a\u0327]")  # umlaut, ring and cedilla make letters of their own

OFFICES = {
    "admin", "administrator", "administration", "amt", "amtsleitung", "behörde", "bürgermeister", "bürgermeisterin",
    "beigeordneter", "beigeordnete", "datenschutz", "datenschutzbeauftragte", "datenschutzbeauftragter", "dezernat",
    "dezernent", "dezernentin", "dienststelle", "fachamt", "fachbereich", "feuerwehr", "gemeinde", "landrat",
    "landrätin", "mitwirk", "moderation", "moderator", "moderatorin", "oberbürgermeister", "oberbürgermeisterin",
    "offiziell", "official", "ordnungsamt", "polizei", "pressestelle", "rathaus", "redaktion", "redakteur",
    "redakteurin", "root", "stadtkämmerer", "stadtrat", "stadträtin", "stadtverwaltung", "stadtwerke", "support",
    "verwaltung", "webmaster",
}  # fmt: skip
OFFICE_ENDINGS = ("amt", "referat", "dezernat", "verwaltung", "ministerium", "behörde")

SUGGESTIONS = (
    (("Flinker", "Heiterer", "Wacher", "Kluger", "Mutiger", "Stiller", "Munterer"),
     ("Eisvogel", "Fuchs", "Biber", "Otter", "Igel", "Kranich", "Storch", "Ahorn", "Löwenzahn")),
    (("Flinke", "Heitere", "Wache", "Kluge", "Mutige", "Stille", "Muntere"),
     ("Libelle", "Meise", "Eule", "Linde", "Schwalbe", "Forelle", "Mohnblume", "Weide", "Hummel")),
    (("Flinkes", "Heiteres", "Waches", "Kluges", "Mutiges", "Stilles", "Munteres"),
     ("Reh", "Rotkehlchen", "Eichhorn", "Gänseblümchen", "Moos", "Teichhuhn", "Schilfrohr")),
)  # fmt: skip


def skeleton(name: str) -> str:
    """Return what is left of a name when everything is gone that eyes pass over; equal skeletons look alike."""
    plain = unicodedata.normalize("NFKC", name).casefold().translate(LOOKALIKES)
    parts = unicodedata.normalize("NFD", plain)
    kept = (sign for sign in parts if not unicodedata.combining(sign) or not MARKS_OF_OTHER_SCRIPTS.match(sign))
    return "".join(sign for sign in unicodedata.normalize("NFC", "".join(kept)) if sign.isalnum())[:120]


def looks_official(name: str) -> bool:
    """Whether a name could pass for an office of the town: "Stadt …", "Moderation", "Ordnungsamt"."""
    words = [skeleton(word) for word in re.split(r"[\s._/-]+", name)]
    whole = skeleton(name)
    offices = {skeleton(office) for office in OFFICES}
    endings = tuple(skeleton(ending) for ending in OFFICE_ENDINGS)
    return (
        whole in offices
        or words[0] == "stadt"
        or any(word in offices or (word.endswith(endings) and len(word) > 4) for word in words)
    )


def mixes_scripts(name: str) -> bool:
    """Whether one word mixes Latin letters with Cyrillic, Greek or Armenian ones – nobody's name does."""
    for word in name.split():
        scripts = {unicodedata.name(sign, "?").split()[0] for sign in word if sign.isalpha()}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "ARMENIAN"}:
            return True
    return False


def suggestion(number: int = 0) -> str:
    """Return a friendly pseudonym; with ``number`` one that is most likely free."""
    firsts, seconds = random.choice(SUGGESTIONS)  # noqa: S311 - nothing secret in it
    name = f"{random.choice(firsts)} {random.choice(seconds)}"  # noqa: S311
    return f"{name} {number}" if number else name
