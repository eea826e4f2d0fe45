"""Writing a comment, and changing one."""

import uuid
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from common.text import TextField
from ideas.content import COMMENT_LONGEST
from ideas.models import Comment
from ideas.quotes import LONGEST

LARGEST = 2**63 - 1


class WordsForm(forms.Form):
    """The words of a comment, new or changed."""

    text = TextField(
        label=_("Your comment"),
        help_text=_("Friendly and to the point. Everybody can read it. With @ and a name you speak to somebody here."),
        min_length=2,
        max_length=COMMENT_LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Please write something before you send it."),
            "max_length": _("The comment is too long: %(show_value)d characters, at most %(limit_value)d."),
        },
    )
    stance = forms.ChoiceField(
        label=_("What kind of comment is it?"),
        choices=[("", _("Simply a comment")), *Comment.Stance.choices],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_comment_%s")
        super().__init__(*args, **kwargs)

    def let(self, name: str, value: str) -> None:
        """Put a value among what was typed, so that sending again can succeed."""
        self.data = {**(self.data.dict() if isinstance(self.data, QueryDict) else self.data), name: value}


class CommentForm(WordsForm):
    """What somebody says about an idea; ``parent`` is the comment it replies to, ``quote`` the one it quotes."""

    quote_text = TextField(
        label=_("Words you quote"),
        help_text=_("Leave away what you do not need, at the beginning and at the end. Empty: no quote."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": _("The quote is too long: %(show_value)d characters, at most %(limit_value)d."),
        },
    )
    quote = forms.IntegerField(required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput)
    parent = forms.IntegerField(required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput)
    request_key = forms.RegexField(r"^[0-9a-zA-Z-]{1,64}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and not self.initial.get("request_key"):
            self.initial["request_key"] = uuid.uuid4().hex


class CommentChangeForm(WordsForm):
    """New words for a comment; ``version`` is the one the page began with."""

    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if comment.parent_id is not None:  # replies have no kind of their own
            del self.fields["stance"]
