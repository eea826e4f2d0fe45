"""What moderators fill in; what everybody else does is in ``public_forms``."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import LineField, TextField
from moderation import measures, rules
from moderation.models import Case, Decision, LetterTemplate, RuleVersion, Sanction
from moderation.queries import choices, rules_in_force, templates
from moderation.queries.profiles import PROFILE
from theme.dates import day


class RuleField(forms.ModelChoiceField):
    """The present words of the rules, chosen by their number."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.rule.number} – {obj.title}"


class MeasureField(forms.ModelChoiceField):
    """The measures in force, by step and end."""

    def label_from_instance(self, obj: Any) -> str:
        until = _("until %(day)s") % {"day": day(obj.ends_at)} if obj.ends_at else _("without an end")
        return f"{obj.get_step_display()}, {until}"


def terms_in(values: Mapping[str, Any]) -> str:
    """Return what the fields about a measure say, as the target of the decision: which one, or how long."""
    if values.get("decision") == Decision.Kind.LIFT:
        chosen = values.get("measure")
        return str(chosen.decision_id if isinstance(chosen, Sanction) else "")
    days = str(values.get("days") or "")
    return str(measures.Terms.read(f"{days} {measures.MANIFEST if values.get('is_manifest') else ''}"))


def with_template(form: "DecisionForm", case: Case) -> "DecisionForm":
    """Return the form with all that was typed, and the words of the chosen template put to the reason; nothing is decided."""
    form.is_valid()
    values, chosen = dict(form.data.items()), form.cleaned_data.get("template")
    if chosen is not None:
        typed = str(values.get("reason", "")).strip()
        values["reason"] = "\n\n".join(filter(None, [typed, templates.words_for(chosen, case)]))
        values["decision"] = values.get("decision") or chosen.decision
    return DecisionForm(case=case, initial=values)


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

    #: ready words, put into the reason by a button of their own
    template = forms.ModelChoiceField(
        LetterTemplate.objects.none(), label=_("Letter template"), required=False, empty_label=_("None")
    )
    #: for measures about a person
    days = forms.IntegerField(
        label=_("For how many days?"), required=False, min_value=1, max_value=measures.LONGEST_BLOCK,
        help_text=_("A pause: 1 to 90. A block: up to 1095; left empty, it has no end."),
    )  # fmt: skip
    is_manifest = forms.BooleanField(
        label=_("The content was manifestly illegal; no warning was needed."), required=False,
        help_text=_("Only with a rule that has a legal ground."),
    )  # fmt: skip
    measure = MeasureField(
        Sanction.objects.none(), label=_("Which measure is lifted?"), required=False, empty_label=_("The heaviest")
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = choices(case)
        self.fields["decision"].choices = offered  # type: ignore[attr-defined]
        self.fields["rule"].queryset = rules_in_force()  # type: ignore[attr-defined]
        fitting = templates.offered([name for name, _label in offered])
        self.fields["template"].queryset = fitting  # type: ignore[attr-defined]
        in_force = Sanction.objects.in_force().filter(person_id=case.object_id) if case.kind == PROFILE else None
        self.fields["measure"].queryset = Sanction.objects.none() if in_force is None else in_force  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the rule and the words a decision needs."""
        data = super().clean() or {}
        decision = data.get("decision")
        if decision in Decision.RESTRICTIVE and not data.get("rule") and "rule" not in self.errors:
            self.add_error("rule", _("Please choose the rule this decision rests on."))
        if decision == Decision.Kind.MOVE and not data.get("target"):
            data["target"] = data.get("campaign", "")
        if decision in measures.MEASURES:
            data["target"] = terms_in(data)
        if decision in Decision.TARGETED and not data.get("target"):
            self.add_error("target", _("Please choose where to."))
        if decision in rules.NEEDS_WORDS and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Please write down the reason; the author reads it."))
        return data


class RuleVersionForm(forms.ModelForm):
    """New words for a rule, or a new rule; what was said before stays."""

    needs_second = forms.BooleanField(
        label=_("Needs two people"), required=False,
        help_text=_("A restriction by this rule is proposed by one person and agreed to by another."),
    )  # fmt: skip

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["needs_second"].initial = bool(self.instance.rule.needs_second)

    def clean(self) -> dict[str, Any]:
        """A legal ground names its provision."""
        data = super().clean() or {}
        if data.get("ground") == RuleVersion.Ground.LAW and not data.get("provision"):
            self.add_error("provision", _("Please name the law and its section."))
        return data
