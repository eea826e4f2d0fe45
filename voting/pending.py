"""What somebody wanted to do before signing in; kept in the session by their own, checked request, and done once after it."""

import time
from typing import Any

LONGEST_WAIT = 3600  # seconds between pressing the button and being signed in


def remember(session: Any, object_id: int, action: str, kind: str = "support") -> None:
    """Keep what is to be done; an older wish of this kind is replaced."""
    session[_name(kind)] = {"idea": object_id, "action": action, "at": int(time.time())}


def take(session: Any, object_id: int, kind: str = "support") -> str:
    """Return the action that waits for this object, and forget it; empty when there is none or it is too old."""
    wish = session.get(_name(kind))
    if not isinstance(wish, dict) or wish.get("idea") != object_id:
        return ""
    del session[_name(kind)]
    return str(wish["action"]) if time.time() - wish["at"] < LONGEST_WAIT else ""


def _name(kind: str) -> str:
    return f"pending_{kind}"
