"""What ideas add to the Wagtail admin."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from ideas.rules import may_take_in
from ideas.views import desk
from ideas.views.outlines import OutlinesView
from ideas.viewsets import ParticipationGroup

register_snippet(ParticipationGroup)

DESK = [
    path("", desk.ListView.as_view(), name="list"),
    path("neu/", desk.NewView.as_view(), name="new"),
    path("<int:pk>/code/", desk.RenewView.as_view(), name="renew"),
]


class ForTheDesk(MenuItem):
    """A menu item for those who may take ideas in."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_take_in(request.user)


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern | URLResolver]:
    """Put the intake desk below ``/cms/eingang/``."""
    return [path("eingang/", include((DESK, "intake")))]


@hooks.register("register_admin_menu_item")
def desk_item() -> MenuItem:
    """Lead to the intake desk."""
    return ForTheDesk(_("Intake"), reverse_lazy("intake:list"), name="intake", icon_name="mail", order=95)


@hooks.register("register_admin_urls")
def outline_address() -> list[URLPattern | URLResolver]:
    """Put the upload of outlines beside the list of districts."""
    return [path("stadtteile/umrisse/", OutlinesView.as_view(), name="ideas_cms_outlines")]
