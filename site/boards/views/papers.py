"""Papers of the room: listed, brought, deleted, and handed out to members only."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from boards.actions.papers import add_paper, delete_paper
from boards.forms import PaperForm
from boards.models import Paper
from boards.queries import room as queries
from boards.queries.room import Inside
from boards.views.door import crumbs, member, members_only, see_other
from common.errors import Refused
from common.served import served
from ideas.files import MEDIA_TYPES


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def papers(request: HttpRequest, found: Inside) -> HttpResponse:
    """List the papers and take new ones."""
    if request.method != "POST":
        return show(request, found, PaperForm(room=found.room))
    form = PaperForm(request.POST, request.FILES, room=found.room)
    if not form.is_valid():
        return show(request, found, form, status=422)
    values = form.cleaned_data
    try:
        for clean in values["files"]:
            title = values["title"] if len(values["files"]) == 1 else ""
            add_paper(
                person=member(request), room_id=found.room.pk, clean=clean, title=title, meeting=values["meeting"]
            )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, found, form, status=refusal.status)
    words = ngettext("The paper is in the room.", "%(count)d papers are in the room.", len(values["files"]))
    messages.success(request, words % {"count": len(values["files"])})
    return see_other(reverse("boards:papers"))


def show(request: HttpRequest, found: Inside, form: PaperForm, status: int = 200) -> HttpResponse:
    """Render list and form."""
    title = _("Papers")
    rows = queries.papers(found.room, member(request))
    context = {"inside": found, "form": form, "papers": rows, "title": title, "crumbs": crumbs(found, title)}
    return render(request, "boards/papers.html", {**context, "nav_current": "mein"}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def paper(request: HttpRequest, found: Inside, key: UUID) -> HttpResponseBase:
    """Hand a paper out as a download, to members at this moment; posting deletes it."""
    row = Paper.objects.visible_to(request.user).filter(key=key, room=found.room).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        delete_paper(person=member(request), room_id=found.room.pk, paper=row)
        messages.success(request, _("The paper is deleted."))
        return see_other(reverse("boards:papers"))
    try:
        handle = row.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return served(
        request,
        handle,
        name=str(row.file.name),
        content_type=MEDIA_TYPES[row.kind],
        is_public=False,
        download_as=row.name,
    )
