"""Where links in mails lead: confirm, leave. Looking changes nothing, because programs look at links in mails too."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from search.models import SavedSearch
from search.saved import keeping, links
from search.saved.describing import parts_of
from search.saved.owners import Owner
from search.saved.views import ended, private


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_saved_search(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more by a button, then let the search run; confirming twice does no harm."""
    try:
        number = links.read_confirm(token)
    except links.Ended:
        return ended(request)
    except LookupError as error:
        raise Http404 from error
    if request.method == "POST":
        return confirmed(request, number)
    search = SavedSearch.objects.filter(pk=number).first()
    if search is None:
        return ended(request)
    said = {"search": search, "parts": parts_of(search), "nav_current": "suche"}
    return private(render(request, "search/saved/confirm.html", said))


def confirmed(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm, and lead to the page of the searches; whose account it is in has to sign in there."""
    search = keeping.confirm(number)
    if search is None:
        return ended(request)
    if search.person:
        words = _("“%(name)s” runs now. It stands in your account, as your address belongs to one.")
    else:
        words = _("“%(name)s” runs now. You find it on this page; each mail brings the link to it.")
    messages.success(request, words % {"name": search.name})
    return private(redirect(Owner(search.person, search.reader).url()))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave_saved_searches(request: HttpRequest, token: str) -> HttpResponse:
    """End the mails: one button, no sign-in, no questions. Mail programs send the POST themselves (RFC 8058), hence no CSRF token."""
    try:
        whom = links.read_leave(token)
    except LookupError as error:
        raise Http404 from error
    if request.method == "POST":
        keeping.leave(whom)
        return private(
            render(request, "search/saved/left.html", {"is_account": is_account(whom), "nav_current": "suche"})
        )
    said = {"search": SavedSearch.objects.filter(pk=whom.search or 0).first(), "nav_current": "suche"}
    return private(render(request, "search/saved/leave.html", said))


def is_account(whom: links.Whom) -> bool:
    """Tell whether the searches go on in an account, without mail."""
    return bool(whom.person) or SavedSearch.objects.filter(pk=whom.search or 0).exists()
