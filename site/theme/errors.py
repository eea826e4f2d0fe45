"""Pages for everything that goes wrong, in the town's look, with a way on; what was typed comes back."""

import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from theme.town import Town

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
AWAY_SECONDS = 5  # a database that was restarted is back by then
NEVER_SHOWN = ("csrfmiddlewaretoken", "password", "passwort", "code", "altcha")


@dataclass(frozen=True)
class Trouble:
    """What a page says: title and what to do."""

    title: str | Promise
    text: str | Promise


# Short names for programs.
NAMES = {400: "bad_request", 403: "forbidden", 404: "not_found", 409: "conflict", 413: "too_large", 429: "too_fast"}
TROUBLES = {
    400: Trouble(
        gettext_lazy("We could not read this request"),
        gettext_lazy("Something in the address or the form was not as expected. Please go back and try once more."),
    ),
    403: Trouble(
        gettext_lazy("This is not open to you"),
        gettext_lazy("This page belongs to somebody else or to the town's staff. Perhaps you need to sign in first."),
    ),
    404: Trouble(
        gettext_lazy("There is nothing here"),
        gettext_lazy("The page has moved, is not public any more, or the address has a slip of the pen in it."),
    ),
    409: Trouble(
        gettext_lazy("This is not possible right now"),
        gettext_lazy("Something has changed in the meantime. Please go back and look at the page once more."),
    ),
    410: Trouble(
        gettext_lazy("This has been taken away"),
        gettext_lazy("What used to be here has been withdrawn or deleted and will not come back."),
    ),
    413: Trouble(
        gettext_lazy("That was too much at once"),
        gettext_lazy(
            "The pictures or texts are larger than we can take. Please choose smaller pictures or shorten the text."
        ),
    ),
    429: Trouble(
        gettext_lazy("A little too fast"),
        gettext_lazy("We received very many requests from you. Please wait a few minutes, then it works again."),
    ),
    500: Trouble(
        gettext_lazy("Something broke on our side"),
        gettext_lazy(
            "It is not your fault. We have been told and are looking into it. Please try again in a few minutes."
        ),
    ),
    503: Trouble(
        gettext_lazy("We will be back in a moment"),
        gettext_lazy("The site is being looked after. Please come back in a few minutes; nothing is lost."),
    ),
}


def page(request: HttpRequest, status: int, *, title: str = "", text: str = "", kept: str = "") -> HttpResponse:
    """Return the page for ``status``, with the words somebody typed (``kept``); programs that ask for JSON get JSON."""
    trouble = TROUBLES.get(status, TROUBLES[400])
    said = {"status": status, "title": title or trouble.title, "text": text or trouble.text, "kept": kept}
    if wants_json(request):
        words = str(title or said["text"])
        body = {"status": status, "error": NAMES.get(status, "error"), "message": words, "detail": words}
        return JsonResponse(body, status=status)
    return HttpResponse(render_to_string(f"{status if status in TROUBLES else 400}.html", said, request), status=status)


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks, not a person."""
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def refused(request: HttpRequest, refusal: Refused, *, kept: str = "") -> HttpResponse:
    """Return the page for an action's refusal; its own sentence is the title, ``kept`` is what was typed."""
    text = _("Please go back and look at the page once more.")
    answer = page(request, refusal.status, title=str(refusal.message), text=text, kept=kept)
    if refusal.retry_after is not None:
        answer["Retry-After"] = str(refusal.retry_after)
    return answer


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return 400 – or 413 when too much came in."""
    return page(request, 413 if isinstance(exception, TOO_MUCH) else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return 403."""
    return page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return 404."""
    return page(request, 404)


def too_many_requests(request: HttpRequest, text: str = "") -> HttpResponse:
    """Return 429."""
    return page(request, 429, text=text)


def server_error(request: HttpRequest, template_name: str = "500.html") -> HttpResponse:
    """Return 500, or 503 while the database is away; asks neither database nor session, because they may be what broke."""
    return away(request) if is_away(sys.exc_info()[1]) else still(500)


def is_away(exception: BaseException | None) -> bool:
    """Whether the database cannot be reached, is stopping, or is busy for too long: trying again later helps."""
    if not isinstance(exception, OperationalError | InterfaceError):
        return False
    return connection.vendor != "sqlite" or any(word in str(exception) for word in ("locked", "busy", "unable to open"))


def away(request: HttpRequest) -> HttpResponse:
    """Return 503 with the seconds after which to try again; programs get JSON."""
    trouble = TROUBLES[503]
    body = {"status": 503, "error": "away", "message": str(trouble.title), "detail": str(trouble.text)}
    answer = JsonResponse(body, status=503) if wants_json(request) else still(503)
    answer["Retry-After"] = str(AWAY_SECONDS)
    return answer


def unavailable(request: HttpRequest) -> HttpResponse:
    """Return 503 without asking anything."""
    answer = still(503)
    answer["Retry-After"] = "120"
    return answer


def still(status: int) -> HttpResponse:
    """Return a page that needs nothing but its template."""
    trouble = TROUBLES[status]
    said = {"status": status, "title": trouble.title, "text": trouble.text, "town": Town()}
    return HttpResponse(render_to_string(f"{status}.html", said), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return 403 with everything that was typed, and – when the form was ours – a way to send it again.

    Programs that nobody is signed in with get 401.
    """
    if wants_json(request):
        if not request.user.is_authenticated:  # what is missing first is the person, not the token
            return JsonResponse({"status": 401, "error": "sign_in", "message": _("Please sign in first.")}, status=401)
        return page(request, 403, text=_("The page was open too long. Please load it again."))
    typed = [(name, value) for name, values in request.POST.lists() if not is_hidden_name(name) for value in values]
    said = {
        "status": 403,
        "title": _("The page was open too long"),
        "text": _("For your safety a form is only valid for a while. Nothing is lost: here is what you typed."),
        "typed": typed,
        "shown": [value for _name, value in typed if len(value.split()) > 1],
        "again": request.get_full_path() if typed and comes_from_here(request) else "",
        "files": bool(request.FILES),
    }
    return HttpResponse(render_to_string("403_csrf.html", said, request), status=403)


def is_hidden_name(name: str) -> bool:
    """Whether a value must not be shown again."""
    return any(word in name.lower() for word in NEVER_SHOWN)


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form was on our own page."""
    sender = request.headers.get("origin") or request.headers.get("referer", "")
    return urlsplit(sender).netloc == request.get_host()
