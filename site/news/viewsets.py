"""The issues of the newsletter, as editors find them in the menu."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, SnippetViewSet

from news.models import Issue


def page_of(issue: Issue) -> str:
    """Return where an issue is looked at, tried and sent."""
    return reverse("newsletter_cms:issue", args=[issue.pk])


class WriteIssue(CreateView):
    """After saving an editor sees the mail."""

    def get_success_url(self) -> str:
        return page_of(self.object)


class OnlyDrafts:
    """What is on its way is looked at, but neither changed nor deleted."""

    object: Issue
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the page of the issue instead."""
        if self.object.state != Issue.State.DRAFT:
            messages.warning(request, _("This issue is on its way already. It cannot be changed any more."))
            return redirect(page_of(self.object))
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class ChangeIssue(OnlyDrafts, EditView):
    """Change a draft."""

    def get_success_url(self) -> str:
        return page_of(self.object)


class DeleteIssue(OnlyDrafts, DeleteView):
    """Delete a draft."""


class IssueViewSet(SnippetViewSet):
    """Issues of the newsletter."""

    model, icon, menu_label = Issue, "mail", gettext_lazy("Newsletter")
    list_display: ClassVar = [
        "subject", "topic",
        Column("get_kind_display", label=gettext_lazy("kind")), Column("get_state_display", label=gettext_lazy("state")),
        "due_at", "sent_count",
    ]  # fmt: skip
    list_filter: ClassVar = ["topic", "kind", "state"]
    search_fields: ClassVar = ["subject", "intro"]
    add_view_class, edit_view_class, delete_view_class = WriteIssue, ChangeIssue, DeleteIssue
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_admin_menu = True
    menu_order = 265
