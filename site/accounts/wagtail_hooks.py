"""What people add to the Wagtail admin: letters with codes."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.letter_views import RIGHT, LettersView


@hooks.register("register_admin_urls")
def letter_address() -> list[URLPattern | URLResolver]:
    """Put letters below ``/cms/briefe/``."""
    return [path("briefe/", LettersView.as_view(), name="letters")]


class ForLetters(MenuItem):
    """A menu item for those who print letters."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(RIGHT)


@hooks.register("register_voting_menu_item")
def letter_item() -> MenuItem:
    """Lead to the letters, in the menu about votes."""
    return ForLetters(_("Letters with codes"), reverse_lazy("letters"), name="letters", icon_name="mail", order=30)
