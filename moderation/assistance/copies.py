"""Finding the contribution that says nearly the same, among all that were ever looked at."""

from django.db.models import Count

from moderation.assistance.prints import LEAST_SHARED, NEARLY, likeness, prints_of, shingles
from moderation.models import Case, TextPrint

CANDIDATES = 5


def nearest(text: str, kind: str, object_id: int) -> Case | None:
    """Return the case of another contribution with nearly the same words, or None; at most two statements."""
    mine = shingles(text)
    if not mine:
        return None
    prints = prints_of(mine)
    rows = TextPrint.objects.filter(value__in=prints).values("case").annotate(n=Count("pk")).order_by("-n", "-case")
    shared = [row["case"] for row in rows.filter(n__gte=min(LEAST_SHARED, len(prints)))[: CANDIDATES * 2]]
    if not shared:
        return None
    others = Case.objects.filter(pk__in=shared).exclude(kind=kind, object_id=object_id)
    judged = [(likeness(mine, shingles(f"{case.title}\n\n{case.excerpt}")), case) for case in others[:CANDIDATES]]
    near = [(share, case.pk, case) for share, case in judged if share >= NEARLY]
    return max(near)[2] if near else None


def keep(case: Case, text: str) -> None:
    """Write down by which numbers a text is found; a few more when it has changed."""
    rows = [TextPrint(case=case, value=value) for value in prints_of(shingles(text))]
    if case.version > 1:
        TextPrint.objects.filter(case=case).delete()
    if rows:
        TextPrint.objects.bulk_create(rows, ignore_conflicts=True)
