"""From a contribution to its marks: a handful of statements, and a few milliseconds for 10,000 characters."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.database import now
from moderation.assistance import copies, shape
from moderation.assistance.words import find, read
from moderation.models import Case, CheckSetting, MarkHit, WordList
from moderation.models.assistance import TOWN
from moderation.registry import Snapshot, kinds, moderated

LONGEST_READ = 20_000
AROUND = 40
MOST_PLACES = 3
BURST, BURST_TIME = 5, timedelta(minutes=10)
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Mark:
    """Why a case deserves a look: the check, a sentence, the places with what stands around them, perhaps another case."""

    check: str
    words: str
    places: tuple[Place, ...] = ()
    other: int = 0


def text_of(snapshot: Snapshot) -> str:
    """Return what its author wrote, as far as it is looked at."""
    return (snapshot.text or f"{snapshot.title}\n\n{snapshot.excerpt}")[:LONGEST_READ]


def marks_for(snapshot: Snapshot, kind: str = "", object_id: int = 0, reason: str = Case.Reason.NEW) -> list[Mark]:
    """Return the marks of a contribution as it stands; at most four statements, one for each check that asks the database."""
    campaign, text = snapshot.campaign_id or TOWN, text_of(snapshot)
    off = switched_off(campaign)
    found: list[Mark] = []
    if "words" not in off:
        found += of_lists(text, campaign)
    for name, check in SHAPES.items():
        if name not in off:
            found += check(text)
    if "copy" not in off:
        found += of_copies(text, kind, object_id)
    return found + of_author(snapshot, kind, object_id, reason, off)


def switched_off(campaign: int) -> set[str]:
    """Return the names of the checks that are off for the town or this campaign."""
    rows = CheckSetting.objects.filter(campaign_id_copy__in={TOWN, campaign}).values_list("off", flat=True)
    return {name for row in rows for name in row}


def of_lists(text: str, campaign: int) -> list[Mark]:
    """Return a mark for every list that has words of the text."""
    lists = WordList.objects.filter(campaign_id_copy__in={TOWN, campaign}, is_on=True)
    marks = []
    for title, words in lists.values_list("title", "words"):
        hits = find(read(words), text)
        names = list(dict.fromkeys(hit.entry for hit in hits))
        if names:
            said = {"words": ", ".join(f"„{name}“" for name in names[:MOST_PLACES]), "list": title}
            sentence = _("contains %(words)s from the list “%(list)s”") % said
            marks.append(Mark("words", sentence, places(text, [(hit.start, hit.end) for hit in hits])))
    return marks


def of_links(text: str) -> list[Mark]:
    """Return a mark when there are many links."""
    found = shape.links(text)
    if len(found) <= shape.MOST_LINKS:
        return []
    return [Mark("links", _("contains %(count)d links") % {"count": len(found)}, places(text, found))]


def of_capitals(text: str) -> list[Mark]:
    """Return a mark when nearly everything is written in capitals."""
    found = shape.shouting(text)
    return [Mark("capitals", _("is written in capitals"), places(text, found))] if found else []


def of_personal_data(text: str) -> list[Mark]:
    """Return a mark for each kind of personal data."""
    kinds: tuple[tuple[Callable[[str], list[shape.Span]], str], ...] = (
        (shape.phones, _("contains a telephone number")),
        (shape.mails, _("contains a mail address")),
        (shape.ibans, _("contains a bank account number")),
        (shape.homes, _("perhaps names where somebody lives")),
    )
    found = [(words, look(text)) for look, words in kinds]
    return [Mark("personal", words, places(text, spans)) for words, spans in found if spans]


SHAPES: dict[str, Callable[[str], list[Mark]]] = {
    "links": of_links,
    "capitals": of_capitals,
    "personal": of_personal_data,
}


def of_copies(text: str, kind: str, object_id: int) -> list[Mark]:
    """Return a mark for the contribution that says nearly the same.

    Which one that is stands in ``other`` only: whoever may not see that case is not told its title.
    """
    other = copies.nearest(text, kind, object_id)
    return [Mark("copy", _("nearly word for word like another contribution"), other=other.pk)] if other else []


def of_author(snapshot: Snapshot, kind: str, object_id: int, reason: str, off: set[str]) -> list[Mark]:
    """Return the marks about how often this person writes; one statement."""
    counted = [name for name in kinds() if moderated(name).is_contribution]
    if snapshot.author_id is None or kind not in counted or {"first", "burst"} <= off:
        return []
    theirs = Case.objects.filter(author_id=snapshot.author_id, kind__in=counted)
    times = list(
        theirs.exclude(kind=kind, object_id=object_id).order_by("-pk").values_list("opened_at", flat=True)[:BURST]
    )
    if not times:
        return [] if "first" in off else [Mark("first", _("first contribution of this person"))]
    if "burst" in off or reason != Case.Reason.NEW or len(times) < BURST or times[-1] < now() - BURST_TIME:
        return []
    words = ngettext(
        "more than %(count)d contribution in ten minutes", "more than %(count)d contributions in ten minutes", BURST
    )
    return [Mark("burst", words % {"count": BURST})]


def places(text: str, spans: Iterable[shape.Span]) -> tuple[Place, ...]:
    """Return what stands there, with a little before and after it."""
    return tuple(
        (
            _line(text[max(0, start - AROUND) : start], cut=start > AROUND),
            _line(text[start:end][:120]),
            _line(text[end : end + AROUND]) + ("…" if end + AROUND < len(text) else ""),
        )
        for start, end in list(spans)[:MOST_PLACES]
    )


def _line(text: str, *, cut: bool = False) -> str:
    return ("…" if cut else "") + text.replace("\r", "").replace("\n", " ")


def keep(case: Case, marks: list[Mark], text: str) -> None:
    """Write down the marks of a case and what its text is found by; what it had before goes. Two to four statements."""
    said: dict[str, list[dict[str, object]]] = {}
    for mark in marks:
        said.setdefault(mark.check, []).append({k: v for k, v in asdict(mark).items() if k != "check" and v})
    if case.version > 1:
        MarkHit.objects.filter(case=case).exclude(check_name__in=said).delete()
    hits = [
        MarkHit(case=case, check_name=name, said=said[name], campaign_id_copy=case.campaign_id_copy or TOWN)
        for name in said
    ]
    if hits:
        MarkHit.objects.bulk_create(
            hits,
            update_conflicts=True,
            unique_fields=["case", "check_name"],
            update_fields=["said", "campaign_id_copy"],
        )
    copies.keep(case, text)
