"""What ideas can be linked with on this site; rooms above plug theirs in here (``news`` its articles)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Union

from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

Person = Union["User", "AnonymousUser"]


@dataclass(frozen=True)
class Target:
    """One end of a link, as pages show it. ``note`` stands beside the title: a campaign, a day."""

    kind: str
    object_id: int
    title: str
    url: str
    note: str = ""


class Linkable:
    """A kind of things; ``get`` and ``find`` only ever return what that person may see."""

    kind: ClassVar[str]
    label: ClassVar[str | Promise]

    def find(self, user: Person, words: str, limit: int) -> list[Target]:
        """Return what fits the words, best first."""
        raise NotImplementedError

    def get(self, user: Person, ids: Iterable[int]) -> dict[int, Target]:
        """Return those of the things that ``user`` may see, by id."""
        raise NotImplementedError

    def naming(self, idea_id: int) -> list[int]:
        """Return the things that name the idea in tables of their own room, newest first."""
        return []


_kinds: dict[str, Linkable] = {}


def register(made: type[Linkable]) -> type[Linkable]:
    """Let a kind take part."""
    _kinds[made.kind] = made()
    return made


def linkables() -> list[Linkable]:
    """Return all kinds."""
    return list(_kinds.values())


def linkable(kind: str) -> Linkable | None:
    """Return the kind of that name."""
    return _kinds.get(kind)
