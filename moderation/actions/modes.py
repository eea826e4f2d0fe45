"""A campaign begins, or stops, to check before publication."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from common.errors import Refused
from moderation.models import ModeChange


def log_mode(
    *, campaign_id: int, title: str, what: str, before: str, after: str, actor: User | None, reason: str
) -> ModeChange:
    """Write down a change of mode, before it is made and in its transaction; the database adds those nobody wrote down.

    Raises ``TransactionManagementError`` outside a transaction and ``Refused`` (422) without a reason.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A change of mode is written down in its own transaction.")
    if not reason.strip():
        words = _("Please say why contributions are checked differently from now on; everybody can read it.")
        raise Refused(words, code="no_reason", status=422, field="mode_reason")
    return ModeChange.objects.create(
        campaign_id_copy=campaign_id, campaign_title=title[:120], what=what, before=before, after=after, actor=actor,
        reason=reason.strip()[:500], happened_at=now(),
    )  # fmt: skip
