"""What every answer gets: the admin's looser content policy, 'private, no-store' where a person is known, pages for refusals."""

import logging
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from common.errors import Refused
from theme import errors

ADMIN = "/cms/"
ADMIN_POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-ancestors": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}
TOKEN = b'name="csrfmiddlewaretoken"'
logger = logging.getLogger("theme.answers")


class PlainAnswersMiddleware:
    """Refuses broken addresses, turns refusals into pages, keeps personal answers out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_too_long(request):
            response = errors.page(request, 413)
        else:
            response = errors.bad_request(request) if is_broken_address(request) else self.get_response(request)
        if request.path_info.startswith(ADMIN):
            response._csp_config = ADMIN_POLICY  # type: ignore[attr-defined]
        if is_personal(request, response):
            response["Cache-Control"] = "private, no-store"
        elif getattr(request, "is_for_one_visitor", False):
            # Another visitor gets another page at this address; this one may go back to it.
            patch_cache_control(response, private=True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return a page for what actions refuse and for values no database can store; else leave it."""
        if isinstance(exception, Refused):
            return errors.refused(request, exception)
        if is_unstorable(exception):
            logger.warning("unstorable value refused: %s", exception)
            return errors.bad_request(request, exception)
        return None


def is_broken_address(request: HttpRequest) -> bool:
    """Whether the address holds NUL or the query broken UTF-8; no view ever sees them (broken paths just do not exist)."""
    try:
        query = unquote_to_bytes(request.META.get("QUERY_STRING", "")).decode("utf-8")
    except UnicodeDecodeError:
        return True
    return "\0" in request.path_info or "\0" in query


def is_too_long(request: HttpRequest) -> bool:
    """Whether more is announced than any form of ours takes; not a byte of it is read."""
    length = request.META.get("CONTENT_LENGTH") or ""
    return length.isdecimal() and (len(length) > 12 or int(length) > settings.UPLOAD_MAX_BODY)


def is_unstorable(exception: Exception) -> bool:
    """Whether the exception says that a value from outside does not fit into a database column at all."""
    if isinstance(exception, DataError | OverflowError):
        return True
    words = str(exception)
    return (isinstance(exception, UnicodeEncodeError) and "surrogates" in words) or (
        isinstance(exception, ValueError) and "NUL" in words
    )


def is_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether this answer must not be kept: it belongs to a session, sets a cookie or holds a form token."""
    if response.cookies or (not response.streaming and TOKEN in getattr(response, "content", b"")):
        return True
    is_public = "public" in response.get("Cache-Control", "")
    return settings.SESSION_COOKIE_NAME in request.COOKIES and not is_public
