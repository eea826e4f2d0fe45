"""What the news add to the Wagtail admin: the newsletter."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from news.newsletter import staff
from news.viewsets import IssueViewSet

register_snippet(IssueViewSet)
PAGES = [
    path("<int:pk>/", staff.IssueView.as_view(), name="issue"),
    path("<int:pk>/mail/", require_safe(staff.issue_mail), name="mail"),
]


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    """Put the pages below ``/cms/newsletter/``."""
    return [path("newsletter/", include((PAGES, "newsletter_cms")))]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the history of an issue."""
    actions.register_action("news.newsletter_released", _("Let the newsletter go"), _("Newsletter let go"))
    actions.register_action("news.newsletter_recalled", _("Take the newsletter back"), _("Newsletter taken back"))
