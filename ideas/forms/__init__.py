"""What people fill in."""

from ideas.forms.answer import AnswerForm
from ideas.forms.comment import CommentChangeForm, CommentForm
from ideas.forms.idea import ChangeForm, IdeaForm
from ideas.forms.withdraw import WithdrawForm

__all__ = ["AnswerForm", "ChangeForm", "CommentChangeForm", "CommentForm", "IdeaForm", "WithdrawForm"]
