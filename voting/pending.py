"""What somebody wanted to do before signing in; kept in the session by their own, checked request, and done once after it."""

import time
from typing import Any

LONGEST_WAIT = 3600  # seconds between pressing the button and being signed in
_NAME = "pending_support"


def remember(session: Any, idea_id: int, action: str) -> None:
    """Keep what is to be done; an older wish is replaced."""
    session[_NAME] = {"idea": idea_id, "action": action, "at": int(time.time())}


def take(session: Any, idea_id: int) -> str:
    """Return the action that waits for this idea, and forget it; empty when there is none or it is too old."""
    wish = session.get(_NAME)
    if not isinstance(wish, dict) or wish.get("idea") != idea_id:
        return ""
    del session[_NAME]
    return str(wish["action"]) if time.time() - wish["at"] < LONGEST_WAIT else ""
