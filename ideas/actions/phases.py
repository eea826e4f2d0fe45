"""What happens to a phase."""

from datetime import datetime

from django.db.models.functions import Least

from ideas.models import Phase


def seal_phase(phase_id: int, at: datetime) -> None:
    """Mark a phase as sealed at this moment; one closed before its time ends now."""
    Phase.objects.filter(pk=phase_id).update(sealed_at=at, closes_at=Least("closes_at", at))


def unseal_phase(phase_id: int, until: datetime) -> None:
    """Let a sealed phase run again until a new end. The room that sealed it keeps the record of why."""
    Phase.objects.filter(pk=phase_id).update(sealed_at=None, closes_at=until)
