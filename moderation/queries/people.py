"""Who moderates: for handing over, and for responsibilities."""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, Q, QuerySet

from moderation.models import Case, Remit, RemitCampaign
from moderation.registry import hidden_campaigns

if TYPE_CHECKING:
    from accounts.models import User


def moderators() -> "QuerySet[User]":
    """Return everybody active who may decide, by name: through a group, by themselves, or as superuser."""
    right = Permission.objects.filter(content_type__app_label="moderation", codename="decide")
    has = Q(is_superuser=True) | Q(user_permissions__in=right) | Q(groups__permissions__in=right)
    found: QuerySet[User] = get_user_model()._default_manager.filter(has, is_active=True)
    return found.distinct().order_by("display_name", "pk")


def moderators_of(campaign_id: int | None) -> "QuerySet[User]":
    """Return those among them who moderate that campaign: all without a remit, and those with it in theirs."""
    named = [] if campaign_id is None else [campaign_id]
    has_one = Remit.objects.filter(person=OuterRef("pk"))
    theirs = RemitCampaign.objects.filter(remit__person=OuterRef("pk"), campaign_id_copy__in=named)
    return moderators().filter(~Exists(has_one) | Exists(theirs))


def colleagues(case: Case, user: "User") -> "list[User]":
    """Return who else may decide a case."""
    found = moderators_of(case.campaign_id_copy).exclude(pk=user.pk)[:200]
    return [person for person in found if not is_hidden(case, person)]


def is_hidden(case: Case, user: "User") -> bool:
    """Tell whether the case belongs to a closed group of others."""
    return any(rows.filter(pk=case.campaign_id_copy).exists() for rows in hidden_campaigns(user))
