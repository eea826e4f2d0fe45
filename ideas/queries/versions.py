"""The versions of an idea that were public, with what changed from one to the next; those that never were, for its writers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ideas.content import IdeaContent
from ideas.models import Idea, IdeaVersion, WithheldVersion
from ideas.queries.differences import Budget, Run, differences, shortened
from ideas.queries.questions import private_keys, reads_all_answers
from ideas.questions import may_be_read
from ideas.rules import CHANGEABLE, Person, text_shown, writes
from moderation.rules import may_decide_in

AT_ONCE = 10
Answers = Iterable[Mapping[str, Any]]
Reader = Callable[[Answers], Answers]


@dataclass(frozen=True)
class Change:
    """One thing that is different: a text word by word (``runs``), or what went and what came."""

    label: str
    runs: list[Run] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """A version as its page shows it. ``changes`` is None for the first one, and where words are not shown."""

    version: IdeaVersion
    name: str
    when: datetime
    look: str
    words: str
    compared_with: int | None
    changes: list[Change] | None
    withheld: WithheldVersion | None
    may_withhold: bool


@dataclass(frozen=True)
class Versions:
    """Some versions, the newest first, and where the earlier ones begin."""

    rows: list[Row]
    earlier: int | None


def versions_with_parts(versions: QuerySet[IdeaVersion]) -> QuerySet[IdeaVersion]:
    """Return the queryset with all that is compared."""
    joins = ("author", "topic", "goal", "district", "withheld")
    return versions.select_related(*joins).prefetch_related("pictures__picture", "files__file")


def versions_for(idea: Idea, user: Person, upto: int | None = None) -> Versions:
    """Return the versions ``user`` may read, from number ``upto`` down."""
    sees_all = may_decide_in(user, idea.campaign_id) or writes(user, idea)
    found = versions_with_parts(idea.versions.all() if sees_all else idea.versions.filter(published_at__isnull=False))
    if upto is not None:
        found = found.filter(number__lte=upto)
    page = list(found.order_by("-number")[: AT_ONCE + 1])
    shown, budget, reads = page[:AT_ONCE], Budget(), answers_for(user, idea)
    rows = []
    for place, version in enumerate(shown):
        earlier = next((other for other in page[place + 1 :] if other.published_at), None)
        if earlier is None and len(page) > AT_ONCE:
            earlier = public_before(idea, version)
        rows.append(row_of(idea, version, earlier, user, reads, budget))
    return Versions(rows, page[AT_ONCE].number if len(page) > AT_ONCE else None)


def public_before(idea: Idea, version: IdeaVersion) -> IdeaVersion | None:
    """Return the last version before this one that was public."""
    before = idea.versions.filter(number__lt=version.number, published_at__isnull=False)
    return versions_with_parts(before).order_by("-number").first()


def version_to_compare(idea: Idea, version: IdeaVersion) -> IdeaVersion | None:
    """Return the version a moderator has read already: the approved one, else the one sent in before this one."""
    if version.pk == idea.approved_version_id:
        return public_before(idea, version)
    if idea.approved_version_id:
        return versions_with_parts(idea.versions.filter(pk=idea.approved_version_id)).first()
    return versions_with_parts(idea.versions.filter(number__lt=version.number)).order_by("-number").first()


def row_of(
    idea: Idea, version: IdeaVersion, earlier: IdeaVersion | None, user: Person, reads: Reader, budget: Budget
) -> Row:
    """Return one version with what is different from the public one before it."""
    moderates = may_decide_in(user, idea.campaign_id)
    either_withheld = withheld(version) or (earlier and withheld(earlier))
    readable = text_shown(idea, user) and (moderates or not either_withheld)
    look, words = state_of(idea, version)
    is_former = version.published_at is not None and version.pk != idea.approved_version_id
    return Row(
        version=version,
        name=version.author.display_name if version.author else "",
        when=version.published_at or version.created_at,
        look=look,
        words=words,
        compared_with=earlier.number if earlier else None,
        changes=changes(earlier, version, reads, budget) if earlier and readable else None,
        withheld=withheld(version),
        may_withhold=moderates and is_former and withheld(version) is None,
    )


def withheld(version: IdeaVersion) -> WithheldVersion | None:
    """Return why an earlier version is not shown any more, if so."""
    return getattr(version, "withheld", None)


def state_of(idea: Idea, version: IdeaVersion) -> tuple[str, str]:
    """Return how a version stands: the look of its mark, and the words."""
    if version.pk == idea.approved_version_id:
        return ("done", _("public now")) if idea.state == Idea.State.PUBLIC else ("grey", _("was public last"))
    if version.published_at:
        return "grey", _("was public earlier")
    if version.pk == idea.latest_version_id and idea.state in CHANGEABLE:
        return "sun", _("waits for review, not public")
    return "brick", _("never was public")


def answers_for(user: Person, idea: Idea) -> Reader:
    """Return the function that leaves of answers what ``user`` may read."""
    if reads_all_answers(user, idea):
        return lambda answers: answers
    keys = private_keys(idea.campaign_id)
    return lambda answers: may_be_read(answers, keys)


def changes(
    old: IdeaVersion, new: IdeaVersion, reads: Reader = lambda answers: answers, budget: Budget | None = None
) -> list[Change]:
    """Return everything that is different in ``new``, in the order of the form."""
    budget = budget or Budget()
    found = [
        in_words(_("Title"), old.title, new.title, budget),
        in_words(_("Text"), old.text, new.text, budget),
        in_words(_("Place"), old.place, new.place, budget),
        in_values(_("Topic"), named(old.topic), named(new.topic)),
        in_values(_("Goal"), named(old.goal), named(new.goal)),
        in_values(_("District"), named(old.district), named(new.district)),
        in_values(_("Place on the map"), on_map(old), on_map(new)),
        in_values(_("Tags"), list(old.tags), list(new.tags)),
        in_parts(_("Pictures"), pictures_in(old), pictures_in(new)),
        in_parts(_("Files"), files_in(old), files_in(new)),
        *in_answers(reads(old.answers), reads(new.answers), budget),
    ]
    return [change for change in found if change is not None]


def in_words(label: str, old: str, new: str, budget: Budget) -> Change | None:
    """Return the difference of two texts, or None."""
    if old == new:
        return None
    runs = shortened(differences(old, new, budget))
    if all(run.kind in ("same", "skip") for run in runs):
        return Change(label, new=[_("only spaces and line breaks")])
    return Change(label, runs=runs)


def in_values(label: str, old: list[str], new: list[str]) -> Change | None:
    """Return what went and what came, or None."""
    gone, came = [value for value in old if value not in new], [value for value in new if value not in old]
    return Change(label, gone=gone, new=came) if gone or came else None


def named(term: object) -> list[str]:
    """Return the name of a topic, goal or district."""
    return [str(term)] if term else []


def on_map(version: IdeaVersion) -> list[str]:
    """Return the place on the map in degrees, to about ten metres."""
    if version.latitude is None or version.longitude is None:
        return []
    return [f"{version.latitude:.4f}° N, {version.longitude:.4f}° O"]


def in_parts(label: str, before: dict[int, str], after: dict[int, str]) -> Change | None:
    """Return which pictures or files went and came: another one of the same name is another one."""
    gone = [words for pk, words in before.items() if after.get(pk) != words]
    came = [words for pk, words in after.items() if before.get(pk) != words]
    if not gone and not came and list(before) != list(after):
        came = [_("in another order")]
    return Change(label, gone=gone, new=came) if gone or came else None


def pictures_in(version: IdeaVersion) -> dict[int, str]:
    """Return the pictures in words: earlier ones are not served any more."""
    unsaid = _("picture without a description")
    return {
        use.picture_id: _("hidden picture") if use.picture.hidden_at else use.alt or unsaid
        for use in version.pictures.all()
    }


def files_in(version: IdeaVersion) -> dict[int, str]:
    """Return the files by their names."""
    return {use.file_id: use.file.name for use in version.files.all()}


def in_answers(old: Answers, new: Answers, budget: Budget) -> list[Change | None]:
    """Return the differences of the answers to the campaign's own questions."""
    before = {str(answer.get("key")): answer for answer in old}
    after = {str(answer.get("key")): answer for answer in new}
    found = []
    for key in {**after, **before}:
        asked = after.get(key) or before[key]
        earlier, later = (str(answers.get(key, {}).get("shown", "")) for answers in (before, after))
        found.append(in_words(str(asked.get("label", "")), earlier, later, budget))
    return found


def differing(latest: IdeaVersion, content: IdeaContent) -> list[Change]:
    """Return how typed words differ from the latest version, for somebody who began with an earlier one."""
    budget = Budget()
    found = [
        in_words(_("Title"), latest.title, content.title, budget),
        in_words(_("Text"), latest.text, content.text, budget),
        in_words(_("Place"), latest.place, content.place, budget),
        in_values(_("Topic"), named(latest.topic), named(content.topic)),
        in_values(_("Goal"), named(latest.goal), named(content.goal)),
        in_values(_("District"), named(latest.district), named(content.district)),
        in_values(_("Tags"), list(latest.tags), list(content.tags)),
        *in_answers(latest.answers, content.answers, budget),
    ]
    return [change for change in found if change is not None]
