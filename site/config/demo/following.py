"""Two searches that Hanna keeps, with what has appeared for them in the last weeks."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from search.models import SavedHit, SavedSearch, SearchDocument
from search.saved import keeping, matching
from search.saved.keeping import Wish

WEEKS, LOOKED = timedelta(days=28), timedelta(days=9)
WISHES = (
    Wish("Bänke zum Ausruhen", "Bank", rhythm="daily"),
    Wish(
        "Neues aus Nordfeld", filters={"district": ("nordfeld",), "kind": ("idea", "answer", "news")}, rhythm="weekly"
    ),
)


def keep_searches() -> None:
    """Keep them as if four weeks ago, once, and find what was published since."""
    person = User.objects.filter(email="buergerin@demo.example").first()
    if person is None or SavedSearch.objects.filter(person=person).exists():
        return
    now = timezone.now()
    for wish in WISHES:
        keeping.save(person=person, wish=wish)
    SavedSearch.objects.filter(person=person).update(since=now - WEEKS, created_at=now - WEEKS, seen_at=now - LOOKED)
    new = SearchDocument.objects.filter(visible=True, published_at__gt=now - WEEKS)
    published = {(row.kind, row.object_id): row.published_at for row in new}
    for kind in sorted({kind for kind, _pk in published}):
        matching.match(kind, [pk for its, pk in published if its == kind])
    for hit in SavedHit.objects.filter(search__person=person):
        SavedHit.objects.filter(pk=hit.pk).update(found_at=published[hit.kind, hit.object_id], mail_due=False)
