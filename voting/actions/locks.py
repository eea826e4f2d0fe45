"""The locks of this room: voters of a campaign share its lock, sealing has it alone."""


def lock_name(campaign_id: int) -> str:
    """Return the name of a campaign's lock."""
    return f"voting:{campaign_id}"


def voter_lock(campaign_id: int, key: str) -> str:
    """Return the name of one voter's lock, for what concerns several of their supports at once."""
    return f"voting:{campaign_id}:{key}"
