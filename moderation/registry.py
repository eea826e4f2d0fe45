"""How a kind of contribution plugs into moderation: a class in its own room's ``moderated.py``, registered here::

@moderates("idea")
class ModeratedIdea(Moderated):
    label, yours = _("Idea"), _("your idea")
    preview_template = "ideas/parts/moderated_idea.html"  # shown with ``subject``: as the public would see it
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Snapshot:
    """What queue and record keep of a contribution."""

    title: str
    excerpt: str
    author_id: int | None
    author_name: str
    campaign_id: int | None
    campaign_title: str
    version: int
    state: str
    url: str
    marks: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Target:
    """Where a contribution may go: another one it is merged with, another campaign."""

    value: str
    title: str
    facts: str = ""
    excerpt: str = ""
    url: str = ""


@dataclass(frozen=True)
class Done:
    """What a decision has done: the states before and after, and in words where and for how long that holds."""

    before: str
    after: str
    scope: str = ""
    duration: str = ""


class Moderated:
    """What a room says and does for its kind. ``apply`` runs inside the transaction of the decision."""

    label: str | Promise
    #: as in "We have hidden …": „Ihre Idee", „Ihren Kommentar"
    yours: str | Promise = gettext_lazy("your contribution")
    preview_template: str
    #: decisions that make sense for this kind, by state of the contribution
    decisions: Mapping[str, tuple[str, ...]] = {}
    #: states an author can bring about without a moderator; ``verify_audit`` does not miss a decision there
    by_author: tuple[str, ...] = ("withdrawn", "deleted")

    def describe(self, object_id: int) -> Snapshot | None:
        """Return what there is to decide on now, or None when it is gone."""
        raise NotImplementedError

    def as_read(self, object_id: int) -> Snapshot | None:
        """Return the contribution as its readers have it (what waits is not theirs): for whoever reports it."""
        return self.describe(object_id)

    def preview(self, object_id: int, version: int) -> dict[str, Any]:
        """Return the context of ``preview_template``."""
        raise NotImplementedError

    def apply(self, decision: str, object_id: int, version: int) -> tuple[str, str]:
        """Carry out a decision on that version; return the state before and after. Raises ``Refused`` if it cannot be."""
        raise NotImplementedError

    def act(
        self,
        decision: str,
        object_id: int,
        version: int,
        *,
        actor: Any,
        target: str = "",
        reason: str = "",
        second: bool = False,
    ) -> Done:
        """Carry out a decision that needs to know more: who decides, why, and where to. ``second``: after a complaint."""
        return Done(*self.apply(decision, object_id, version))

    def targets(self, decision: str, object_id: int, words: str, user: Any) -> list[Target]:
        """Return where the contribution could go by such a decision: what ``words`` find or name, else what suggests itself."""
        return []

    def label_of(self, decision: str, state: str) -> str | Promise:
        """Return the name of a decision where this kind, in this state, has a better one."""
        return ""

    def states(self, object_ids: Iterable[int]) -> dict[int, str]:
        """Return the present states of many (for ``verify_audit``); a kind with many rows does it in one statement."""
        found = {object_id: self.describe(object_id) for object_id in object_ids}
        return {object_id: snapshot.state for object_id, snapshot in found.items() if snapshot}

    def reportable(self, object_id: int, user: Any) -> Model | None:
        """Return the contribution if ``user`` may see it and so may report it, else None."""
        raise NotImplementedError


_kinds: dict[str, Moderated] = {}
Hider = Callable[[Any], QuerySet]
_hiders: list[Hider] = []


def moderates(kind: str) -> Callable[[type[Moderated]], type[Moderated]]:
    """Register a class for ``kind``; a second one for the same kind is an error."""

    def register(cls: type[Moderated]) -> type[Moderated]:
        if kind in _kinds:
            raise ValueError(f"{kind} is moderated twice.")
        _kinds[kind] = cls()
        return cls

    return register


def moderated(kind: str) -> Moderated:
    """Return the adapter of a kind; raises ``KeyError`` for one nobody registered."""
    return _kinds[kind]


def kinds() -> dict[str, str | Promise]:
    """Return all kinds with their labels."""
    return {kind: adapter.label for kind, adapter in _kinds.items()}


def hides_campaigns(hider: Hider) -> Hider:
    """Register who knows of campaigns that not even every moderator may look into; it returns their ids for a person."""
    if hider not in _hiders:
        _hiders.append(hider)
    return hider


def hidden_campaigns(user: Any) -> list[QuerySet]:
    """Return, as queries to be put into others, the ids of the campaigns whose cases are nothing for ``user``."""
    return [hider(user) for hider in _hiders]
