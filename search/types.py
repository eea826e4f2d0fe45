"""What goes through a search: words, conditions, hits; plain data without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from search.registry import Doc

Sort = Literal["relevance", "newest", "votes"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "votes")
FACETS = ("kind", "campaign", "category", "district", "status", "year")
PAGE_SIZE, MAX_PAGES = 20, 50


@dataclass(frozen=True)
class Word:
    """One token, in any column."""

    token: str


@dataclass(frozen=True)
class Near:
    """Tokens within a few words of each other; in the running text, not among the parts of compounds."""

    tokens: tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """Tokens in this order, one after the other."""

    tokens: tuple[str, ...]


@dataclass(frozen=True)
class All:
    """All of these conditions."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one of these conditions."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class Without:
    """A condition, and none of the others."""

    node: "Node"
    excluded: tuple["Node", ...]


Node = Word | Near | Phrase | All | AnyOf | Without


@dataclass(frozen=True)
class Term:
    """One word of a question: as typed, folded, its term and parts, and what it may stand for."""

    raw: str
    word: str
    term: str
    parts: tuple[str, ...] = ()
    tail: str = ""
    fixes: tuple["Term", ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    kept: tuple[tuple[str, ...], ...] = ()  # what editors want to be found for it as well


@dataclass(frozen=True)
class Query:
    """A question, read."""

    text: str
    terms: tuple[Term, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.phrases)


@dataclass(frozen=True)
class Scope:
    """What the asking person may search at all; made by ``scope_for(user)``, never from request data."""

    kinds: frozenset[str]
    campaigns: frozenset[str] | None = None


@dataclass(frozen=True)
class Ask:
    """One question to a backend: what must match, which rows, in which order; what meets more of ``better`` comes first."""

    node: Node
    better: tuple[Node, ...] = ()
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = PAGE_SIZE


@dataclass(frozen=True)
class Found:
    """A row that a backend found."""

    kind: str
    object_id: int
    score: float


@dataclass
class Hit:
    """A hit as shown: everything but the score comes from the object, read afresh."""

    key: str
    kind: str
    object_id: int
    title: str
    url: str
    label: str
    icon: str
    note: str
    doc: Doc
    object: Any = None
    score: float = 0.0
    place: str = ""
    title_html: str = ""
    excerpt_html: str = ""
    language: str = "de"
    in_file: Any = None  # search.attachments.showing.InFile


@dataclass(frozen=True)
class Choice:
    """One value of a facet, with how many hits it would leave."""

    value: str
    label: str
    count: int
    chosen: bool
    at_least: bool = False  # so many or more: there were too many to count them all


@dataclass
class Page:
    """One page of an answer."""

    query: Query
    hits: list[Hit] = field(default_factory=list)
    similar_hits: list[Hit] = field(default_factory=list)
    recommended: list[Hit] = field(default_factory=list)  # by editors, for these very words
    total: int = 0
    is_exact: bool = True  # otherwise the total is a lower bound
    facets: dict[str, list[Choice]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)  # chosen facet → hits there would be without it
    corrected: str = ""
    sort: Sort = "relevance"
    number: int = 1
    size: int = PAGE_SIZE
    backend: str = ""
    degraded: bool = False
    took_ms: float = 0.0

    @property
    def last(self) -> int:
        """The number of the last page that can be asked for."""
        return max(1, min(MAX_PAGES, -(-self.total // self.size)))


@dataclass(frozen=True)
class Suggestion:
    """A title or a name that begins like what was typed."""

    title: str
    url: str
    kind: str
    label: str = ""
    icon: str = ""


@dataclass
class Similar:
    """Something much like a draft; ``likeness`` is between 0 and 1."""

    hit: Hit
    likeness: float

    @property
    def very_similar(self) -> bool:
        """Whether it is probably the same thing."""
        return self.likeness >= VERY_SIMILAR


VERY_SIMILAR = 0.65
Counts = dict[tuple[str, ...], int]  # values in the order of FACETS → number of hits
Columns = Sequence[str]
