"""How states are said: word, colour, sign; and the names they have in addresses."""

from django.utils.translation import gettext as _

from ideas.models import CampaignStatus, Idea, OfficialAnswer
from ideas.models.status import PROGRESS_SLUGS

Progress, State = Idea.Progress, Idea.State

STATUS_SLUGS = PROGRESS_SLUGS
SLUG_STATUS = {slug: progress for progress, slug in STATUS_SLUGS.items()}
_PROGRESS_LOOKS = {
    Progress.NEW: ("sky", "plus"),
    Progress.DISCUSSED: ("plum", "comment"),
    Progress.REVIEWED: ("sun", "hourglass"),
    Progress.PLANNED: ("river", "hammer"),
    Progress.DONE: ("done", "check"),
    Progress.DECLINED: ("grey", "blocked"),
}
_STATE_LOOKS = {
    State.WAITING: ("sun", "clock"),
    State.REFUSED: ("brick", "close"),
    State.HIDDEN: ("brick", "warning"),
    State.WITHDRAWN: ("grey", "close"),
    State.MERGED: ("grey", "merge"),
}


def progress_chip(progress: str) -> dict[str, str]:
    """Return the chip of how far an idea has come."""
    look, sign = _PROGRESS_LOOKS[Progress(progress)]
    return {"look": look, "icon": sign, "text": str(Progress(progress).label)}


def own_chip(status: CampaignStatus) -> dict[str, str]:
    """Return the chip of a campaign's own status: its name and colour, with the sign of what it stands for."""
    return {"look": status.look, "icon": _PROGRESS_LOOKS[Progress(status.progress)][1], "text": status.name}


def status_chip(item: Idea | OfficialAnswer) -> dict[str, str]:
    """Return the chip of how far an idea has come, in its campaign's own words where it has such (join ``status``)."""
    return own_chip(item.status) if item.status else progress_chip(item.progress)


def status_words(item: Idea | OfficialAnswer) -> str:
    """Return the same as plain words."""
    return item.status.name if item.status else str(Progress(item.progress).label)


def state_chip(idea: Idea) -> dict[str, str]:
    """Return the chip its author sees: the state while it is not public, else the progress."""
    if idea.state == State.PUBLIC:
        return status_chip(idea)
    look, sign = _STATE_LOOKS[State.WITHDRAWN if idea.withdrawn_at else State(idea.state)]
    text = _("Withdrawn") if idea.withdrawn_at else str(State(idea.state).label)
    return {"look": look, "icon": sign, "text": text}


def status_labels() -> dict[str, str]:
    """Return the words for the names in addresses."""
    return {slug: str(Progress(progress).label) for progress, slug in STATUS_SLUGS.items()}
