"""What messages say: the letter as plain text."""

from django.conf import settings
from django.utils.translation import gettext as _

from moderation.queries import Letter


def letter_text(letter: Letter) -> str:
    """Return the whole letter as plain text: what, why, by which rule, how decided, what can be done until when."""
    parts = [letter.opening, f"{letter.kind}: „{letter.title}“"]
    if letter.reason:
        parts.append("\n".join([_("Reason"), letter.reason]))
    if letter.rule:
        parts.append(
            "\n".join(filter(None, [_("The rule: %(rule)s") % {"rule": letter.rule}, letter.rule_text, letter.ground]))
        )
    if letter.explained:
        parts.append("\n".join([_("How it was decided"), *letter.how]))
    if letter.steps:
        steps = [
            f"{number}. {step_text(step.title, step.text, step.url)}" for number, step in enumerate(letter.steps, 1)
        ]
        parts.append("\n".join([_("What you can do"), *steps]))
    parts.append(_("Reference: %(reference)s, %(date)s") % {"reference": letter.reference, "date": letter.date})
    return "\n\n".join(parts)


def step_text(title: str, text: str, url: str) -> str:
    """Return one thing to do with its full address."""
    return " ".join(filter(None, [title, text, settings.SITE_URL + url if url else ""]))
