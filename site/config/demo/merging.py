"""Ideas that were joined: their supporters are asked, some have said what they want, the others still can."""

from datetime import timedelta
from functools import partial

from accounts.models import User
from config.demo.clock import ago
from config.demo.ideas import Story
from config.demo.people import People
from config.demo.replay import History
from ideas.models import Idea, Merge
from voting.actions import choose, give_support, noticing
from voting.models.notice import NoticeKind

# Which merged idea had supporters, how many besides the two who try it out, and how many of these have said something.
ASKED, CROWD, CARRIED, LEFT = "matschplatz", 8, 3, 1


class Joining:
    """Plans the supports of a merged idea, and what became of them."""

    def __init__(self, stories: list[Story], people: People, history: History) -> None:
        self.people, self.history = people, history
        self.story = next(story for story in stories if story.entry["key"] == ASKED)
        self.voters: list[User] = [people.who("Hanna vom Deich"), *people.crowd[-CROWD:]]

    @property
    def campaign(self) -> str:
        """Return the address of the campaign in which these supports count."""
        return str(self.story.entry["campaign"])

    def plan(self) -> None:
        """Put supports, the asking and some answers into the history."""
        for number, voter in enumerate(self.voters):
            moment = self.story.decided + timedelta(hours=1 + number)
            self.history.add(moment, partial(self.give, voter), quiet=True)
        asked = self.story.joined + timedelta(minutes=1)
        self.history.add(asked, self.ask)
        for number, voter in enumerate(self.voters[1 : 1 + CARRIED + LEFT]):
            moment = min(asked + timedelta(hours=5 + 3 * number), ago(0.01))
            self.history.add(moment, partial(self.choose, voter, number < CARRIED), quiet=True)

    def give(self, voter: User) -> None:
        give_support(voter=voter, idea=Idea.objects.select_related("campaign").get(pk=self.story.idea.pk))

    @property
    def merge(self) -> Merge:
        """Return the merge, once it was made."""
        return Merge.objects.select_related("source__campaign").get(source=self.story.idea)

    def ask(self) -> None:
        """Tell the supporters in their accounts; nobody is to get mail about what never happened."""
        one = noticing.begin_round(NoticeKind.MERGED, self.story.idea.pk, self.merge.pk)
        noticing.notices_for(one, self.voters)
        noticing.end_walk(one, one.next_at)

    def choose(self, voter: User, carry: bool) -> None:
        choose(voter=voter, merge=self.merge, carry=carry)
