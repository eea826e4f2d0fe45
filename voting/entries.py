"""What stands in the public list for each event: the one spelling whose hashes the roots are made of.

    entry    7|2026-11-22T15:00:00Z|<commitment>|<seal>
    seal     SHA-256 of  <salt>|<content>
    content  <campaign>|<kind>|<phase>|<idea>|<comment>|<change>|<value>     (numbers; empty where there is none)

While the numbers of a campaign are hidden, its entries are published without content and salt: nobody can find out by
trying what an entry says, and once they are shown everybody can check that it has always said so.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from voting import merkle

COLUMNS = (
    "pk", "hour", "commitment", "campaign_id", "kind", "phase_id", "idea_id", "comment_id", "change", "value",
)  # fmt: skip
NAMES = ("campaign", "kind", "phase", "idea", "comment", "change", "value")
Salts = Mapping[int, str]


@dataclass(frozen=True)
class Entry:
    """One event as the public list has it."""

    number: int
    hour: datetime
    commitment: str
    content: tuple[Any, ...]
    salt: str

    @property
    def seal(self) -> str:
        """Return the hash that stands for the content."""
        words = "|".join("" if part is None else str(part) for part in self.content)
        return sha256(f"{self.salt}|{words}".encode()).hexdigest()

    @property
    def line(self) -> str:
        """Return the line that is hashed into the tree."""
        return f"{self.number}|{spelled(self.hour)}|{self.commitment}|{self.seal}"

    def published(self, *, shown: bool) -> dict[str, Any]:
        """Return what everybody can read of it; with ``shown`` also what it says."""
        words: dict[str, Any] = {"number": self.number, "hour": spelled(self.hour), "commitment": self.commitment}
        words["seal"] = self.seal
        if shown:
            words |= {"salt": self.salt, "content": dict(zip(NAMES, self.content, strict=True))}
        return words


def entry_of(row: tuple[Any, ...], salts: Salts) -> Entry:
    """Return the entry of an event's ``COLUMNS``; each entry has a salt of its own."""
    number, hour, commitment, *content = row
    salt = hmac.digest(bytes.fromhex(salts[content[0]]), str(number).encode(), "sha256").hex()
    return Entry(number, hour, commitment, tuple(content), salt)


def head(number: int, former: str) -> str:
    """Return the first line of every tree: it ties a root to the one before it."""
    return f"root|{number}|{former}"


def leaves(number: int, former: str, entries: Iterable[Entry]) -> list[bytes]:
    """Return the leaves of a root's tree."""
    return [merkle.leaf(head(number, former)), *(merkle.leaf(entry.line) for entry in entries)]


def spelled(hour: datetime) -> str:
    """Return a moment as it stands in entries: UTC, to the second."""
    return hour.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
