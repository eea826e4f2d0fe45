"""Two persons for one page: who submits it does not approve it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, PagePermissionTester

from cms.models.town import TownSettings


class SecondPersonTask(AbstractGroupApprovalTask):
    """A step of the review that somebody of the groups takes, but never the person who submitted the page."""

    class Meta:
        verbose_name, verbose_name_plural = _("approval by a second person"), _("approvals by a second person")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Somebody of these groups approves, but not who has submitted the page."))

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        state = obj.current_workflow_state
        if state is not None and state.requested_by_id == user.pk:
            return []
        actions: list[tuple[str, str, bool]] = super().get_actions(obj, user)
        return actions

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet:
        found: QuerySet = super().get_task_states_user_can_moderate(user, **kwargs)
        return found.exclude(workflow_state__requested_by=user)


class ReviewedTester(PagePermissionTester):
    """Rights on a page in a town where, perhaps, nobody publishes alone."""

    @cached_property
    def needs_second(self) -> bool:
        """Tell whether this person may not publish without another one. Administrators may, for emergencies."""
        if self.user.is_superuser:
            return False
        return TownSettings.objects.filter(two_persons=True).exists()

    def can_publish(self) -> bool:
        return bool(super().can_publish()) and not self.needs_second

    def can_publish_subpage(self) -> bool:
        return bool(super().can_publish_subpage()) and not self.needs_second

    def can_unschedule(self) -> bool:
        return bool(super().can_publish())

    def can_set_view_restrictions(self) -> bool:
        return bool(super().can_publish())
