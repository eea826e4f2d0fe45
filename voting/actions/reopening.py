"""Opening a sealed vote again: only with a reason that everybody can read, and both results stay on record."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from common.database import lock, now
from common.errors import Refused
from common.events import announce
from ideas.actions.phases import unseal_phase
from ideas.models import Phase
from voting.actions.locks import lock_name
from voting.events import PHASE_REOPENED
from voting.models import KeyDestroyed, Reopening

if TYPE_CHECKING:
    from accounts.models import User

MOST_WORDS = 500


@transaction.atomic
def reopen_phase(*, phase: Phase, by: "User", because: str, until: datetime) -> Reopening:
    """Let a sealed phase take votes again until a new end.

    Raises ``Refused``: not_sealed, past (the new end), reason, key_gone (people could vote twice).
    """
    lock(lock_name(phase.campaign_id))
    phase = Phase.objects.get(pk=phase.pk)
    if phase.sealed_at is None:
        raise Refused(_("This vote is not sealed."), code="not_sealed")
    moment = now()
    if until <= moment:
        raise Refused(_("The new end must lie in the future."), code="past", status=422, field="until")
    if not because.strip():
        raise Refused(_("Please say why. Everybody can read it."), code="reason", status=422, field="because")
    _require_key(phase.campaign_id)
    # Of the same clock as the seal: SQLite's own has milliseconds only, and could say that it came before.
    row = Reopening.objects.create(phase=phase, by=by, because=because.strip()[:MOST_WORDS], until=until, at=moment)
    unseal_phase(phase.pk, until)
    announce(PHASE_REOPENED, phase_id=phase.pk)
    return row


def _require_key(campaign_id: int) -> None:
    """Refuse once nobody can be recognised any more: whoever has voted could vote a second time."""
    if KeyDestroyed.objects.filter(campaign=campaign_id).exists():
        words = _("The votes of this campaign were made anonymous for good. It cannot vote again.")
        raise Refused(words, code="key_gone")
