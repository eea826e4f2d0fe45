"""German addresses as they always were, English ones below /en/: which tree an address means, and which language is spoken there.

Wagtail would ask the database for the language at each page; here the address itself says it (``docs/decisions/0042``).
"""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.urls import Resolver404, resolve
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation
from wagtail.models import Site

from cms.models.pages import ENGLISH, find_page

OTHER = "en"
PAGES = "wagtail_serve"


class TreePrefix(LocalePrefixPattern):
    """Takes addresses of both trees in any language of the moment; addresses are made in the language of the moment."""

    def __init__(self) -> None:
        super().__init__(prefix_default_language=False)

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, Any]]:
        return path.removeprefix(ENGLISH.lstrip("/")), (), {}


class LanguageMiddleware(LocaleMiddleware):
    """Pages speak the language of their address; everything else that of the person (switch, or browser)."""

    def process_request(self, request: HttpRequest) -> None:
        language = OTHER if is_english(request.path_info) else translation.get_language_from_request(request)
        speak(request, language)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Find the page here: Wagtail's own way asks for the language in two statements more."""
        match = request.resolver_match
        if match is None or match.url_name != PAGES:
            return
        speak(request, OTHER if is_english(request.path_info) else settings.LANGUAGE_CODE)
        request._wagtail_route_for_request = route(request, request.path_info)  # type: ignore[attr-defined]


def is_english(path: str) -> bool:
    """Whether an address lies in the English tree."""
    return path.startswith(ENGLISH) or path == ENGLISH.rstrip("/")


def speak(request: HttpRequest, language: str) -> None:
    """Use a language from here on."""
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]


def route(request: HttpRequest, path: str) -> Any:
    """Return Wagtail's answer to which page is meant: the English one, else the German one of the same address, else None."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    rest = "/".join(part for part in plain(path).split("/") if part)
    roots = [ENGLISH, site.root_page.url_path] if is_english(path) else [site.root_page.url_path]
    for root in roots:
        page = find_page(f"{root}{rest}/" if rest else root)
        if page is not None and (page.live or root != ENGLISH):
            try:
                return page.route(request, [])
            except Http404:
                return None
    return None


def plain(path: str) -> str:
    """Return the address without the sign of the English tree."""
    return "/" + path[len(ENGLISH) :] if is_english(path) else path


def is_page(path: str) -> bool:
    """Whether an address is answered by a page of the tree, not by a room."""
    try:
        return bool(resolve(re.split(r"[?#]", plain(path))[0]).url_name == PAGES)
    except Resolver404:
        return False


def here(path: str, language: str | None = None) -> str:
    """Return the address of the same page in the language of the moment, or in that one; addresses of rooms stay."""
    wanted = language or translation.get_language()
    if wanted != OTHER and not is_english(path):
        return path
    if not path.startswith("/") or not is_page(path):
        return path
    return ENGLISH + plain(path)[1:] if wanted == OTHER else plain(path)
