"""The one lock of this room: voters of a campaign share it, sealing has it alone."""


def lock_name(campaign_id: int) -> str:
    """Return the name of a campaign's lock."""
    return f"voting:{campaign_id}"
