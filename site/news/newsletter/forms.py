"""What people fill in to get the newsletter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ideas.models import Topic
from news.models import Rhythm, Subscriber
from news.newsletter.subscribing import Choice

ALL = "alle"


class NewsletterForm(forms.Form):
    """Topics and how often; people without an account give an address."""

    themen = forms.MultipleChoiceField(
        label=_("What do you want to hear about?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one topic, or all of them.")},
    )
    rhythmus = forms.ChoiceField(
        label=_("How often?"), choices=Rhythm.choices, widget=forms.RadioSelect, initial=Rhythm.WEEKLY
    )
    email = forms.EmailField(label=_("Your mail address"), max_length=254)
    # People do not see this field; programs fill it in.
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, is_known: bool, **kwargs: Any) -> None:
        """``is_known``: no address has to be asked for."""
        super().__init__(*args, **kwargs)
        topics = [(topic.slug, topic.name) for topic in Topic.objects.all()]
        self.fields["themen"].choices = [(ALL, _("All topics")), *topics]  # type: ignore[attr-defined]
        if is_known:
            del self.fields["email"]

    def choice(self) -> Choice:
        """Return what was chosen; only after ``is_valid``."""
        slugs = set(self.cleaned_data["themen"])
        topics = Topic.objects.filter(slug__in=slugs - {ALL}).values_list("pk", flat=True)
        return Choice(ALL in slugs, frozenset(topics), self.cleaned_data["rhythmus"])


def initial_of(subscriber: Subscriber | None) -> dict[str, Any]:
    """Return a subscription as the form shows it."""
    if subscriber is None:
        return {}
    topics = [ALL] if subscriber.has_all else list(subscriber.topics.values_list("slug", flat=True))
    return {"themen": topics, "rhythmus": subscriber.rhythm}
