"""How many first comments of an idea are of which kind, alone or along with a page of them."""

from typing import Any

from django.db.models import CharField, Count, Q, Subquery, Value
from django.db.models.functions import Cast, Concat

from ideas.models import Comment, Idea


def stances_of(idea: Idea) -> dict[str, int]:
    """Return the number of public first comments of each kind: one statement."""
    public = _public(idea.pk).exclude(stance="").order_by()
    return dict(public.values_list("stance").annotate(number=Count("pk")))


def stances_along(idea: Idea) -> Subquery:
    """Return the same as words, to be read with a page of its comments: counted once, for it does not look at their rows."""
    parts: list[Any] = []
    for stance in Comment.Stance:
        number = Cast(Count("pk", filter=Q(stance=stance)), CharField())
        parts += [number, Value(" ")]
    counted = _public(idea.pk).order_by().values("idea").annotate(said=Concat(*parts, output_field=CharField()))
    return Subquery(counted.values("said"))


def stances_said(words: str) -> dict[str, int]:
    """Return the numbers from the words of ``stances_along``."""
    return {str(stance): int(number) for stance, number in zip(Comment.Stance, words.split(), strict=True)}


def _public(idea: int) -> Any:
    return Comment.objects.filter(idea=idea, depth=0, state=Comment.State.PUBLIC)
