"""What a letter says when it is about a person: about their public name, or about a measure."""

from django.urls import reverse
from django.utils.translation import gettext as _

from moderation.models import Decision
from moderation.queries.letter_parts import Step
from theme.dates import moment

Kind = Decision.Kind


def heading(decision: Decision) -> str:
    """Return what happened, as a sentence."""
    words = {
        "approve": _("Your public name stands"),
        "approve_with_note": _("Your public name stands, and we have a note for you"),
        "refuse": _("We have not taken over your new public name"),
        "hide": _("We have hidden your public name"),
        "restore": _("Your public name is back"),
        "advise": _("A hint for writing here"),
        "warn": _("This is a warning"),
        "pause": _("We have paused your writing"),
        "block": _("We have blocked your account for writing"),
        "lift": _("We have lifted a measure"),
        "uphold": _("Our decision stands"),
        "undo": _("We have taken back a decision about your public name"),
    }
    return words[decision.decision]


def opening(decision: Decision) -> str:
    """Return the first sentences: since when, and what follows."""
    words = {
        "approve": _("We looked at it on %(when)s. Others read it beside what you write."),
        "refuse": _("We looked at it on %(when)s. The name you had so far stays. Here we explain why."),
        "hide": _(
            "Since %(when)s a neutral name stands in its place, everywhere. You can choose another one at any time; "
            "it is shown once we have looked at it."
        ),
        "restore": _("Since %(when)s others read it again."),
        "advise": _("We write to you once, on %(when)s, so that it stays a single case. Nothing is taken from you."),
        "warn": _(
            "We decided this on %(when)s. For now you can do everything as before. If it happens again while this "
            "warning is in force, we can pause your writing."
        ),
        "pause": _(
            "Since %(when)s you cannot write here for a while. You can go on reading, supporting and voting; your drafts "
            "stay. It ends by itself."
        ),
        "block": _(
            "Since %(when)s you cannot write here any more, and you have been signed out on all devices. You can sign in "
            "again, read, support and vote; your drafts stay."
        ),
        "lift": _("Since %(when)s it no longer holds. You can write here as before."),
    }
    return words.get(decision.decision, words["approve"]) % {"when": moment(decision.decided_at)}


def reach(decision: Decision) -> str:
    """Return where and for how long a measure holds."""
    return _("This holds %(scope)s, %(duration)s.") % {"scope": decision.scope, "duration": decision.duration}


def again(decision: Decision) -> Step:
    """Return what can be done at once: choose another name, or keep to the rules."""
    if decision.decision in (Kind.REFUSE, Kind.HIDE):
        return Step(
            _("Choose another name."),
            _("Under “Mein Bereich”, “Settings” you can do that at any time."),
            reverse("accounts_own:settings"),
            _("To the settings"),
        )
    return Step(
        _("Read what measures there are."),
        _("We tell everybody by which criteria we decide, and what comes when."),
        reverse("moderation:measures"),
        _("To the criteria"),
    )
