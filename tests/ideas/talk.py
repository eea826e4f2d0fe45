"""What tests of writing comments share."""

from typing import Any

from accounts.models import User
from common.database import now
from ideas.actions.counting import change_comment_count, change_reply_count
from ideas.models import Comment, Idea
from moderation.actions import decide, write_rule
from moderation.models import Case, Decision, RuleVersion


def say(idea: Idea, author: User | None, text: str, **fields: Any) -> Comment:
    """Return a public comment, written down without the action."""
    moment = now()
    values = {"state": "public", "published_at": moment, "created_at": moment} | fields
    parent = values.get("parent")
    if parent is not None:
        values |= {"depth": parent.depth + 1, "top": parent}
    made = Comment.objects.create(idea=idea, author=author, text=text, **values)
    if made.state == Comment.State.PUBLIC:
        change_comment_count(idea.pk, +1)
        change_reply_count(made.parent_id, +1)
    return made


def case_of(comment: Comment) -> Case:
    """Return the open case of a comment."""
    return Case.objects.get(kind="comment", object_id=comment.pk, state="open")


def rule(by: User) -> RuleVersion:
    """Return a rule to name when something is taken from somebody."""
    return write_rule(actor=by, number=None, title="Fair bleiben", text="Niemand wird beleidigt.", ground="terms")


def settle(comment: Comment, by: User, decision: str = "approve", **more: Any) -> Decision:
    """Decide the open case of a comment as it stands."""
    case = case_of(comment)
    return decide(case_id=case.pk, version=case.version, actor=by, decision=decision, **more)
