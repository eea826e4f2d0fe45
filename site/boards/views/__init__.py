"""What is answered under /familienbeirat/."""

from boards.views.applying import application, application_form
from boards.views.papers import paper, papers
from boards.views.polls import new_poll, poll
from boards.views.public import feed, meeting, meeting_file, meetings, recommendation
from boards.views.publishing import publish
from boards.views.room import name, room

__all__ = [
    "application", "application_form", "feed", "meeting", "meeting_file", "meetings", "name", "new_poll",
    "paper", "papers", "poll", "publish", "recommendation", "room",
]  # fmt: skip
