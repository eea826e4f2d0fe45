"""Ideas of a list that words find."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from ideas.queries.scope import Scope
from search.queries import found_keys

MOST = 1000
MOST_WORDS = 8


def found_by_words(words: str, scope: Scope) -> list[int]:
    """Return the ideas that the search finds for everybody, the best first, at most a thousand.

    A closed campaign is not in the index; its few ideas are looked through for the words themselves.
    """
    if scope.campaign is None or scope.campaign.is_public:
        campaigns = {"campaign": [campaign.slug for campaign in scope.campaigns]} if scope.campaign else {}
        return found_keys(AnonymousUser(), words, "idea", filters=campaigns, limit=MOST)
    fits = Q()
    for word in words.split()[:MOST_WORDS]:
        fits &= Q(title__icontains=word) | Q(approved_version__text__icontains=word)
    return list(scope.ideas().filter(fits).order_by("-pk").values_list("pk", flat=True)[:MOST])
