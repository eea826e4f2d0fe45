"""What every answer gets: the admin's looser content policy, and 'private, no-store' where a person is known."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PlainAnswersMiddleware:
    """Placeholder order of duties; see the theme room."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
