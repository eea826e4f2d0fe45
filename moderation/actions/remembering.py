"""What a decision leaves behind for later cases: its marks know how it ended, its words are found by."""

from django.db import transaction
from django.db.models import Q

from moderation.models import Case, CaseWord, Complaint, Decision, MarkHit
from moderation.queries.memory import KEPT, best, words_of

RESTRICTED = (*Decision.RESTRICTIVE, Decision.Kind.MERGE)


@transaction.atomic
def remember(decision_id: int) -> None:
    """Note how a case ended, and keep its telling words; calling it again changes nothing. Five statements at most."""
    decision = Decision.objects.select_related("case").filter(pk=decision_id).first()
    if decision is None:
        return
    case = decision.case
    if case.kind == Case.COMPLAINT_KIND:
        complaint = Complaint.objects.select_related("decision__case").filter(second_decision=decision).first()
        if complaint is None:
            return
        case = complaint.decision.case
    settle_marks(case, decision)
    remember_words(case)


def settle_marks(case: Case, decision: Decision) -> None:
    """Write beside the marks of a case whether it was restricted; what a complaint upheld stays as it was noted.

    News may come twice and out of order: an older decision does not overwrite what a newer one or a complaint said.
    """
    newer = Q(case=case, sequence__gt=decision.sequence)
    newer |= Q(
        sequence__gt=decision.sequence, pk__in=Complaint.objects.filter(decision__case=case).values("second_decision")
    )
    if decision.decision == Decision.Kind.UPHOLD:
        return
    if not Decision.objects.filter(newer).exclude(decision=Decision.Kind.UPHOLD).exists():
        ended = MarkHit.Outcome.RESTRICTED if decision.decision in RESTRICTED else MarkHit.Outcome.KEPT
        MarkHit.objects.filter(case=case).update(outcome=ended)


def remember_words(case: Case) -> int:
    """Keep by which words a decided case is found; return how many."""
    rows = [CaseWord(case=case, value=value) for value in best(words_of(case), KEPT)]
    CaseWord.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
