"""The evidence trail: what happened to an idea, from the records that exist."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ideas.models import Idea, IdeaVersion, OfficialAnswer, Phase
from ideas.queries.looks import status_words
from ideas.queries.openings import method_of
from ideas.registry import told_entries, told_steps
from ideas.rules import allowed_now
from theme import dates

Entry = dict[str, object]


def trail(
    idea: Idea,
    versions: Iterable[IdeaVersion],
    answers: Iterable[OfficialAnswer],
    others: Iterable[tuple[datetime, Entry]] = (),
) -> list[Entry]:
    """Return the entries for ``{% timeline %}``, oldest first, with what comes next; ``others`` come from other records."""
    entries: list[tuple[datetime, Entry]] = []

    def add(when: datetime | None, verb: str, text: str, by: str, **more: object) -> None:
        if when is not None:
            entries.append((when, {"when": _stamp(when), "verb": verb, "text": text, "by": by, **more}))

    if not idea.source_id and not idea.channel:
        author = idea.author.display_name if idea.author else _("a former member")
        add(idea.created_at, _("Sent in"), _("by %(name)s") % {"name": author}, "citizen")
    add(idea.published_at, _("Published"), _checked(idea), "town", icon="check")
    for version in versions:
        if version.number > 1:
            name = version.author.display_name if version.author else _("a former member")
            add(
                version.published_at,
                _("Version %(number)s") % {"number": version.number},
                _("changed by %(name)s") % {"name": name},
                "citizen",
                icon="pencil",
                url=f"{reverse('ideas:versions', args=[idea.pk])}#fassung-{version.number}",
            )
    for answer in answers:
        words = _("%(office)s: %(result)s.") % {"office": answer.office, "result": status_words(answer)}
        add(answer.published_at, _("The town answers"), words, "town", icon="comment", url=f"#antwort-{answer.pk}")
    add(idea.withdrawn_at, _("Withdrawn"), _("by the author"), "citizen", icon="close")
    entries += [(when, {"when": _stamp(when), **entry}) for when, entry in (*others, *told_entries(idea))]
    entries.sort(key=lambda entry: entry[0])
    return [entry for _when, entry in entries] + coming(idea)


def coming(idea: Idea) -> list[Entry]:
    """Return the next step, if one is known."""
    if text := told_steps([idea]).get(idea.pk) or next_step(idea):
        return [{"when": _("Coming next"), "verb": "", "text": text, "by": "next"}]
    return []


def next_step(idea: Idea) -> str:
    """Return in one sentence what happens next with an idea, for its page and its author."""
    if idea.withdrawn_at:
        return ""
    campaign = idea.campaign
    if idea.state == Idea.State.WAITING:
        return _("A person of the moderation team reads your idea, mostly on the same day.")
    if idea.state in (Idea.State.REFUSED, Idea.State.HIDDEN):
        return _("The reasons are in your messages. You can complain there.")
    if idea.state != Idea.State.PUBLIC or idea.progress in (Idea.Progress.DONE, Idea.Progress.DECLINED):
        return ""
    if campaign.answer_until and idea.progress in (Idea.Progress.NEW, Idea.Progress.DISCUSSED, Idea.Progress.REVIEWED):
        office = campaign.answer_office or _("The town")
        return _("%(office)s answers by %(day)s.") % {"office": office, "day": dates.day(campaign.answer_until)}
    if idea.progress == Idea.Progress.PLANNED:
        return _("The town is carrying it out and reports here.")
    if not allowed_now(campaign, "support"):
        return ""
    if method_of(campaign, timezone.now()) != Phase.Method.SUPPORT:
        return _("Others can vote on it and discuss it.")
    return _("Others can support and discuss it.")


def _checked(idea: Idea) -> str:
    """Return how the idea became public; what was taken over by an import was not decided on here."""
    if idea.source_id:
        return _("taken over from an earlier dialogue")
    return (
        _("after review by the moderation team")
        if idea.campaign.check_ideas == "before"
        else _("at once; the moderation team reads it too")
    )


def _stamp(when: datetime) -> str:
    return f"{dates.short_day(when)}, {dates.clock(when)}"
