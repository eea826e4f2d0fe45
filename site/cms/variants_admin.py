"""Versions in other words and the glossary in the admin."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from cms.models import Term, Variant
from cms.queries.coverage import secret

if TYPE_CHECKING:
    from django.db.models import QuerySet


class AddVariant(CreateView):
    """Begins with the page and version named in the address."""

    def get_initial_form_instance(self) -> Variant | None:
        page = self.request.GET.get("page", "")
        known = Page.objects.exclude(pk__in=secret(self.request.user))
        found = known.filter(pk=page).first() if page.isdecimal() and len(page) < 10 else None
        level = self.request.GET.get("level", "")
        given = {"level": level} if level in Variant.Level.values else {}
        return Variant(page=found, **given) if found else None


def only_known(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 for versions of pages of closed groups that this person is no member of, whatever the address does."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        asked = (
            Variant.objects.filter(pk=named["pk"]) if str(named.get("pk", "")).isdecimal() else Variant.objects.none()
        )
        if asked.filter(page__in=secret(request.user)).exists():
            raise Http404
        return view(request, *args, **named)

    return guarded


class VariantViewSet(SnippetViewSet):
    """Leichte Sprache, plain language, sign language, English."""

    model, icon, menu_label = Variant, "glasses", _("Versions")
    add_view_class = AddVariant
    list_display: ClassVar = ["page", "level", "status_string", "outdated_since", "changed_at"]
    list_filter: ClassVar = ["level", "live"]
    copy_view_enabled = False
    add_to_admin_menu = True
    menu_order = 275

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Variant]":
        """Return all but those of closed groups that this editor is no member of."""
        return Variant.objects.select_related("page").exclude(page__in=secret(request.user))

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return Wagtail's addresses, each of them guarded: history, usage, unpublishing and what may come."""
        patterns = super().get_urlpatterns()
        for pattern in patterns:
            pattern.callback = only_known(pattern.callback)
        return patterns


class TermViewSet(SnippetViewSet):
    """The glossary."""

    model, icon, menu_label = Term, "openquote", _("Glossary")
    list_display: ClassVar = ["word", "explanation"]
    search_fields: ClassVar = ["word", "also", "explanation"]
    copy_view_enabled = False
    add_to_admin_menu = True
    menu_order = 276
