"""What editors keep beside the page: members, meetings, recommendations; and what offices answer."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from boards.models import Answer, Meeting, Recommendation, Seat


class SeatViewSet(SnippetViewSet):
    """Members, named or not."""

    model, icon, menu_label = Seat, "group", _("Members of the board")
    list_display: ClassVar = ["name", "role", "since", "until", "consent_on", "shown_until"]
    search_fields: ClassVar = ["name", "role"]
    copy_view_enabled = False


class MeetingViewSet(SnippetViewSet):
    """Meetings with agenda and minutes."""

    model, icon, menu_label = Meeting, "calendar", _("Meetings of the board")
    list_display: ClassVar = ["title", "starts_at", "place", "is_public", "minutes_public"]
    list_filter: ClassVar = ["is_public", "minutes_public"]
    search_fields: ClassVar = ["title", "place"]


class RecommendationViewSet(SnippetViewSet):
    """Recommendations with the day on which an answer is due."""

    model, icon, menu_label = Recommendation, "pick", _("Recommendations")
    list_display: ClassVar = ["title", "decided_on", "answer_by", "is_public"]
    list_filter: ClassVar = ["is_public"]
    search_fields: ClassVar = ["title", "text"]
    copy_view_enabled = False


class AnswerViewSet(SnippetViewSet):
    """Answers of the town; offices write them too."""

    model, icon, menu_label = Answer, "mail", _("Answers to the board")
    list_display: ClassVar = ["recommendation", "result", "office", "answered_on"]
    list_filter: ClassVar = ["result"]
    search_fields: ClassVar = ["text", "office"]
    copy_view_enabled = False


class BoardGroup(SnippetViewSetGroup):
    """All in one menu."""

    menu_label = _("Advisory board")
    menu_icon = "group"
    menu_order = 265
    items = (MeetingViewSet, RecommendationViewSet, AnswerViewSet, SeatViewSet)
