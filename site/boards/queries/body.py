"""What the public page of the board shows."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from boards.models import BoardPage, Meeting, ResultPage, Seat
from boards.queries.advice import Advice, advices
from cms.models import Picture, open_to_all
from cms.renditions import ROLES

LAST = 4


@dataclass(frozen=True)
class Face:
    """Members, meetings, recommendations and results of a board, as everybody sees them."""

    seats: list[Seat]
    #: how many sit on the board, named or not
    count: int
    coming: list[Meeting]
    past: list[Meeting]
    advices: list[Advice]
    results: list[ResultPage]
    #: the board looks for members today
    seeks: bool

    @property
    def overdue(self) -> int:
        """Return how many answers are overdue."""
        return sum(one.clock.name == "overdue" for one in self.advices)

    @property
    def unnamed(self) -> int:
        """Return how many members are not named."""
        return self.count - len(self.seats)


def face(board: BoardPage) -> Face:
    """Return the page's content; seven statements."""
    day, at = timezone.localdate(), timezone.now()
    public = board.meetings.filter(is_public=True).defer("minutes", "agenda")
    return Face(
        seats=list(board.seats.named(day).prefetch_related(faces())),
        count=board.seats.taken(day).count(),
        coming=board.coming,
        past=list(public.filter(ends_at__lte=at)[:LAST]),
        advices=advices(board),
        results=list(open_to_all(ResultPage.objects.child_of(board)).order_by("-first_published_at", "-pk")[:6])
        if board.numchild
        else [],
        seeks=seeks_members(board, day),
    )


def faces() -> Prefetch:
    """Return how portraits are read with the seats: two statements for all of them, none where there are none."""
    return Prefetch("portrait", Picture.objects.prefetch_renditions(*ROLES["face"].specs))


def seeks_members(board: BoardPage, day: dt.date) -> bool:
    """Tell whether people can apply on that day."""
    return board.seeks_members and (board.apply_until is None or board.apply_until >= day)
