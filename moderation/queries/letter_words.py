"""The sentences of a letter: what happened, why, by which rule, how it was decided, what can be done."""

from django.urls import reverse
from django.utils.translation import gettext as _

from moderation import measures
from moderation.models import Case, Decision
from moderation.queries import person_words
from moderation.queries.letter_parts import Step
from moderation.queries.profiles import PROFILE
from theme.dates import day, moment, short_day

RESTRICTIVE = Decision.RESTRICTIVE
# The state in which a contribution is part of another one.
MERGED = "merged"


def heading(decision: Decision, yours: str) -> str:
    """Return what happened, as a sentence."""
    # What ends because something else was complained of has a case of its own.
    is_answer = decision.source == Decision.Source.COMPLAINT and decision.case.kind == Case.COMPLAINT_KIND
    if is_answer and decision.decision != Decision.Kind.UPHOLD:
        return _("Your complaint was successful")
    if decision.kind == PROFILE:
        return person_words.heading(decision)
    if decision.decision == Decision.Kind.REFUSE and decision.state_after == "public":
        return _("We have not published the new version")
    if decision.decision == Decision.Kind.REFUSE and decision.state_after == "withdrawn":
        return _("We have not published the reason for your withdrawal")
    if decision.decision == Decision.Kind.RESTORE and decision.state_before == MERGED:
        return _("We have undone the merge of %(yours)s") % {"yours": yours}
    words = {
        "approve": _("We have approved %(yours)s"),
        "approve_with_note": _("We have approved %(yours)s and have a note for you"),
        "request_change": _("Please change %(yours)s"),
        "refuse": _("We have not published %(yours)s"),
        "hide": _("We have hidden %(yours)s"),
        "restore": _("We show %(yours)s again"),
        "merge": _("We have merged %(yours)s with another contribution"),
        "move": _("We have moved %(yours)s"),
        "uphold": _("Our decision stands"),
        "undo": _("We have taken back a decision about %(yours)s"),
    }
    return words[decision.decision] % {"yours": yours}


def opening(decision: Decision) -> str:
    """Return the first sentences: since when, and what this letter explains."""
    said = {"when": moment(decision.decided_at)}
    if decision.kind == PROFILE and decision.decision != Decision.Kind.UPHOLD:
        return person_words.opening(decision)
    if decision.decision == Decision.Kind.HIDE:
        return _("Since %(when)s others can no longer read it. Here we explain why – and what you can do.") % said
    if decision.decision == Decision.Kind.REQUEST_CHANGE:
        return (
            _("We looked at it on %(when)s. It cannot appear as it is – but nearly. Here we say what is missing.")
            % said
        )
    if decision.decision in RESTRICTIVE:
        return _("We looked at it on %(when)s. Here we explain why it does not appear – and what you can do.") % said
    if decision.decision == Decision.Kind.UPHOLD:
        return (
            _("You complained; another person looked at everything once more on %(when)s. Here is the answer.") % said
        )
    if decision.decision == Decision.Kind.MERGE:
        return (
            _(
                "Since %(when)s it no longer stands by itself. Its page and its discussion stay and lead on to the other "
                "contribution. Nobody's support was moved: everybody who gave one is asked. Here we explain why – and "
                "what you can do."
            )
            % said
        )
    if decision.decision == Decision.Kind.MOVE:
        return _("Since %(when)s you find it elsewhere. Here we explain why – and what you can do.") % said
    if decision.decision == Decision.Kind.UNDO:
        return _("On %(when)s we took back what we had decided shortly before. It waits for a decision again.") % said
    if decision.decision == Decision.Kind.RESTORE and decision.state_before == MERGED:
        return _("Since %(when)s it stands by itself again, with its supports as they were.") % said
    return _("Since %(when)s everybody can read it. Thank you for taking part!") % said


def rule_name(decision: Decision) -> str:
    """Return the rule with number, title and version."""
    if not (rule := decision.rule_version):
        return ""
    said = {"number": rule.rule.number, "title": rule.title, "day": short_day(rule.valid_from)}
    return _("rule %(number)s, “%(title)s” (version of %(day)s)") % said


def ground(decision: Decision) -> str:
    """Return whether a law or only the rules of this site are the ground."""
    if not (rule := decision.rule_version) or decision.decision not in RESTRICTIVE:
        return ""
    if rule.ground == rule.Ground.LAW:
        return _("In our judgement it also breaks a law: %(provision)s.") % {"provision": rule.provision}
    if decision.decision in measures.MEASURES:
        return ""
    return _("In our judgement you have not broken a law with it.")


def how(decision: Decision) -> tuple[str, ...]:
    """Return how the decision came about, where and for how long it holds."""
    sources = {
        "own": _("It came up when we looked through new contributions ourselves."),
        "report": _("Somebody reported it. We do not tell who."),
        "complaint": _("You complained. It was decided by another person than the first time."),
    }
    person = _("A person from the moderation team decided; no program took part.")
    if decision.automated_detection:
        person = _("A program pointed it out; a person from the moderation team decided.")
    said = [sources[decision.source], person]
    if decision.scope and decision.decision in Decision.TARGETED:
        said.append(decision.scope)
        said.append(decision.duration)
    elif decision.scope and decision.decision in measures.MEASURES:
        said.append(person_words.reach(decision))
    elif decision.scope:
        reach = {"scope": decision.scope, "duration": decision.duration}
        said.append(_("This holds %(scope)s, %(duration)s. Your account is not restricted.") % reach)
    return tuple(filter(None, said))


def steps(decision: Decision) -> tuple[Step, ...]:
    """Return what the author can do, in the order in which it is easiest."""
    elsewhere = Step(
        _("Turn to somebody else."),
        _("You can go to a certified out-of-court dispute settlement body or to a court."),
    )
    if decision.decision == Decision.Kind.UPHOLD:
        return (elsewhere,)
    if decision.complaint_until is None:
        return ()
    until = {"day": day(decision.complaint_until)}
    complain = Step(
        _("Complain, free of charge until %(day)s.") % until,
        _("Then another person decides."),
        complaint_url(decision),
        _("Write a complaint"),
    )
    again = Step(_("Write it anew."), _("You can say the same thing within the rules, at any time."))
    if decision.kind == PROFILE:
        again = person_words.again(decision)
    elif decision.decision == Decision.Kind.REQUEST_CHANGE:
        again = Step(_("Change it."), _("Under “Mein Bereich” you can change the text and send it again."))
    return (complain, elsewhere) if decision.decision in Decision.TARGETED else (again, complain, elsewhere)


def complaint_url(decision: Decision) -> str:
    """Return where to complain, or nothing when there is nothing to complain about."""
    if decision.complaint_until is None or not decision.code:
        return ""
    return reverse("moderation:complaint", args=[decision.code])
