"""„Veröffentlichen": hosts look once more at what everybody will read, and let it out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from boards.actions.publishing import Leaving
from boards.actions.publishing import publish as let_out
from boards.forms import PublishForm
from boards.leaving import Result, result
from boards.queries.room import Inside, is_waiting
from boards.views.door import crumbs, member, members_only, see_other
from common.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def publish(request: HttpRequest, found: Inside, source: str, pk: int) -> HttpResponse:
    """Show the words and publish them."""
    proposed = result(found, member(request), source, pk)
    if proposed is None:
        raise Http404
    if not found.is_host:
        raise PermissionDenied
    if request.method != "POST":
        form = PublishForm(initial={"title": proposed.title, "text": proposed.text})
        return show(request, found, proposed, form)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return show(request, found, proposed, form, status=422)
    values = {name: form.cleaned_data[name] for name in ("target", "title", "text", "campaign")}
    leaving = Leaving(source=proposed.source, source_id=proposed.source_id, origin=proposed.origin, **values)
    try:
        entry = let_out(person=member(request), room=found.room, leaving=leaving)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return show(request, found, proposed, form, status=refusal.status)
    if is_waiting(entry):
        words = _(
            "It is with the editors. In this town nobody publishes alone: it is public once a second person has approved it."
        )
        messages.success(request, words)
        return see_other(reverse("boards:room"))
    messages.success(request, _("It is published. Everybody reads where it comes from."))
    return see_other(entry.url)


def show(request: HttpRequest, found: Inside, proposed: Result, form: PublishForm, status: int = 200) -> HttpResponse:
    """Render the form."""
    title = _("Publish a result")
    context = {"inside": found, "proposed": proposed, "form": form, "title": title, "crumbs": crumbs(found, title)}
    return render(request, "boards/publish.html", {**context, "nav_current": "mein"}, status=status)
