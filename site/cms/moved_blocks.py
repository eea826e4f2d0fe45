"""The blocks of a campaign's page for a copy of it: the same texts, about the new campaign, at the new time."""

import json
from datetime import date
from typing import Any

from cms.models import CampaignPage
from ideas.actions.copying import Shift
from ideas.models import Campaign

DAYS = ("day", "last_day")


def copied_body(source: CampaignPage, campaign: Campaign, shift: Shift) -> str:
    """Return the body of the page for another campaign, as it is stored."""
    return json.dumps([moved(dict(block), source.campaign_id, campaign.pk, shift) for block in source.body.raw_data])


def moved(block: Any, old: int, new: int, shift: Shift) -> Any:
    """Return a value with its campaign replaced and its dates moved, however deep they lie."""
    if isinstance(block, list):
        return [moved(one, old, new, shift) for one in block]
    if not isinstance(block, dict):
        return block
    return {name: moved_value(name, value, old, new, shift) for name, value in block.items() if name != "id"}


def moved_value(name: str, value: Any, old: int, new: int, shift: Shift) -> Any:
    """Return one named value of a block."""
    if name == "campaign" and value == old:
        return new
    if name in DAYS and value:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
        return shift.day(day).isoformat()
    return moved(value, old, new, shift)
