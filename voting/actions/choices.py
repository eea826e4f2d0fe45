"""The rows of what supporters of a merged idea want, and the numbers that follow from them.

Between source and target of one merge a voter has at most one support that came over; where several merged ideas of
the same voter met in one target, one choice is ``carried`` and the others ``doubled``.
"""

from django.db.models import QuerySet

from ideas.models import Idea, Merge
from voting.actions.writing import Counts
from voting.models import MergeChoice

State = MergeChoice.State
TALLIES = (State.CARRIED, State.DOUBLED, State.LEFT)
OVER = (State.CARRIED, State.DOUBLED)


def of_voter(key: str) -> QuerySet[MergeChoice]:
    """Return what a voter has chosen at merges that hold."""
    return MergeChoice.objects.filter(voter_key=key, merge__undone_at=None).select_related("merge").order_by("pk")


def set_choice(merge: Merge, key: str, state: str, counts: Counts) -> None:
    """Write down what a voter wants, or what became of it; the numbers of the merge follow."""
    choice, _is_new = MergeChoice.objects.get_or_create(merge=merge, voter_key=key, defaults={"state": State.ENDED})
    if choice.state == state:
        return
    for name in TALLIES:
        counts.choice(merge, str(name), (state == name) - (choice.state == name))
    choice.state = state
    choice.save(update_fields=["state"])


def end_all(idea: Idea, key: str, counts: Counts) -> None:
    """After a voter took back the support of an idea: nothing that led to it is to be brought back by an undo."""
    rows = list(of_voter(key))
    for choice in rows:
        if choice.state == State.LEFT and choice.merge.source_id == idea.pk:
            set_choice(choice.merge, key, State.ENDED, counts)
    reached = [idea.pk]
    while reached:
        place = reached.pop()
        for choice in rows:
            if choice.state in OVER and choice.merge.target_id == place:
                set_choice(choice.merge, key, State.ENDED, counts)
                choice.state = State.ENDED
                reached.append(choice.merge.source_id)


def heir_of(choice: MergeChoice) -> MergeChoice | None:
    """Return another choice that has its support in the same target: that one keeps it when this one takes its own back."""
    others = of_voter(choice.voter_key).filter(merge__target=choice.merge.target_id, state=State.DOUBLED)
    return others.exclude(pk=choice.pk).first()
