"""Portraits of members, for the list of credits: they stand there while they are shown, and no longer."""

from collections.abc import Iterable

from django.utils import timezone

from boards.models import Seat
from boards.models.page import public_board
from cms.queries.credits import Where, shows_pictures


@shows_pictures(Seat)
def of_seats(ids: Iterable[int]) -> dict[int, Where]:
    """Return where the portraits of those stand who are named today; the name itself is not said."""
    board = public_board()
    if board is None:
        return {}
    named = Seat.objects.named(timezone.localdate()).filter(board=board, pk__in=list(ids))
    return dict.fromkeys(named.values_list("pk", flat=True), (board.title, board.get_absolute_url()))
