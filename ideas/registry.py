"""What rooms above have to do or to say about ideas: classes of theirs, named here.

Followers run inside the transaction in which ideas are joined, set apart or moved. Chroniclers add to what an idea's page
tells. Without them, nothing more happens.
"""

from collections.abc import Sequence
from datetime import datetime

from ideas.models import Idea, Merge


class Followers:
    """What hangs on ideas elsewhere and must move with them."""

    def hold(self, *campaign_ids: int) -> None:
        """Keep everything else from changing until the transaction ends. Raises ``Refused`` where nothing may change."""

    def join(self, source: Idea, target: Idea) -> None:
        """Look at two ideas that are about to be merged. Raises ``Refused`` where that must not be."""

    def leave(self, idea: Idea) -> None:
        """Look at an idea that is about to go to another campaign. Raises ``Refused`` where something ties it to its own."""

    def set_apart(self, merge: Merge) -> None:
        """Bring back to the source of the merge what came to its target through it. Raises ``Refused`` if it cannot be."""


_followers: list[Followers] = []


def follows(cls: type[Followers]) -> type[Followers]:
    """Register a class."""
    _followers.append(cls())
    return cls


def followers() -> list[Followers]:
    """Return all of them."""
    return list(_followers)


class Chronicler:
    """What happened to ideas elsewhere, for their evidence trail, and what is promised to them."""

    def entries(self, idea: Idea) -> list[tuple[datetime, dict[str, object]]]:
        """Return entries for ``{% timeline %}`` with their moments."""
        return []

    def next_steps(self, ideas: Sequence[Idea]) -> dict[int, str]:
        """Return a sentence for each idea for which something is promised; few statements for all of them."""
        return {}


_chroniclers: list[Chronicler] = []


def tells(cls: type[Chronicler]) -> type[Chronicler]:
    """Register a class."""
    _chroniclers.append(cls())
    return cls


def told_entries(idea: Idea) -> list[tuple[datetime, dict[str, object]]]:
    """Return what all of them tell about an idea."""
    return [entry for one in _chroniclers for entry in one.entries(idea)]


def told_steps(ideas: Sequence[Idea]) -> dict[int, str]:
    """Return what is promised to ideas, by id."""
    return {pk: words for one in _chroniclers for pk, words in one.next_steps(ideas).items()}
