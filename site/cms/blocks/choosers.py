"""Windows in which editors choose a campaign or an idea instead of typing its number."""

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    CreationFormMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from ideas.models import Campaign, Idea


class CarefulChooser(BaseChooser):
    """Wagtail's widget, but a value that is no number chooses nothing instead of breaking the page."""

    def get_instance(self, value: object) -> Model | None:
        try:
            found: Model | None = super().get_instance(value)
        except (TypeError, ValueError, OverflowError):
            return None
        return found


class IdeaSearchForm(SearchFilterMixin, BaseFilterForm):
    """One field: words in the title."""


class IdeaList(BaseChooseView):
    """Public ideas, newest first, with what tells two equal titles apart."""

    ordering = "-published_at"
    per_page = 20

    def get_object_list(self) -> QuerySet[Idea]:
        return Idea.objects.listed().select_related("campaign", "district")

    def filter_object_list(self, objects: QuerySet[Model]) -> QuerySet[Model]:
        words = self.request.GET.get("q", "").replace("\x00", "").strip()
        return objects.filter(title__icontains=words[:80]) if words else objects

    def get_filter_form_class(self) -> type:
        return IdeaSearchForm

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("campaign", label=_("Campaign")), Column("district", label=_("District"))]


class IdeaChoose(ChooseViewMixin, CreationFormMixin, IdeaList):
    """The window."""


class IdeaResults(ChooseResultsViewMixin, CreationFormMixin, IdeaList):
    """The list in the window, when it is searched."""


class IdeaChooserViewSet(ChooserViewSet):
    """Choosing an idea."""

    model = Idea
    base_widget_class = CarefulChooser
    icon = "pick"
    choose_one_text = _("Choose an idea")
    choose_another_text = _("Choose another idea")
    edit_item_text = _("Show this idea")
    choose_view_class = IdeaChoose
    choose_results_view_class = IdeaResults


class CampaignChooserViewSet(ChooserViewSet):
    """Choosing a campaign."""

    model = Campaign
    base_widget_class = CarefulChooser
    icon = "group"
    choose_one_text = _("Choose a campaign")
    choose_another_text = _("Choose another campaign")
    edit_item_text = _("Edit this campaign")


idea_chooser = IdeaChooserViewSet("idea_chooser", url_prefix="waehlen/idee")
campaign_chooser = CampaignChooserViewSet("campaign_chooser", url_prefix="waehlen/kampagne")
CampaignChooserBlock = campaign_chooser.get_block_class(name="CampaignChooserBlock", module_path="cms.blocks.choosers")
IdeaChooserBlock = idea_chooser.get_block_class(name="IdeaChooserBlock", module_path="cms.blocks.choosers")
