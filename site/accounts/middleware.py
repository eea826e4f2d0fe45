"""Staff reach the admin only with a second factor."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

ADMIN, ACCOUNT = "/cms/", "/konto/"


class StaffSecondFactorMiddleware:
    """Leads staff without a second factor to setting one up. (Who has one is asked for it at each sign-in.)"""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_missing(request):
            messages.warning(
                request, _("The town's staff need a second factor. Please set it up now; it takes a minute.")
            )
            return redirect("mfa_activate_totp")
        return self.get_response(request)


class FormStatusMiddleware:
    """Gives the library's pages the status of what they say: a form that comes back is 422, or 429 when it was too fast."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Look at the form of the page, if there is one."""
        form = (response.context_data or {}).get("form")
        if request.path_info.startswith(ACCOUNT) and response.status_code == 200 and form is not None and form.errors:
            codes = {error.code for errors in form.errors.as_data().values() for error in errors}
            response.status_code = 429 if codes & {"too_many_login_attempts", "rate_limited"} else 422
        return response


def is_missing(request: HttpRequest) -> bool:
    """Whether somebody is on the way into the admin without a second factor."""
    return (
        settings.STAFF_SECOND_FACTOR
        and request.path_info.startswith(ADMIN)
        and request.user.is_authenticated
        and request.user.has_perm("wagtailadmin.access_admin")
        and not is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
    )
