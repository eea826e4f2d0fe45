"""What the search adds to the Wagtail admin: a menu, and the addresses of its pages for editors."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from search.attachments.staff import UnreadFiles
from search.editors import state, views
from search.editors.frame import RIGHT

PAGES = [
    path("", views.PoorView.as_view(), name="poor"),
    path("synonyme/", views.SynonymsView.as_view(), name="synonyms"),
    path("synonyme/neu/", views.SynonymView.as_view(), name="new_synonym"),
    path("synonyme/<int:pk>/", views.SynonymView.as_view(), name="synonym"),
    path("empfehlungen/", views.RecommendationsView.as_view(), name="recommendations"),
    path("empfehlungen/<int:pk>/beenden/", views.EndRecommendationView.as_view(), name="end_recommendation"),
    path("warum/", views.ExplainView.as_view(), name="explain"),
    path("anhaenge/", UnreadFiles.as_view(), name="files"),
    path("stand/", state.StateView.as_view(), name="state"),
]


class ForEditors(MenuItem):
    """A menu item for those who keep the words of the search."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(RIGHT)


search_menu = Menu(register_hook_name="register_search_menu_item", construct_hook_name="construct_search_menu")


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    """Put the pages below ``/cms/suche/``."""
    return [path("suche/", include((PAGES, "search_cms")))]


@hooks.register("register_admin_menu_item")
def item() -> MenuItem:
    """Gather them in one menu."""
    return SubmenuMenuItem(_("Search on the site"), search_menu, name="town_search", icon_name="search", order=260)


@hooks.register("register_search_menu_item")
def poor_item() -> MenuItem:
    """Lead to the searches without good hits."""
    return ForEditors(_("Without good hits"), reverse_lazy("search_cms:poor"), name="search_poor", order=10)


@hooks.register("register_search_menu_item")
def synonyms_item() -> MenuItem:
    """Lead to the synonyms."""
    return ForEditors(_("Synonyms"), reverse_lazy("search_cms:synonyms"), name="search_synonyms", order=20)


@hooks.register("register_search_menu_item")
def recommendations_item() -> MenuItem:
    """Lead to the recommendations."""
    return ForEditors(
        _("Recommendations"), reverse_lazy("search_cms:recommendations"), name="search_recommended", order=30
    )


@hooks.register("register_search_menu_item")
def explain_item() -> MenuItem:
    """Lead to the explanation."""
    return ForEditors(
        _("Why is a hit where it is?"), reverse_lazy("search_cms:explain"), name="search_explain", order=40
    )


@hooks.register("register_search_menu_item")
def state_item() -> MenuItem:
    """Lead to the state of the index."""
    return ForEditors(_("State of the index"), reverse_lazy("search_cms:state"), name="search_state", order=90)


@hooks.register("register_search_menu_item")
def files_item() -> MenuItem:
    """Lead to the files whose words cannot be found."""
    return MenuItem(_("Files that cannot be searched"), reverse_lazy("search_cms:files"), name="search_files", order=60)
