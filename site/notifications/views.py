"""A person's messages and mail choices; for admins, what could not be delivered."""

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.visitors import person_of
from common.models import Delivery
from common.outbox import try_again
from notifications import actions, queries, supporters
from notifications.forms import MailChoiceForm
from notifications.models import Message


@login_required
@require_http_methods(["GET", "HEAD"])
def message_list(request: HttpRequest) -> HttpResponse:
    """Show messages, newest first."""
    page = queries.page_of_messages(person_of(request), request.GET.get("nach", ""))
    said = {
        "page": page,
        "older_url": f"{reverse('notifications:list')}?nach={page.older}" if page.older else "",
        "newest_url": "" if page.is_first else reverse("notifications:list"),
        "notices": supporters.told(person_of(request)) if page.is_first else [],
        "nav_current": "mein",
    }
    return render(request, "notifications/list.html", said)


@login_required
@require_http_methods(["GET", "HEAD"])
def message_page(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show one message. Looking changes nothing; a button marks it as read."""
    message = get_object_or_404(Message, pk=message_id, person=person_of(request))
    return render(request, "notifications/message.html", {"message": message, "nav_current": "mein"})


@login_required
@require_POST
def mark_read(request: HttpRequest, message_id: int | None = None) -> HttpResponse:
    """Mark one message, or all, as read."""
    if message_id is not None:
        get_object_or_404(Message, pk=message_id, person=person_of(request))
    actions.mark_read(person=person_of(request), message_id=message_id)
    return redirect("notifications:list")


@login_required
@require_POST
def choose_mails(request: HttpRequest) -> HttpResponse:
    """Keep which messages go out by mail."""
    form = MailChoiceForm(request.POST)
    if not form.is_valid():
        return redirect("accounts_own:settings")
    actions.choose_mails(person=person_of(request), wanted=form.cleaned_data["wanted"])
    flash.success(request, _("Your choice is saved."))
    return redirect("accounts_own:settings")


@require_http_methods(["GET", "HEAD", "POST"])
def undelivered(request: HttpRequest) -> HttpResponse:
    """Show admins what was given up after many tries; a POST tries one, or all, once more."""
    if not request.user.is_superuser:
        raise PermissionDenied
    dead = Delivery.objects.filter(state=Delivery.State.DEAD).order_by("-pk")
    if request.method == "POST":
        one = request.POST.get("delivery", "")
        count = try_again(dead.filter(pk=int(one)) if one.isascii() and one.isdigit() and len(one) < 19 else dead)
        flash.success(
            request,
            ngettext("%(n)d delivery is tried again.", "%(n)d deliveries are tried again.", count) % {"n": count},
        )
        return redirect("undelivered")
    waiting = Delivery.objects.exclude(state=Delivery.State.DEAD)
    page = Paginator(dead, 50).get_page(request.GET.get("p"))
    said = {"page": page, "waiting": waiting.count(), "oldest": waiting.order_by("created_at").first()}
    return render(request, "notifications/cms/undelivered.html", said)
