"""How the board plugs into search: its page, its published results, its recommendations. Nothing of the room."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from boards.models import BoardPage, ResultPage
from boards.queries.advice import shown_recommendations
from cms.searchable import TextPageSearch
from search.registry import Builder, Doc, register
from theme.markdown import as_text


@register
class BoardSearch(TextPageSearch):
    """The page of the board; names of members are not on it for search, so that taken back consent leaves nothing there."""

    kind, model = "board", BoardPage  # type: ignore[assignment]
    label, label_plural = _("Advisory board"), _("Advisory boards")
    icon, order = "people", 52


@register
class ResultSearch(TextPageSearch):
    """Results that came out of the closed room."""

    kind, model = "board_result", ResultPage  # type: ignore[assignment]
    label, label_plural = _("Result of the board"), _("Results of the board")
    icon, order = "people", 53


@register
class RecommendationSearch(Builder):
    """Recommendations to the town, with its answers."""

    kind = "advice"
    label, label_plural = _("Recommendation"), _("Recommendations")
    icon, order = "people", 35

    def visible_to(self, user: object) -> QuerySet:
        return shown_recommendations()

    def prepare(self, queryset: QuerySet) -> QuerySet:
        return queryset.prefetch_related("answers")

    def document(self, recommendation: Any) -> Doc:
        texts = [recommendation.text, *(answer.text for answer in recommendation.answers.all())]
        return Doc(title=recommendation.title, body="\n".join(as_text(text) for text in texts))
