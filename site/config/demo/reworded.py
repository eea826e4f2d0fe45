"""Comments whose authors found better words a little later."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from accounts.models import User
from config.demo.clock import ago
from config.demo.ideas import Story
from config.demo.people import People
from config.demo.replay import History
from config.demo.texts import read
from ideas.actions import change_comment
from ideas.models import Comment


def plan_changes(stories: Iterable[Story], people: People, history: History) -> None:
    """Put the changes into the history: so many minutes after a comment that has a day of its own."""
    by_key = {story.entry["key"]: story for story in stories}
    for entry in read("comments")["reworded"]:
        story, author = by_key[entry["idea"]], people.who(entry["by"])
        moment = ago(entry["days"]) + timedelta(minutes=entry["minutes"])
        history.add(moment, partial(change, story, author, entry["text"]))


def change(story: Story, author: User, text: str) -> None:
    """Let the author write other words."""
    said = Comment.objects.filter(idea=story.idea, author=author, state=Comment.State.PUBLIC).latest("pk")
    change_comment(comment=said, editor=author, text=text, stance=said.stance)
