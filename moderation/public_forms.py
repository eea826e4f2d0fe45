"""What reporters and complainants fill in, and what a second person says to a complaint."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.visitors import address_of
from common.text import LineField, TextField
from moderation import rules
from moderation.actions.pace import Sender
from moderation.forms import RuleField
from moderation.models import Complaint, ContactMessage, Report, RuleVersion
from moderation.queries import rules_in_force


class PresetField(forms.ChoiceField):
    """A choice that is made already; whoever sends nothing means the first one."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or self.initial)


# The most frequent first; the gravest does not greet everybody.
REASONS = [
    (reason.value, reason.label)
    for reason in (
        Report.Reason.INSULT, Report.Reason.ILLEGAL, Report.Reason.PERSONAL, Report.Reason.ADVERTISING,
        Report.Reason.CHILD, Report.Reason.OTHER,
    )
]  # fmt: skip


class OpenForm(forms.Form):
    """What every form shares that can be sent without an account."""

    # Filled in by a script: the solution of a puzzle; without a script it stays empty.
    solution = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # People do not see this field; programs fill it in.
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4

    def clean_website(self) -> str:
        """Refuse programs."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Please leave this field empty."))
        return ""

    def sender(self, request: HttpRequest) -> Sender:
        """Return where a valid form comes from, for the limits of an hour."""
        person = request.user if isinstance(request.user, User) else None
        return Sender(address_of(request), person, self.cleaned_data["solution"])


class ContactForm(OpenForm):
    """A message to the contact point (DSA, Art. 12); an address is asked for only when an answer is to come there."""

    PAGE, MAIL = "page", "mail"

    topic = forms.ChoiceField(
        label=_("What is it about?"), choices=ContactMessage.Topic.choices, widget=forms.RadioSelect
    )
    text = TextField(
        label=_("Your message"), max_length=8000, min_length=3, widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Please write what you want to tell us.")},
    )  # fmt: skip
    way = PresetField(
        label=_("How do you want to read our answer?"), widget=forms.RadioSelect, initial=PAGE,
        choices=[
            (PAGE, _("On a page here, with a code that only you get")),
            (MAIL, _("By mail as well")),
        ],
    )  # fmt: skip
    name = LineField(label=_("Your name"), max_length=120, required=False)
    email = forms.EmailField(label=_("Your mail address"), max_length=254, required=False)

    def __init__(self, *args: Any, is_known: bool, **kwargs: Any) -> None:
        """``is_known``: whoever writes has an account, so the address is known."""
        super().__init__(*args, **kwargs)
        self.is_known = is_known
        if is_known:
            self.fields["way"].initial = self.MAIL
            del self.fields["name"], self.fields["email"]

    def clean(self) -> dict[str, Any]:
        """Ask for an address when an answer is to come there."""
        data = super().clean() or {}
        data["by_mail"] = data.get("way") == self.MAIL
        if data["by_mail"] and not self.is_known and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Please write your mail address, so that we can answer you there."))
        return data


class AnswerForm(forms.Form):
    """What the town answers to a message."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    answer = TextField(
        label=_("Answer, goes to whoever wrote"), max_length=8000, widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Please write an answer.")},
    )  # fmt: skip


class ReportForm(OpenForm):
    """A report (DSA, Art. 16(2)). Only whoever calls something illegal says who they are."""

    THING, PERSON = "thing", "person"

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=REASONS, widget=forms.RadioSelect)
    about = PresetField(label=_("What is it about?"), choices=(), widget=forms.RadioSelect, initial=THING)
    text = TextField(
        label=_("What do you want to tell us about it?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )
    name = LineField(label=_("Your name"), max_length=120, required=False)
    email = forms.EmailField(label=_("Your mail address"), max_length=254, required=False)
    good_faith = forms.BooleanField(
        label=_("I report this in good faith: to the best of my knowledge what I say is right."),
        error_messages={"required": _("Please confirm that you report this in good faith.")},
    )

    def __init__(self, *args: Any, is_known: bool, author: str = "", label: str = "", **kwargs: Any) -> None:
        """``is_known``: the reporter has an account; ``author``: the name that can be reported instead, if it can."""
        super().__init__(*args, **kwargs)
        self.is_known = is_known
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            (self.THING, _("the contribution (%(label)s)") % {"label": label}),
            (self.PERSON, _("the person: the name “%(name)s”, or how the person behaves") % {"name": author}),
        ]
        if not author:
            del self.fields["about"]

    def clean(self) -> dict[str, Any]:
        """Ask for what the law asks for when something is said to be illegal: why, and who says so."""
        data = super().clean() or {}
        if data.get("reason") not in Report.NAMED:
            return data
        if not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Please say why you think it is illegal."))
        if not self.is_known:
            for field in ("name", "email"):
                if not data.get(field) and field not in self.errors:
                    self.add_error(
                        field, _("When you report something illegal, the law asks for your name and mail address.")
                    )
        return data


class ComplaintForm(forms.Form):
    """Why a decision is thought to be wrong."""

    text = TextField(
        label=_("Why should we look at it once more?"),
        max_length=8000,
        min_length=3,
        widget=forms.Textarea({"rows": 8}),
    )


class SecondLookForm(forms.Form):
    """What another person says to a complaint; to a reporter's, with what the author is told if it succeeds."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect, choices=Complaint.Outcome.choices[1:])
    answer = TextField(
        label=_("Answer, goes to whoever complained"), max_length=4000, widget=forms.Textarea({"rows": 6})
    )
    rule_version = RuleField(RuleVersion.objects.none(), label=_("Rule"), required=False, empty_label=_("No rule"))
    reason = TextField(
        label=_("Reason, goes to the author"), max_length=rules.LONGEST_REASON, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    note = TextField(
        label=_("Internal note (not public)"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, by_reporter: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule_version"].queryset = rules_in_force()  # type: ignore[attr-defined]
        if not by_reporter:
            del self.fields["rule_version"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Hiding something after all takes a rule and a reason."""
        data = super().clean() or {}
        if "reason" in self.fields and data.get("outcome") == Complaint.Outcome.OVERTURNED:
            if not data.get("rule_version") and "rule_version" not in self.errors:
                self.add_error("rule_version", _("Please choose the rule this decision rests on."))
            if not data.get("reason") and "reason" not in self.errors:
                self.add_error("reason", _("Please write down the reason; the author reads it."))
        return data
