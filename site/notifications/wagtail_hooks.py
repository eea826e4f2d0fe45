"""For admins inside Wagtail: what could not be delivered."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from notifications import views


class ForAdmins(MenuItem):
    """A menu item only administrators see."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Put the page below ``/cms/``."""
    return [path("zustellungen/", views.undelivered, name="undelivered")]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    """Lead to it from the reports."""
    return ForAdmins(_("Undelivered"), reverse_lazy("undelivered"), name="undelivered", icon_name="warning", order=900)
