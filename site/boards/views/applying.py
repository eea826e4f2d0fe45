"""Applying for a seat: a form for everybody while the board looks for members, and a page to take it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from boards.actions import applying
from boards.forms import ApplicationForm
from boards.models import Application, BoardPage
from boards.queries.body import seeks_members
from boards.views.door import see_other
from boards.views.public import board_or_404
from common.errors import Refused
from moderation.puzzles import new_puzzle


@require_http_methods(["GET", "HEAD", "POST"])
def application_form(request: HttpRequest) -> HttpResponse:
    """Take an application; bad input is explained and stays in the form."""
    board = board_or_404()
    form = ApplicationForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return show(request, board, form)
    if not form.is_valid():
        return show(request, board, form, 422)
    try:
        made = send(request, board, form)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        answer = show(request, board, form, refusal.status)
        if refusal.retry_after is not None:
            answer["Retry-After"] = str(refusal.retry_after)
        return answer
    return see_other(reverse("boards:application", args=[made.code]))


def send(request: HttpRequest, board: BoardPage, form: ApplicationForm) -> Application:
    """Hand the application over."""
    data = form.cleaned_data
    words = {name: data[name] for name in ("name", "email", "why")}
    return applying.apply(board=board, **words, request_key=data["key"], sender=form.sender(request))


def show(request: HttpRequest, board: BoardPage, form: ApplicationForm, status: int = 200) -> HttpResponse:
    """Render the form, or that nobody is looked for now; typed words are never lost."""
    title = _("Apply for a seat on the board")
    context = {
        "board": board,
        "form": form,
        "title": title,
        "is_open": seeks_members(board, timezone.localdate()),
        "most": form.fields["why"].max_length,  # type: ignore[attr-defined]
        "kept": applying.KEPT,
        "kept_answered": applying.KEPT_ANSWERED,
        "puzzle": new_puzzle(),
        "crumbs": [(board.title, board.get_absolute_url()), (title, "")],
        "nav_current": board.get_absolute_url(),
    }
    answer = render(request, "boards/apply.html", context, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was sent to whoever has its code; posting deletes it."""
    found = get_object_or_404(Application.objects.select_related("board"), code=code)
    board = found.board
    if request.method == "POST":
        applying.take_back(code)
        messages.success(request, _("Your application is deleted. Nothing of it is left here."))
        return see_other(board.get_absolute_url())
    crumbs = [(board.title, board.get_absolute_url()), (_("Your application"), "")]
    context = {"application": found, "crumbs": crumbs, "nav_current": board.get_absolute_url()}
    answer = render(request, "boards/application.html", context)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
