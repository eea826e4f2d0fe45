"""What is kept of an advisory board."""

from boards.models.applications import Application
from boards.models.meetings import Meeting
from boards.models.page import BoardPage, ResultPage
from boards.models.papers import Paper
from boards.models.polls import Poll, PollOption, Voice
from boards.models.recommendations import Answer, Recommendation, Reminder
from boards.models.room import Published, Room
from boards.models.seats import Seat

__all__ = [
    "Answer",
    "Application",
    "BoardPage",
    "Meeting",
    "Paper",
    "Poll",
    "PollOption",
    "Published",
    "Recommendation",
    "Reminder",
    "ResultPage",
    "Room",
    "Seat",
    "Voice",
]
