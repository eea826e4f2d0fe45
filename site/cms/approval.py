"""What happens when a page has been approved. Named in the settings and imported while models load: no models here."""

from typing import Any


def publish_approved(state: Any, user: Any = None) -> None:
    """Publish (or schedule) what was approved. Who may approve was asked before; publishing alone is another right."""
    state.content_object.get_latest_revision().publish(user=user, skip_permission_checks=True)
