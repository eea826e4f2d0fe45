"""Taking the words of an earlier version from sight, as a moderator: a phone number, a name that should not be there."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from ideas.actions.publishing import locked
from ideas.models import Idea, WithheldVersion
from moderation.rules import may_decide_in

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def withhold_version(*, idea: Idea, number: int, by: "User", reason: str) -> WithheldVersion:
    """Show the words of an earlier public version to moderators only. That it was there, who did this and why stays known.

    The version that is public now is not withheld: for that the whole idea is hidden, with a letter.
    """
    if not may_decide_in(by, idea.campaign_id):
        raise Refused(_("Only moderators can do this."), code="not_allowed", status=403)
    idea = locked(idea.pk)
    version = idea.versions.filter(number=number, published_at__isnull=False).first()
    if version is None or version.pk == idea.approved_version_id:
        raise Refused(_("There is no such earlier version."), code="gone", status=404)
    if not reason.strip():
        raise Refused(_("Please say in a few words why."), code="no_reason", status=422, field="reason")
    reasons = {"reason": reason.strip()[:200], "actor": by, "withheld_at": now()}
    return WithheldVersion.objects.get_or_create(version=version, defaults=reasons)[0]
