"""An issue on the editor's desk: the mail as it will be, a trial to oneself, and the button that lets it go."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from accounts.models import User
from common.errors import Refused
from news.models import Issue, Letter
from news.newsletter import composing, sending
from news.newsletter.rules import due_time, readers_of
from theme.dates import moment

RIGHT = "news.change_issue"


def issue_for(request: HttpRequest, pk: int) -> Issue:
    """Return the issue; only for those who write issues."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    return get_object_or_404(Issue, pk=pk)


class IssueView(WagtailAdminTemplateMixin, View):
    """Look at an issue, try it, let it go, take it back."""

    page_title = gettext_lazy("Newsletter issue")
    header_icon = "mail"
    template_name = "news/cms/issue.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.issue = issue_for(request, kwargs["pk"])
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        response["Cache-Control"] = "private, no-store"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("wagtailsnippets_news_issue:list"), "label": _("Newsletter")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.issue.subject}]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self.render_to_response(self.get_context_data(**self.shown()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says; 400 for any other word."""
        doing = {"trial": self.trial, "fill": self.fill, "release": self.release, "recall": self.recall}
        do = doing.get(request.POST.get("action", ""))
        if do is None:
            return self.refused(_("There is no such button."), 400)
        try:
            messages.success(request, do())
        except Refused as refusal:
            return self.refused(refusal.message, refusal.status)
        return redirect("newsletter_cms:issue", pk)

    def refused(self, words: str, status: int) -> HttpResponse:
        """Show the page with what went wrong."""
        return self.render_to_response(self.get_context_data(**self.shown(), wrong=words), status=status)

    def shown(self) -> dict[str, object]:
        """Return what the page shows: the mail, for how many it is, and how far it has come."""
        issue = self.issue
        hidden = issue.chosen.count() - len(composing.articles_of(issue))
        return {
            "issue": issue,
            "text": composing.preview(issue, "text").content.decode(),
            "readers": readers_of(issue).count() if issue.state in (Issue.State.DRAFT, Issue.State.WAITING) else 0,
            "goes_out": issue.due_at or due_time(issue, sending.now()),
            "hidden": hidden,
            "numbers": numbers(issue),
            "person": self.request.user,
        }

    def trial(self) -> str:
        """Send it to the editor alone."""
        person = cast(User, self.request.user)
        sending.send_trial(self.issue, person)
        return _("A trial goes to %(mail)s.") % {"mail": person.email}

    def fill(self) -> str:
        """Put in what is new about the topic."""
        count = sending.fill(self.issue)
        if not count:
            return _("There is nothing new about this topic since the last issue.")
        return ngettext("%(count)d article was put in.", "%(count)d articles were put in.", count) % {"count": count}

    def release(self) -> str:
        """Let it go."""
        issue = sending.release(self.issue, cast(User, self.request.user))
        log(issue, "news.newsletter_released", user=self.request.user)
        if issue.kind == Issue.Kind.AT_ONCE or issue.due_at is None:
            return _("The issue is going out.")
        return _("The issue goes out: %(when)s.") % {"when": moment(issue.due_at)}

    def recall(self) -> str:
        """Take it back before its time."""
        sending.recall(self.issue)
        log(self.issue, "news.newsletter_recalled", user=self.request.user)
        return _("The issue is a draft again.")


def numbers(issue: Issue) -> dict[str, int]:
    """Return how many letters there are, were sent, and could not be delivered."""
    return Letter.objects.filter(issue=issue, subscriber__isnull=False).aggregate(
        all=Count("pk"),
        sent=Count("pk", filter=Q(mailed_at__isnull=False)),
        given_up=Count("pk", filter=Q(is_given_up=True)),
    )


def issue_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the mail's HTML, for the frame on the page."""
    return composing.preview(issue_for(request, pk), "")
