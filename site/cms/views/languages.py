"""Choosing a language, and the words one wants to read in; both stay on the page one came from."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from cms import languages
from cms.glossary import terms
from cms.reading import COOKIE, SHOWN, known

YEAR = 365 * 24 * 3600


def came_from(request: HttpRequest, address: str) -> str:
    """Return path and query of where the person was, of this site only; else the start page."""
    if not address or not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return "/"
    parts = urlsplit(address)
    path = "/" + parts.path.lstrip("/")
    return f"{path}?{parts.query}" if parts.query else path


@require_safe
def choose_language(request: HttpRequest, language: str) -> HttpResponse:
    """Speak this language from now on, until the browser is closed, and go back to the same page in it."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    path = came_from(request, request.headers.get("Referer", ""))
    answer = redirect(same_page("/" if path.startswith("/sprache/") else path, language))
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return answer


def same_page(address: str, language: str) -> str:
    """Return the address of the same page in a language, with what stands behind the question mark."""
    path, mark, query = address.partition("?")
    facts = known()
    there = facts.english if language == languages.OTHER else facts.german
    return (there.get(path) or languages.here(path, language)) + mark + query


# No token: it would make every page personal, and nothing but how one reads is changed.
@csrf_exempt
@require_POST
def keep_level(request: HttpRequest) -> HttpResponse:
    """Remember the words this person wants to read in, or forget them; only ever because a button was pressed."""
    level, path = request.POST.get("fassung", ""), came_from(request, request.POST.get("weiter", ""))
    answer = redirect(path)
    if level in SHOWN:
        answer.set_cookie(
            COOKIE, level, max_age=YEAR, secure=settings.LANGUAGE_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    else:
        answer.delete_cookie(COOKIE, samesite="Lax")
    return answer


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Return all words with their explanation."""
    return render(request, "cms/glossary.html", {"terms": sorted(terms(), key=lambda term: term["word"].casefold())})
