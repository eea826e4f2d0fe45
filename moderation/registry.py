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
from django.utils.translation import gettext, gettext_lazy

from common.errors import Refused
from moderation.watch import Watched


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
    #: all words of the author, for the assistance; left empty, title and excerpt are looked at
    text: str = ""


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
    #: whether it counts as something that somebody has contributed: first, or much in a short time
    is_contribution: bool = True
    #: whether its title is the author's own words (that of a comment is the idea's): the memory reads it only then
    own_title: bool = True
    #: decisions that make sense for this kind, by state of the contribution
    decisions: Mapping[str, tuple[str, ...]] = {}
    #: states an author can bring about without a moderator; ``verify_audit`` does not miss a decision there
    by_author: tuple[str, ...] = ("withdrawn", "deleted")
    #: whose changes of state the database writes down by itself (``moderation.watch``), if it does
    watched: Watched | None = None

    def describe(self, object_id: int) -> Snapshot | None:
        """Return what there is to decide on now, or None when it is gone."""
        raise NotImplementedError

    def as_read(self, object_id: int) -> Snapshot | None:
        """Return the contribution as its readers have it (what waits is not theirs): for whoever reports it."""
        return self.describe(object_id)

    def words(self, object_id: int) -> str:
        """Return all words as their readers have them: what a report keeps."""
        seen = self.as_read(object_id)
        return f"{seen.title}\n\n{seen.excerpt}" if seen else ""

    def evidence(self, object_id: int) -> list[tuple[str, bytes]]:
        """Return everything there is, as files with their names, for the authorities in a grave case."""
        return [("words.txt", self.words(object_id).encode())]

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

    def recorded_title(self, case: Any) -> str:
        """Return what an entry of the record calls it, for ever: not what may have to be forgotten."""
        return str(case.title)

    def recorded(self, entry: Any, target: str = "") -> None:
        """Keep what belongs to an entry of the record and needs its number; in the same transaction, waiting for nothing."""

    def wrote(self, person_id: int, user: Any) -> bool:
        """Tell whether ``user`` may see something of this kind with that person's public name beside it."""
        return False

    def terms(self, decision: str, target: str) -> tuple[str, str]:
        """Return where and for how long a decision about a person would hold, in words; nothing for everything else."""
        return "", ""

    def as_it_is(self, object_id: int) -> dict[str, Any]:
        """Return what ``take_back`` will need to know about how it was before a decision; must fit into JSON."""
        return {}

    def take_back(self, decision: str, object_id: int, version: int, *, before: dict[str, Any], actor: Any) -> None:
        """Bring a contribution back to how it was ``before`` the decision. Raises ``Refused`` if that cannot be."""
        back = {"hide": "restore", "restore": "hide"}
        if decision in back:
            self.act(back[decision], object_id, version, actor=actor)
        elif decision != "request_change":
            raise Refused(gettext("This decision cannot be taken back."), code="no_way_back", status=409)

    def targets(self, decision: str, object_id: int, words: str, user: Any) -> list[Target]:
        """Return where the contribution could go by such a decision: what ``words`` find or name, else what suggests itself."""
        return []

    def decisions_on(self, object_id: int, state: str) -> tuple[str, ...]:
        """Return the decisions that make sense for this one contribution, which is in that state."""
        return self.decisions.get(state, ())

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


def all_moderated() -> list[Moderated]:
    """Return the adapters of all kinds."""
    return list(_kinds.values())


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


#: title and text → its telling words and how much each tells; wired to the search room by a room above both
WordReader = Callable[[str, str], Mapping[str, float]]
_readers: list[WordReader] = []


def reads_words(reader: WordReader) -> WordReader:
    """Register who reads texts for the memory: the analysis of the search, which this room does not know."""
    _readers[:] = [reader]
    return reader


def telling_words(title: str, text: str) -> Mapping[str, float]:
    """Return the telling words of a text with their weights; none when nobody reads."""
    return _readers[0](title, text) if _readers else {}


#: who → the campaigns that person may know of, as (id, title)
CampaignNames = Callable[[Any], Iterable[tuple[int, str]]]
_namers: list[CampaignNames] = []


def names_campaigns(namer: CampaignNames) -> CampaignNames:
    """Register who knows the campaigns by name: for settings that hold for one of them."""
    if namer not in _namers:
        _namers.append(namer)
    return namer


def campaign_names(user: Any) -> dict[int, str]:
    """Return the titles of the campaigns that ``user`` may know of, by id."""
    return {number: title for namer in _namers for number, title in namer(user)}
