"""What rooms above have to do when ideas are joined, set apart or moved: a class of theirs, named here.

It runs inside the transaction of the change. Without one, nothing more happens.
"""

from ideas.models import Merge


class Followers:
    """What hangs on ideas elsewhere and must move with them."""

    def hold(self, *campaign_ids: int) -> None:
        """Keep everything else from changing until the transaction ends. Raises ``Refused`` where nothing may change."""

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
