"""Search, credits and files of pictures follow the board."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from boards.models import Answer, BoardPage, Recommendation, ResultPage, Seat
from boards.queries import faces  # noqa: F401 - registers where portraits stand
from cms import tree
from cms.queries.picture_use import forget_use
from search.actions import touch


@tree.page_changed(BoardPage)
def board_changed(page_id: int) -> None:
    """Index the page anew, or forget it, and with it what can be seen only through it."""
    touch("board", page_id)
    touch_recommendations(page_id)


@tree.page_changed(ResultPage)
def result_changed(page_id: int) -> None:
    """Index the result anew, or forget it."""
    touch("board_result", page_id)


@tree.branch_changed
def branch_changed(path: str) -> None:
    """Follow a branch that was moved, closed or opened."""
    for number in BoardPage.objects.filter(path__startswith=path).values_list("pk", flat=True):
        board_changed(number)
    if ids := list(ResultPage.objects.filter(path__startswith=path).values_list("pk", flat=True)):
        touch("board_result", *ids)


@receiver([post_save, post_delete], sender=Recommendation, dispatch_uid="boards.recommendation")
def recommendation_changed(instance: Recommendation, **_kwargs: object) -> None:
    """Index a recommendation anew, or forget it."""
    with transaction.atomic():
        touch("advice", instance.pk)


@receiver([post_save, post_delete], sender=Answer, dispatch_uid="boards.answer")
def answer_changed(instance: Answer, **_kwargs: object) -> None:
    """Index the recommendation that was answered."""
    with transaction.atomic():
        touch("advice", instance.recommendation_id)


@receiver([post_save, post_delete], sender=Seat, dispatch_uid="boards.seat")
def seat_changed(instance: Seat, **_kwargs: object) -> None:
    """Let the file of a portrait follow the name at once."""
    if instance.portrait_id is not None:
        number = instance.portrait_id
        transaction.on_commit(lambda: forget_use(number), robust=True)


def touch_recommendations(board_id: int) -> None:
    """Index all recommendations of a board."""
    if ids := list(Recommendation.objects.filter(board=board_id).values_list("pk", flat=True)):
        touch("advice", *ids)
