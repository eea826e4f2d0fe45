"""Memory: how similar cases ended. Found by the telling words of decided cases, which are kept as keyed numbers.

The search index holds public texts only; what was refused must not be in it. So the words are read by the search room's
analysis (stems, parts of compounds), but kept here, and looked up the same way on both databases and without Elasticsearch.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case as Either
from django.db.models import Count, F, IntegerField, Sum, Value, When
from django.db.models.query import QuerySet

from moderation.assistance.prints import number
from moderation.models import Case, CaseWord, Complaint, Decision
from moderation.registry import moderated, telling_words

if TYPE_CHECKING:
    from accounts.models import User

KEPT, ASKED, CANDIDATES = 24, 12, 200
# So many rows are added up at most; beyond that the commonest words are asked for only among the candidates.
MOST_ROWS, LEAST_ASKED = 20_000, 3
# Weights are added up as whole thousandths: the databases do that several times faster than with fractions.
UNIT = 1000
LEAST = 0.2
SHORT = 160


@dataclass(frozen=True)
class Earlier:
    """A similar case: what was decided on it, why, when, and whether a complaint changed that."""

    decision: Decision
    likeness: float
    reason: str
    #: ``upheld`` or ``overturned`` when somebody complained
    complained: str


def words_of(case: Case) -> dict[int, float]:
    """Return the telling words of a case as numbers, with how much each tells."""
    title = case.title if moderated(case.kind).own_title else ""
    return {
        number(f"{case.kind}:{word}", "memory"): weight for word, weight in telling_words(title, case.excerpt).items()
    }


def best(words: Mapping[int, float], most: int) -> dict[int, float]:
    """Return the most telling of them."""
    return dict(sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))[:most])


def alike(case: Case, user: "User", limit: int = 5) -> list[Earlier]:
    """Return the decided cases of the same kind that are most like this one, as far as ``user`` may look; best first."""
    if case.kind == Case.COMPLAINT_KIND:
        return []
    words = best(words_of(case), ASKED)
    whole = sum(words.values())
    if not whole:
        return []
    visible = Case.objects.visible_to(user).exclude(kind=case.kind, object_id=case.object_id)
    rarest = least_common(words)
    rows = list(scored(rarest)[:CANDIDATES])
    seen = list(visible.filter(pk__in=[pk for pk, _score in rows]).values_list("pk", flat=True))
    if len(seen) < limit and len(rows) == CANDIDATES:  # most of them are for others: ask among one's own
        rows = list(scored(rarest).filter(case__in=visible.values("pk"))[:CANDIDATES])
        seen = [pk for pk, _score in rows]
    found = dict(rows if len(rarest) == len(words) else scored(words).filter(case__in=seen))
    whole *= UNIT
    near = sorted((pk for pk in seen if found[pk] >= LEAST * whole), key=lambda pk: (-found[pk], -pk))[:limit]
    decided = decisions_on(near)
    complained = outcomes(list(decided.values()))
    return [
        Earlier(entry, round(found[pk] / whole, 2), shortened(entry.reason), complained.get(entry.pk, ""))
        for pk, entry in decided.items()
    ]


def least_common(words: Mapping[int, float]) -> dict[int, float]:
    """Return the rarest of these words among what is remembered, as many as can be added up quickly."""
    counted = CaseWord.objects.filter(value__in=words).values("value").annotate(n=Count("*")).values_list("value", "n")
    numbers, chosen, total = dict(counted.order_by()), dict[int, float](), 0
    for value in sorted(words, key=lambda value: numbers.get(value, 0)):
        total += numbers.get(value, 0)
        if total > MOST_ROWS and len(chosen) >= LEAST_ASKED:
            break
        chosen[value] = words[value]
    return chosen


def scored(words: Mapping[int, float]) -> "QuerySet[CaseWord, tuple[int, int]]":
    """Return (case, score) of all remembered cases that share words with these, best first; scores in thousandths."""
    whens = (When(value=value, then=Value(round(weight * UNIT))) for value, weight in words.items())
    weights = Either(*whens, default=Value(0), output_field=IntegerField())
    shared = CaseWord.objects.filter(value__in=words).values("case").annotate(score=Sum(weights))
    return shared.order_by(F("score").desc(), "-case").values_list("case", "score")


def decisions_on(cases: list[int]) -> dict[int, Decision]:
    """Return the last decision on each of these cases; one statement."""
    if not cases:
        return {}
    found: dict[int, Decision] = {}
    for row in Decision.objects.filter(case__in=cases).select_related("rule_version__rule").order_by("-sequence"):
        found.setdefault(row.case_id, row)
    return {pk: found[pk] for pk in cases if pk in found}


def outcomes(decisions: list[Decision]) -> dict[int, str]:
    """Return what became of complaints against these decisions; a change weighs more than that one was upheld."""
    if not decisions:
        return {}
    rows = Complaint.objects.filter(decision__in=decisions).exclude(outcome=Complaint.Outcome.OPEN)
    return dict(rows.order_by("-outcome").values_list("decision", "outcome"))


def shortened(reason: str) -> str:
    """Return the beginning of a reason, in whole words."""
    return reason if len(reason) <= SHORT else reason[: SHORT - 1].rsplit(" ", 1)[0] + "…"
