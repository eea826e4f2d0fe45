"""The list of pictures and who made them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.queries import credits as made_by

SIZE = 60


@require_safe
def picture_credits(request: HttpRequest) -> HttpResponse:
    """Show who made each picture that everybody can see, with licence, source and the pages it stands on."""
    uses = made_by.public_uses()
    page = Paginator(made_by.shown_pictures(uses), SIZE).get_page(request.GET.get("seite"))
    context = {
        "page_of_list": page,
        "entries": made_by.credited(page, uses),
        "crumbs": [(_("Picture credits"), "")],
    }
    return render(request, "cms/credits.html", context)
