"""How a result is written down, so that anybody can compute its hash again."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

# Who closed a vote, as it stands in the result: the time set for it, or a person before that time.
CLOCK, HAND = "clock", "hand"


def digest(snapshot: dict[str, Any]) -> str:
    """Return the SHA-256 of the snapshot in its one spelling: sorted keys, no spaces, UTF-8."""
    text = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_rows(rows: Iterable[tuple[object, ...]]) -> str:
    """Return the SHA-256 over rows as a set: a line for each, its values joined by ``|``, the lines sorted.

    It stands in the result, so that whoever changes, adds, removes or exchanges a row later is found out, even when
    all sums stay the same and the campaign's secret is gone.
    """
    lines = sorted("|".join("" if value is None else str(value) for value in row) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
