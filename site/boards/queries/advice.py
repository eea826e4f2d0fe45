"""Recommendations with their clocks and answers."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from boards.clock import Clock
from boards.models import Answer, BoardPage, Recommendation
from cms.models import open_to_all
from theme.markdown import as_html

LOOKS = {
    Answer.Result.TAKEN: ("done", "check"),
    Answer.Result.PARTLY: ("sun", "check"),
    Answer.Result.CHECKING: ("river", "clock"),
    Answer.Result.NO: ("grey", "close"),
}


@dataclass(frozen=True)
class Advice:
    """A recommendation as a page shows it."""

    row: Recommendation
    clock: Clock
    answers: list[Answer]

    @property
    def chip(self) -> dict[str, str]:
        """Return the chip: that of the latest answer, or of the clock."""
        return chip_of(self.answers[-1]) if self.answers else self.clock.chip


def chip_of(answer: Answer) -> dict[str, str]:
    """Return the chip of an answer's result."""
    look, icon = LOOKS[Answer.Result(answer.result)]
    return {"look": look, "icon": icon, "text": str(answer.get_result_display())}


def letter(answer: Answer) -> dict[str, object]:
    """Return an answer as ``theme/parts/town_answer.html`` shows it."""
    return {
        "id": f"antwort-{answer.pk}",
        "office": answer.office,
        "date": answer.answered_on,
        "chip": chip_of(answer),
        "result": "",
        "html": as_html(answer.text),
        "signed": answer.signed_by,
    }


def shown_recommendations() -> QuerySet[Recommendation]:
    """Return what everybody may read: shown recommendations of a board whose page is public."""
    return Recommendation.objects.filter(is_public=True, board__in=open_to_all(BoardPage.objects.all()).values("pk"))


def with_clock(row: Recommendation, today: dt.date | None = None) -> Advice:
    """Return a recommendation with its clock; its answers that were given by today are read once."""
    day = today or timezone.localdate()
    answers = [answer for answer in row.answers.all() if answer.answered_on <= day]
    first = min((answer.answered_on for answer in answers), default=None)
    return Advice(row, Clock(row.answer_by, first, row.office or row.board.answer_office, day), answers)


def advices(board: BoardPage) -> list[Advice]:
    """Return what the board recommended, the latest first; two statements."""
    rows = board.recommendations.filter(is_public=True).prefetch_related("answers")
    found = []
    for row in rows:
        row.board = board
        found.append(with_clock(row))
    return found


def advice(pk: int) -> Advice | None:
    """Return one recommendation that everybody may read."""
    row = shown_recommendations().filter(pk=pk).select_related("board", "meeting").prefetch_related("answers").first()
    return with_clock(row) if row else None
