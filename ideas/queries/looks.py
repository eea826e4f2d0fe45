"""How states are said: word, colour, sign; and the names they have in addresses."""

from django.utils.translation import gettext as _

from ideas.models import Idea

Progress, State = Idea.Progress, Idea.State

# As they stand in addresses and in the search index; never change them.
STATUS_SLUGS: dict[str, str] = {
    Progress.NEW: "neu",
    Progress.DISCUSSED: "im-gespraech",
    Progress.REVIEWED: "in-pruefung",
    Progress.PLANNED: "wird-umgesetzt",
    Progress.DONE: "umgesetzt",
    Progress.DECLINED: "nicht-umsetzbar",
}
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


def state_chip(idea: Idea) -> dict[str, str]:
    """Return the chip its author sees: the state while it is not public, else the progress."""
    if idea.state == State.PUBLIC:
        return progress_chip(idea.progress)
    look, sign = _STATE_LOOKS[State.WITHDRAWN if idea.withdrawn_at else State(idea.state)]
    text = _("Withdrawn") if idea.withdrawn_at else str(State(idea.state).label)
    return {"look": look, "icon": sign, "text": text}


def status_labels() -> dict[str, str]:
    """Return the words for the names in addresses."""
    return {slug: str(Progress(progress).label) for progress, slug in STATUS_SLUGS.items()}
