"""Reports and complaints: some settled, some waiting for whoever tries out the moderation."""

from datetime import timedelta
from functools import partial

from config.demo.clock import ago
from config.demo.ideas import Story, approve, open_case_of
from config.demo.people import People
from config.demo.replay import History
from config.demo.texts import Entry, read
from ideas.models import Comment
from moderation.actions import complain, decide_complaint, report
from moderation.models import Case, Decision


class Cases:
    """Plans reports and complaints."""

    def __init__(self, stories: list[Story], people: People, history: History) -> None:
        self.people, self.history = people, history
        self.stories = {story.entry["key"]: story for story in stories}

    def plan(self) -> None:
        """Put them into the history."""
        for entry in read("cases")["reports"]:
            self.history.add(ago(entry["days"]), partial(self.report, entry))
            if entry.get("outcome") == "kept":
                self.history.add(ago(entry["days"]) + timedelta(hours=5), partial(self.keep, entry))
        for entry in read("cases")["complaints"]:
            self.history.add(ago(entry["days"]), partial(self.complain, entry))
            if "outcome" in entry:
                self.history.add(ago(entry["days"]) + timedelta(hours=26), partial(self.settle, entry))

    def subject(self, entry: Entry) -> tuple[str, int]:
        """Return kind and number of what is reported."""
        idea = self.stories[entry["idea"]].idea
        if "comment" not in entry:
            return "idea", idea.pk
        return "comment", Comment.objects.get(idea=idea, text__startswith=entry["comment"]).pk

    def report(self, entry: Entry) -> None:
        kind, number = self.subject(entry)
        by = None if "email" in entry else self.people.named[len(entry["text"]) % len(self.people.named)]
        report(
            kind=kind, object_id=number, reason=entry["reason"], text=entry["text"], name=entry.get("name", ""),
            email=entry.get("email", ""), good_faith=True, reporter=by,
        )  # fmt: skip

    def keep(self, entry: Entry) -> None:
        approve(open_case_of(*self.subject(entry)), self.people.moderators[0])

    def decision(self, entry: Entry) -> Decision:
        """Return the decision that is complained about."""
        idea = self.stories[entry["idea"]].idea
        return Decision.objects.filter(kind="idea", object_id=idea.pk, decision__in=Decision.RESTRICTIVE).latest(
            "sequence"
        )

    def complain(self, entry: Entry) -> None:
        complain(code=self.decision(entry).code, text=entry["text"])

    def settle(self, entry: Entry) -> None:
        first = self.decision(entry)
        complaint = first.complaints.get()
        case = Case.objects.get(kind=Case.COMPLAINT_KIND, object_id=complaint.pk, state=Case.State.OPEN)
        other = next(one for one in self.people.moderators if one.pk != first.actor_id)
        decide_complaint(
            complaint_id=complaint.pk,
            version=case.version,
            actor=other,
            outcome=entry["outcome"],
            answer=entry["answer"],
        )
