"""Ideas that several people write: invitations, joining, and a change that one of them makes."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from accounts.models import User
from common.database import now
from config.demo.clock import ago, daytime
from config.demo.ideas import Story, approve, open_case_of
from config.demo.people import People
from config.demo.replay import History
from config.demo.texts import Entry, read
from ideas.actions import accept_invitation, change_idea, invite_by_link, invite_commenter
from ideas.models import CoAuthor, Comment


def plan_together(stories: Iterable[Story], people: People, history: History) -> None:
    """Put what people do together into the history."""
    by_key = {story.entry["key"]: story for story in stories}
    for entry in read("together")["ideas"]:
        story = by_key[entry["key"]]
        for asked in entry["invited"]:
            person = people.who(asked["who"])
            history.add(daytime(ago(asked["days"])), partial(ask, story, person))
            if "joins" in asked:
                told = story.author in people.trying
                history.add(daytime(ago(asked["joins"])), partial(join, story, person), told=told)
        for change in entry.get("changes", []):
            moment = daytime(ago(change["days"]))
            history.add(moment, partial(write, story, people.who(change["who"]), change))
            history.add(moment + timedelta(hours=4), partial(let_through, story))


def ask(story: Story, person: User) -> None:
    """Invite somebody who has commented; whoever has not yet, by a link."""
    said = Comment.objects.filter(idea=story.idea, author=person, state=Comment.State.PUBLIC).first()
    if said is not None:
        row = invite_commenter(idea=story.idea, lead=story.author, comment=said)
    else:
        row, _token = invite_by_link(idea=story.idea, lead=story.author)
    CoAuthor.objects.filter(pk=row.pk).update(person=person, created_at=now())


def join(story: Story, person: User) -> None:
    """Accept the invitation."""
    row = CoAuthor.objects.get(idea=story.idea, person=person, state=CoAuthor.State.INVITED)
    accept_invitation(invitation=row, person=person)


def write(story: Story, person: User, change: Entry) -> None:
    """Send a change of the text."""
    text = story.entry["text"]
    for old, new in change["replace"]:
        text = text.replace(old, new)
    change_idea(idea=story.idea, editor=person, content=story.content(text))


def let_through(story: Story) -> None:
    """Approve the change."""
    approve(open_case_of("idea", story.idea.pk), story.moderator)
