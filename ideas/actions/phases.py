"""What happens to a phase."""

from datetime import datetime

from django.db.models.functions import Least

from ideas.models import Phase


def seal_phase(phase_id: int, at: datetime) -> None:
    """Mark a phase as sealed at this moment; one closed before its time ends now."""
    Phase.objects.filter(pk=phase_id).update(sealed_at=at, closes_at=Least("closes_at", at))
