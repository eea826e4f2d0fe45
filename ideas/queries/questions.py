"""What a campaign asks, and which answers somebody may read."""

from collections.abc import Collection
from typing import Any

from ideas.models import Campaign, Idea, IdeaVersion, Question
from ideas.questions import may_be_read, rows
from ideas.rules import Person, writes
from moderation.rules import may_decide_in


def questions_of(campaign: Campaign | None) -> list[Question]:
    """Return the questions of a campaign in order."""
    return list(Question.objects.filter(campaign=campaign)) if campaign is not None else []


def reads_all_answers(user: Person, idea: Idea) -> bool:
    """Tell whether the person reads answers that are not for everybody: its authors, and staff."""
    return writes(user, idea) or may_decide_in(user, idea.campaign_id) or user.has_perm("ideas.change_campaign")


def private_keys(campaign_id: int) -> Collection[str]:
    """Return the keys of the questions whose answers are not, or not any more, for everybody."""
    return set(Question.objects.filter(campaign=campaign_id, is_public=False).values_list("key", flat=True))


def answers_shown(user: Person, idea: Idea, version: IdeaVersion | None) -> list[dict[str, Any]]:
    """Return the answers of a version that ``user`` may read; asks the database only where something was answered."""
    answers = version.answers if version else []
    if not answers:
        return []
    if reads_all_answers(user, idea):
        return rows(answers)
    public = [answer for answer in answers if answer.get("public")]
    return rows(may_be_read(public, private_keys(idea.campaign_id))) if public else []
