"""What can leave the room, in which words, and how its origin is said."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from boards.models import Published
from boards.queries.room import Ballot, Inside, poll
from ideas.models import Idea
from theme import dates


@dataclass(frozen=True)
class Result:
    """A draft or a poll that is over, as it is proposed for publication."""

    source: str
    source_id: int
    title: str
    text: str
    origin: str
    url: str


def result(found: Inside, user: User, source: str, pk: int) -> Result | None:
    """Return what is to be published, if it is in this room and finished."""
    if source == Published.Source.DRAFT:
        idea = Idea.objects.filter(pk=pk, campaign=found.room.campaign_id, state=Idea.State.PUBLIC)
        row = idea.select_related("approved_version").first()
        return of_draft(row) if row else None
    ballot = poll(user, pk) if source == Published.Source.POLL else None
    return of_poll(ballot) if ballot and ballot.poll.room_id == found.room.pk and ballot.lines else None


def of_draft(idea: Idea) -> Result:
    """Return a draft with the words that its members read now; nobody is named."""
    text = idea.approved_version.text if idea.approved_version else ""
    origin = _(
        "This comes from the advisory board. Its members drafted and discussed it together; published on %(day)s."
    )
    said = origin % {"day": dates.short_day(timezone.localdate())}
    return Result("draft", idea.pk, idea.title, text, said, idea.get_absolute_url())


def of_poll(ballot: Ballot) -> Result:
    """Return the result of a poll in numbers; who voted how stays in the room."""
    lines = [
        ngettext("- %(option)s: one voice", "- %(option)s: %(count)d voices", line.count)
        % {"option": line.option.text, "count": line.count}
        for line in ballot.lines
    ]
    text = "\n\n".join(filter(None, (ballot.poll.text, "\n".join(lines))))
    said = {"day": dates.short_day(ballot.poll.closes_at), "voices": ballot.voices}
    origin = _(
        "This comes from the advisory board: the result of a secret poll among its members that ended on %(day)s."
    )
    if not ballot.poll.is_secret:
        origin = _("This comes from the advisory board: the result of a poll among its members that ended on %(day)s.")
    return Result("poll", ballot.poll.pk, ballot.poll.question, text, origin % said, ballot.poll.get_absolute_url())
