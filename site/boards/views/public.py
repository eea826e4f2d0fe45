"""Meetings, recommendations and calendars: for everybody, as long as the board's page is public."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from boards.calendar import MEDIA_TYPE, calendar
from boards.models import BoardPage, Meeting, Paper
from boards.models.page import public_board
from boards.queries.advice import advice, letter
from boards.queries.room import inside

SIZE, LARGEST = 20, 2**63


def board_or_404() -> BoardPage:
    """Return the public board."""
    found = public_board()
    if found is None:
        raise Http404
    return found


def meeting_or_404(request: HttpRequest, pk: int) -> Meeting:
    """Return a meeting that the person may see: of the public board, or of the room whose member the person is."""
    rows = Meeting.objects.visible_to(request.user).select_related("board").filter(pk=pk) if pk < LARGEST else None
    found = rows.first() if rows is not None else None
    if found is None or (not (found.is_public and found.board == public_board()) and not sees_inside(request, found)):
        raise Http404
    return found


def sees_inside(request: HttpRequest, meeting: Meeting) -> bool:
    """Tell whether the person is a member of the meeting's room."""
    found = inside(request.user)
    return found is not None and found.room.board_id == meeting.board_id


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """List all public meetings, the latest first."""
    board = board_or_404()
    rows = board.meetings.filter(is_public=True).defer("agenda", "minutes")
    word = request.GET.get("seite", "1")
    number = int(word) if word.isascii() and word.isdecimal() and len(word) < 6 else 1
    pages = Paginator(rows, SIZE)
    if not 1 <= number <= pages.num_pages:
        raise Http404
    crumbs = [(board.title, board.get_absolute_url()), (_("Meetings"), "")]
    context = {"board": board, "page_of": pages.page(number), "crumbs": crumbs, "nav_current": board.get_absolute_url()}
    return render(request, "boards/meetings.html", context)


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting; minutes that are not approved yet only to members of the room."""
    found = meeting_or_404(request, pk)
    is_inside = sees_inside(request, found)
    board = found.board
    crumbs = [(board.title, board.get_absolute_url()), (_("Meetings"), reverse("boards:meetings")), (found.title, "")]
    context = {
        "meeting": found,
        "board": board,
        "minutes": found.minutes if found.minutes_public or is_inside else "",
        "recommendations": found.recommendations.filter(is_public=True),
        "papers": Paper.objects.visible_to(request.user).filter(meeting=found) if is_inside else [],
        "is_over": found.ends_at <= timezone.now(),
        "crumbs": crumbs,
        "nav_current": board.get_absolute_url(),
    }
    return render(request, "boards/meeting.html", context)


@require_safe
def meeting_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out one meeting as a calendar file."""
    found = meeting_or_404(request, pk)
    answer = HttpResponse(calendar([found], found.board.title), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="sitzung-{found.pk}.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Return the calendar to subscribe to: public meetings of the last year and all that are to come."""
    board = board_or_404()
    rows = board.meetings.filter(is_public=True, starts_at__gte=timezone.now() - timedelta(days=366))[:200]
    answer = HttpResponse(calendar(rows, board.title), content_type=MEDIA_TYPE)
    answer["Cache-Control"] = "public, max-age=60"
    return answer


@require_safe
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a recommendation with the clock and the town's answers."""
    found = advice(pk) if pk < LARGEST else None
    if found is None:
        raise Http404
    board = found.row.board
    link = f"{board.get_absolute_url()}#empfehlungen"
    context = {
        "advice": found,
        "meeting": found.row.meeting if found.row.meeting and found.row.meeting.is_public else None,
        "letters": [letter(answer) for answer in found.answers],
        "crumbs": [(board.title, board.get_absolute_url()), (_("Recommendations"), link), (found.row.title, "")],
        "nav_current": board.get_absolute_url(),
    }
    return render(request, "boards/recommendation.html", context)
