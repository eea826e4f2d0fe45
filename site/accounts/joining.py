"""What rooms above have to do when a proof shows that two accounts are one person: a class of theirs, named here."""

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from accounts.models import User


class Joiner:
    """What is kept under the id from which voter keys are computed."""

    def hold(self) -> None:
        """Keep everything from changing until the transaction ends."""

    def lost(self, person: "User") -> list[str]:
        """Return sentences about what the account gives up when it becomes one with an older one."""
        return []

    def give_up(self, voter_id: UUID) -> None:
        """Take back what stands under this id wherever it could still count a second time."""


_joiners: list[Joiner] = []


def joins(cls: type[Joiner]) -> type[Joiner]:
    """Register a class."""
    _joiners.append(cls())
    return cls


def joiners() -> list[Joiner]:
    """Return all of them."""
    return list(_joiners)
