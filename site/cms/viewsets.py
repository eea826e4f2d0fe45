"""Lists that editors keep beside the pages: measures and indicators of the goals."""

from typing import ClassVar

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from cms.models import Contact, Indicator, Measure, Place


class MeasureViewSet(SnippetViewSet):
    """Measures."""

    model, icon, menu_label = Measure, "tasks", _("Measures")
    list_display: ClassVar = ["title", "goal", "state", "percent", "is_public"]
    list_filter: ClassVar = ["goal", "state", "is_public"]
    search_fields: ClassVar = ["title", "text"]
    copy_view_enabled = False


class IndicatorList(IndexView):
    """Indicators, with the way to taking over a table of values."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons: list[HeaderButton] = super().header_buttons
        if self.add_url:
            words = _("Take over a table (CSV)")
            buttons.append(HeaderButton(words, url=reverse("import_series"), icon_name="upload"))
        return buttons


class IndicatorViewSet(SnippetViewSet):
    """Indicators with their values."""

    model, icon, menu_label = Indicator, "table", _("Indicators")
    index_view_class = IndicatorList
    list_display: ClassVar = ["name", "goal", "unit", "source"]
    list_filter: ClassVar = ["goal"]
    search_fields: ClassVar = ["name", "source"]
    copy_view_enabled = False


class ContactViewSet(SnippetViewSet):
    """Contacts; one that stands somewhere is not deleted (``cms.keeping``)."""

    model, icon, menu_label = Contact, "user", _("Contacts")
    list_display: ClassVar = ["office", "name", "phone", "away_until", "check_on"]
    search_fields: ClassVar = ["office", "name", "role"]
    copy_view_enabled = False


class PlaceViewSet(SnippetViewSet):
    """Places with their hours."""

    model, icon, menu_label = Place, "site", _("Places")
    list_display: ClassVar = ["name", "street", "city"]
    search_fields: ClassVar = ["name", "street"]
    copy_view_enabled = False


class ContactsGroup(SnippetViewSetGroup):
    """Whom to ask, and where: both in one menu."""

    menu_label = _("Contacts and places")
    menu_icon = "user"
    menu_order = 270
    items = (ContactViewSet, PlaceViewSet)


class GoalsGroup(SnippetViewSetGroup):
    """Both in one menu."""

    menu_label = _("Goals and numbers")
    menu_icon = "pick"
    menu_order = 260
    items = (MeasureViewSet, IndicatorViewSet)
