"""Signing in, one's own settings, and the ways from Wagtail's own sign-in to ours."""

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStage
from allauth.account.views import RequestLoginCodeView
from allauth.utils import get_request_param
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.actions import change_name
from accounts.adapter import ON_THE_WAY_TO
from accounts.forms import NameForm
from accounts.visitors import person_of
from common.errors import Refused


@method_decorator(sensitive_post_parameters(), name="dispatch")
class RequestCodeView(RequestLoginCodeView):
    """Sends a code. Asking again while one is awaited begins anew – the same for known and unknown addresses."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> HttpResponseRedirect | None:
        if request.method != "POST":
            return super()._redirect_to_pending_stage(request, stage)
        clear_login(request)
        return None

    def form_valid(self, form: RequestLoginCodeForm) -> HttpResponse:
        """Remember where the person was going: who has no account yet goes on by the link in the mail."""
        self.request.session[ON_THE_WAY_TO] = self.get_next_url() or ""
        return super().form_valid(form)


def admin_login(request: HttpRequest) -> HttpResponse:
    """Lead from Wagtail's sign-in to ours; who is signed in already has no business there."""
    if request.user.is_authenticated:
        list(messages.get_messages(request))
        raise PermissionDenied
    return redirect(f"{reverse('account_login')}?{urlencode({'next': get_request_param(request, 'next') or '/cms/'})}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show one's own settings; a POST gives another public name."""
    person = person_of(request)
    form = NameForm(request.POST or None, person=person, initial={"display_name": person.display_name})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                taken = change_name(person=person, name=form.cleaned_data["display_name"])
            except Refused as refusal:
                form.add_error("display_name", refusal.message)
            else:
                waits = _("Your new name waits until somebody has looked at it. Until then the present one stands.")
                messages.success(request, _("Your public name is changed.") if taken else waits)
                return redirect("accounts_own:settings")
        person.refresh_from_db()
    said = {"form": form, "nav_current": "mein", "person": person}
    return render(request, "accounts/settings.html", said, status=status)
