"""How many agree with a comment, and where that puts it in the order "best"."""

from math import sqrt

from django.db import transaction
from django.db.models import F, FloatField, Value
from django.db.models.expressions import Combinable, ExpressionWrapper
from django.db.models.functions import Greatest, Sqrt

from ideas.models import Comment

# Two-sided 95 %.
Z = 1.959964


def wilson(agree: int, disagree: int) -> float:
    """Return the lower bound of the share that agrees, 0 to 1, at 95 % (score interval).

    A comment with 1 of 1 stands below one with 40 of 45: few votes say little. E. B. Wilson, "Probable Inference, the
    Law of Succession, and Statistical Inference", Journal of the American Statistical Association 22 (1927), p. 209.
    """
    number = agree + disagree
    half = Z * Z / 2
    return (agree + half - Z * sqrt(agree * disagree / max(number, 1) + half / 2)) / (number + 2 * half)


@transaction.atomic(savepoint=False)
def change_comment_rating(comment_id: int, *, agree: int = 0, disagree: int = 0) -> None:
    """Move the numbers and the rank of a comment; only ``voting`` calls this, when it has changed a row."""
    yes, no = F("agree_count") + agree, F("disagree_count") + disagree
    Comment.objects.filter(pk=comment_id).update(agree_count=yes, disagree_count=no, rank=_rank(yes, no))


def _rank(yes: Combinable, no: Combinable) -> Combinable:
    """Return ``wilson`` for the database."""
    half = Z * Z / 2
    number = ExpressionWrapper(yes + no + Value(0.0), FloatField())
    spread = Sqrt(yes * no / Greatest(number, Value(1.0)) + Value(half / 2), output_field=FloatField())
    return (yes + Value(half) - Value(Z) * spread) / (number + Value(2 * half))
