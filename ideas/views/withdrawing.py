"""Taking an idea back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ideas.actions import withdraw_idea
from ideas.forms import WithdrawForm
from ideas.rules import require_lead
from ideas.views.changing import MINE, own_idea
from ideas.views.drafts import see_other, signed_in, to_sign_in


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then take the idea back; co-authors are told that only its lead can."""
    if not request.user.is_authenticated:
        return to_sign_in(request.path)
    idea = own_idea(request, pk)
    require_lead(request.user, idea)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        withdraw_idea(idea=idea, by=signed_in(request), kind=said["kind"], reason=said["reason"])
        messages.success(request, _("Your idea is withdrawn."))
        return see_other(idea.get_absolute_url())
    context = {"form": form, "idea": idea, "crumbs": MINE, "nav_current": "mein"}
    return render(request, "ideas/withdraw.html", context, status=422 if form.is_bound else 200)
