"""A place as a page of its own, where search leads; the dates of a process as a calendar file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cms.calendars import MEDIA_TYPE, of_process
from cms.models import ProcessPage, open_to_all
from cms.queries.standing import public_places
from cms.views.contacts import page_of_contacts

LARGEST = 2**63


@require_safe
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a place that stands on an open page or belongs to a public contact; any other is not there (404)."""
    if pk >= LARGEST:
        raise Http404
    found = get_object_or_404(public_places(), pk=pk)
    context = {"place": found, "crumbs": [*page_of_contacts(), (found.name, "")], "nav_current": "kontakt"}
    answer = render(request, "cms/place.html", context)
    answer["Cache-Control"] = "no-cache"  # it says what is open now
    return answer


@require_safe
def process_dates(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the dates of a process that everybody can open, to take over once or to subscribe to."""
    page = get_object_or_404(open_to_all(ProcessPage.objects.order_by("path")), slug=slug)
    answer = HttpResponse(of_process(page), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{page.slug}.ics"'
    answer["Cache-Control"] = "public, max-age=60"
    return answer
