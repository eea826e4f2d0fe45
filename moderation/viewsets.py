"""Lists that moderators keep in the Wagtail admin: letter templates."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts.models import User
from moderation import rules
from moderation.models import LetterTemplate
from moderation.queries.people import moderators_of


class ForModerators(BasePermissionPolicy):
    """Who decides cases may do everything with these; nobody else anything."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return rules.may_decide(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return rules.may_decide(user)

    def users_with_any_permission(self, actions: Any) -> Any:
        return User.objects.filter(pk__in=[person.pk for person in moderators_of(None)])


register_permission_policy(LetterTemplate, ForModerators(LetterTemplate))


class LetterTemplateViewSet(ModelViewSet):
    """Letter templates; a placeholder that does not exist is refused at saving."""

    model = LetterTemplate
    name = "letter_templates"
    url_prefix = "moderation/vorlagen"
    icon = "mail"
    menu_label = _("Letter templates")
    add_to_admin_menu = False
    inspect_view_enabled = False
    copy_view_enabled = False
    list_display: ClassVar = ["title", "decision", "is_offered"]
    list_filter: ClassVar = ["decision", "is_offered"]
    search_fields: ClassVar = ["title", "text"]
    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("decision"),
        FieldPanel("text"),
        HelpPanel(template="moderation/cms/parts/placeholders.html"),
        FieldPanel("is_offered"),
    ]
