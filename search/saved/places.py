"""Finding a place by what people call it: where ideas that name it are. No outside service is asked."""

from statistics import median

from django.contrib.auth.models import AnonymousUser

from search.analysis import analyse
from search.queries import found_keys
from search.registry import Place, builders

LOOKED_AT = 60


def find_place(words: str) -> Place | None:
    """Return the place with these words that most public texts name, None when none does."""
    wanted = set(analyse(words)[0].split())
    if not wanted:
        return None
    found: list[Place] = []
    for builder in builders():
        ids = found_keys(AnonymousUser(), words, builder.kind, limit=LOOKED_AT)
        places = (builder.place(obj) for obj in builder.public().filter(pk__in=ids)) if ids else ()
        found += [place for place in places if place and place.words and wanted <= set(analyse(place.words)[0].split())]
    if not found:
        return None
    return Place(words, median(place.latitude for place in found), median(place.longitude for place in found))
