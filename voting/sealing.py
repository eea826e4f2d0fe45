"""How a result is written down, so that anybody can compute its hash again."""

import hashlib
import json
from typing import Any


def digest(snapshot: dict[str, Any]) -> str:
    """Return the SHA-256 of the snapshot in its one spelling: sorted keys, no spaces, UTF-8."""
    text = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
