"""What reporters, complainants and moderators fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import LineField, TextField
from moderation import rules
from moderation.models import Case, Complaint, Decision, Report, RuleVersion
from moderation.queries import choices, rules_in_force


class ReportForm(forms.Form):
    """A report; nobody has to say who they are."""

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=Report.Reason.choices, widget=forms.RadioSelect)
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
    # People do not see this field; programs fill it in.
    website = forms.CharField(required=False, max_length=200)

    def clean_website(self) -> str:
        """Refuse programs."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Please leave this field empty."))
        return ""


class ComplaintForm(forms.Form):
    """Why a decision is thought to be wrong."""

    text = TextField(
        label=_("Why should we look at it once more?"),
        max_length=8000,
        min_length=3,
        widget=forms.Textarea({"rows": 8}),
    )


class RuleField(forms.ModelChoiceField):
    """The present words of the rules, chosen by their number."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.rule.number} – {obj.title}"


class DecisionForm(forms.Form):
    """A decision on a case; ``version`` is that of the case as it was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    rule = RuleField(RuleVersion.objects.none(), label=_("Rule"), required=False, empty_label=_("No rule"))
    reason = TextField(
        label=_("Reason, goes to the author"), max_length=rules.LONGEST_REASON, required=False,
        widget=forms.Textarea({"rows": 5}),
    )  # fmt: skip
    note = TextField(
        label=_("Internal note (not public)"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )
    #: where to: the number of the contribution it is merged with, or of the campaign it goes to
    target = LineField(label=_("Where to?"), required=False, max_length=200)
    campaign = LineField(label=_("To which campaign?"), required=False, max_length=200)
    words = LineField(
        label=_("Number, address or words of the other contribution"), required=False, max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = choices(case)  # type: ignore[attr-defined]
        self.fields["rule"].queryset = rules_in_force()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the rule and the words a decision needs."""
        data = super().clean() or {}
        decision = data.get("decision")
        if decision in Decision.RESTRICTIVE and not data.get("rule") and "rule" not in self.errors:
            self.add_error("rule", _("Please choose the rule this decision rests on."))
        if decision == Decision.Kind.MOVE and not data.get("target"):
            data["target"] = data.get("campaign", "")
        if decision in Decision.TARGETED and not data.get("target"):
            self.add_error("target", _("Please choose where to."))
        if decision in rules.NEEDS_WORDS and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Please write down the reason; the author reads it."))
        return data


class SecondLookForm(forms.Form):
    """What another person says to a complaint."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect, choices=Complaint.Outcome.choices[1:])
    answer = TextField(label=_("Answer, goes to the author"), max_length=4000, widget=forms.Textarea({"rows": 6}))
    note = TextField(
        label=_("Internal note (not public)"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )


class RuleVersionForm(forms.ModelForm):
    """New words for a rule, or a new rule; what was said before stays."""

    title = LineField(label=_("Title"), max_length=120)
    text = TextField(label=_("Text"), max_length=4000, widget=forms.Textarea({"rows": 5}))
    provision = LineField(
        label=_("Provision"),
        max_length=200,
        required=False,
        help_text=_("For a legal ground: the law and its section."),
    )

    class Meta:
        model = RuleVersion
        fields = ("title", "text", "ground", "provision")

    def clean(self) -> dict[str, Any]:
        """A legal ground names its provision."""
        data = super().clean() or {}
        if data.get("ground") == RuleVersion.Ground.LAW and not data.get("provision"):
            self.add_error("provision", _("Please name the law and its section."))
        return data
