"""Writing a comment."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import TextField
from ideas.content import COMMENT_LONGEST
from ideas.models import Comment


class CommentForm(forms.Form):
    """What somebody says about an idea; ``parent`` is the comment it replies to."""

    text = TextField(
        label=_("Your comment"),
        help_text=_("Friendly and to the point. Everybody can read it."),
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
    parent = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    request_key = forms.RegexField(r"^[0-9a-zA-Z-]{1,64}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_comment_%s")
        super().__init__(*args, **kwargs)
        if not self.is_bound and not self.initial.get("request_key"):
            self.initial["request_key"] = uuid.uuid4().hex
