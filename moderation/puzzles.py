"""A small puzzle for the computer that sends a report (ALTCHA, made and checked here; nobody else is asked).

The browser tries numbers until a key fits, a second or so; a program that sends thousands needs hours.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import altcha
from django.utils.crypto import salted_hmac

from common.database import now

ALGORITHM, ROUNDS = "PBKDF2/SHA-256", 4000
# About a second in a browser on an ordinary telephone: so many keys are tried.
LEAST, MOST = 60, 240
LASTS = timedelta(hours=2)
LONGEST = 4000


@dataclass(frozen=True)
class Solution:
    """A solution that holds: what tells it from all others, and until when it does."""

    digest: str
    expires_at: datetime


def new_puzzle() -> str:
    """Return a puzzle as JSON, for the page."""
    made = altcha.create_challenge(
        ALGORITHM, ROUNDS, counter=LEAST + secrets.randbelow(MOST - LEAST), expires_at=now() + LASTS,
        hmac_secret=_key("puzzle"), hmac_key_secret=_key("solution"),
    )  # fmt: skip
    return json.dumps(made.to_dict())


def read_solution(payload: str) -> Solution | None:
    """Return the solution if it is right and in time, else None; never raises, whatever is sent."""
    if not payload or len(payload) > LONGEST:
        return None
    result = altcha.verify_solution(payload, _key("puzzle"), hmac_key_secret=_key("solution"))
    if not result.verified:
        return None
    parameters = altcha.Payload.from_base64(payload).challenge.parameters
    if not parameters.expires_at:
        return None
    # Of the puzzle, not of what was sent: there are many ways to write the same solution down.
    digest = hashlib.sha256(f"{parameters.nonce}:{parameters.salt}".encode()).hexdigest()
    return Solution(digest, datetime.fromtimestamp(parameters.expires_at, UTC))


def _key(use: str) -> bytes:
    return salted_hmac("moderation.puzzles", use, algorithm="sha256").digest()
