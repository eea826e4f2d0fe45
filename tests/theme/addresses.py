"""Views that go wrong in every way, for the tests of error pages and headers."""

from django import forms
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

from common.errors import Refused

TROUBLES = {
    "denied": PermissionDenied(),
    "suspicious": SuspiciousOperation(),
    "too-big": RequestDataTooBig(),
    "refused": Refused("Die Abstimmung ist schon vorbei.", status=409),
    "broken": RuntimeError("broken"),
    "nul": ValueError("A string literal cannot contain NUL (0x00) characters."),
    "surrogate": UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
    "out-of-range": DataError("value out of range"),
}


def trouble(request: HttpRequest, kind: str) -> HttpResponse:
    """Raise what is asked for."""
    raise TROUBLES[kind]


def plain(request: HttpRequest) -> HttpResponse:
    """Answer like a public page."""
    return render(request, "theme/base.html")


def public(request: HttpRequest) -> HttpResponse:
    """Answer like a picture everybody may keep."""
    answer = HttpResponse("Bild")
    answer["Cache-Control"] = "public, max-age=600"
    return answer


def with_token(request: HttpRequest) -> HttpResponse:
    """Answer with a form."""
    return HttpResponse(f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">')


@csrf_protect
def posted(request: HttpRequest) -> HttpResponse:
    """Take a form."""
    return HttpResponse(request.POST.get("title", ""))


class Sample(forms.Form):
    """A form with one field of each kind that matters."""

    title = forms.CharField(label="Titel", max_length=90, help_text="Kurz und klar.")
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    stance = forms.ChoiceField(label="Haltung", widget=forms.RadioSelect, choices=[("for", "Dafür"), ("no", "Dagegen")])
    tags = forms.MultipleChoiceField(
        label="Themen", widget=forms.CheckboxSelectMultiple, choices=[("a", "Alt"), ("b", "Bau")], required=False
    )
    rules = forms.BooleanField(label="Regeln gelesen")


urlpatterns = [
    path("cms/plain/", plain),
    path("plain/", plain),
    path("public/", public),
    path("token/", with_token),
    path("posted/", posted),
    path("trouble/<str:kind>/", trouble),
    path("", include("theme.urls")),
]
handler400 = "theme.errors.bad_request"
handler403 = "theme.errors.permission_denied"
handler404 = "theme.errors.page_not_found"
handler500 = "theme.errors.server_error"
