"""What people who write an idea together are told, and what becomes of ideas one has commented on."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from common.events import receives
from ideas.models import CoAuthor, Comment, Idea
from ideas.queries.coauthors import coauthors_of
from moderation.models import Decision
from moderation.queries import letter
from moderation.queries.bulk import was_taken_back
from notifications import actions
from notifications.mentions import is_told_by_name
from notifications.models import Message
from notifications.rules import is_open_to

Kind = Message.Kind
State = CoAuthor.State


def told(people: Iterable[User | None], idea: Idea, key: str, subject: str, text: str, url: str = "") -> None:
    """Tell some people something about an idea, each once."""
    for person in people:
        if person is not None and person.is_active:
            actions.tell(
                person=person, kind=Kind.TOGETHER, key=key, subject=subject, text=text, about=("idea", idea.pk),
                url=url or reverse("ideas:idea", args=[idea.pk, idea.slug]), idea_id=idea.pk,
            )  # fmt: skip


def row_of(coauthor_id: int, *states: str) -> CoAuthor | None:
    """Return the row if it still stands as it was announced."""
    rows = CoAuthor.objects.select_related("idea__author", "person").filter(pk=coauthor_id, person__isnull=False)
    return rows.filter(state__in=states).first() if states else rows.first()


def together_page(idea: Idea) -> str:
    """Return where those who write an idea decide who does."""
    return reverse("ideas:coauthors", args=[idea.pk])


@receives("coauthor_invited")
def tell_invited(coauthor_id: int) -> None:
    """Ask the person."""
    row = row_of(coauthor_id, State.INVITED)
    if row is None or row.idea.author is None or row.person is None or not is_open_to(row.person, "idea", row.idea_id):
        return
    with translation.override(settings.LANGUAGE_CODE):
        said = {"name": row.idea.author.display_name, "idea": row.idea.title}
        told(
            [row.person], row.idea, f"coauthor:{row.pk}",
            _("%(name)s asks you to write along with “%(idea)s”") % said,
            _("You have commented on the idea “%(idea)s”. %(name)s would like to write it together with you. "
              "You can accept or decline within 14 days; nothing happens if you do not answer.") % said,
            together_page(row.idea),
        )  # fmt: skip


@receives("coauthor_accepted", "coauthor_declined", "coauthor_left")
def tell_lead(coauthor_id: int) -> None:
    """Tell the lead what became of an invitation."""
    row = row_of(coauthor_id, State.ACCEPTED, State.DECLINED, State.LEFT)
    if row is None or row.person is None or row.idea.author_id == row.person_id:
        return
    with translation.override(settings.LANGUAGE_CODE):
        said = {"name": row.person.display_name, "idea": row.idea.title}
        words = {
            State.ACCEPTED: _("%(name)s writes along with “%(idea)s” now"),
            State.DECLINED: _("%(name)s does not write along with “%(idea)s”"),
            State.LEFT: _("%(name)s no longer writes along with “%(idea)s”"),
        }
        text = _("Who writes the idea, and who is still asked, stands on this page:")
        told(
            [row.idea.author],
            row.idea,
            f"coauthor:{row.pk}:{row.state}",
            words[State(row.state)] % said,
            text,
            together_page(row.idea),
        )


@receives("coauthor_removed")
def tell_removed(coauthor_id: int) -> None:
    """Tell somebody that their writing along has ended."""
    row = row_of(coauthor_id, State.REVOKED)
    if row is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("You no longer write along with “%(idea)s”") % {"idea": row.idea.title}
        told([row.person], row.idea, f"coauthor:{row.pk}:ended", subject, _("The lead of the idea has ended it."))


@receives("lead_offered")
def tell_offered(coauthor_id: int) -> None:
    """Ask a co-author to take the lead."""
    row = row_of(coauthor_id, State.ACCEPTED)
    if row is None or row.lead_offered_at is None or row.idea.author is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        said = {"name": row.idea.author.display_name, "idea": row.idea.title}
        subject = _("%(name)s asks you to take the lead of “%(idea)s”") % said
        text = _("Who leads an idea can withdraw it and invite others. Nothing changes until you say yes.")
        key = f"lead:{row.pk}:{row.lead_offered_at.timestamp():.0f}"
        told([row.person], row.idea, key, subject, text, together_page(row.idea))


@receives("lead_passed")
def tell_passed(coauthor_id: int) -> None:
    """Tell the others who leads the idea now."""
    row = row_of(coauthor_id)
    if row is None or row.idea.author is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("%(name)s leads the idea “%(idea)s” now")
        subject %= {"name": row.idea.author.display_name, "idea": row.idea.title}
        key = f"led:{row.idea_id}:{row.idea.author_id}:{row.pk}"
        told([one.person for one in coauthors_of(row.idea)], row.idea, key, subject, _("You go on writing along."))


@receives("idea_withdrawn")
def tell_withdrawn(idea_id: int) -> None:
    """Tell those who write along and those who have commented that an idea was withdrawn, and why."""
    idea = Idea.objects.select_related("author").filter(pk=idea_id, withdrawn_at__isnull=False).first()
    if idea is None:
        return
    writers = [row.person for row in coauthors_of(idea) if row.person]
    was_public = idea.state == Idea.State.WITHDRAWN
    said = Comment.objects.filter(idea=idea, state=Comment.State.PUBLIC, author__isnull=False).values("author_id")
    readers = User.objects.filter(pk__in=said).exclude(pk=idea.author_id or 0) if was_public else User.objects.none()
    people = {person.pk: person for person in readers if is_open_to(person, "idea", idea.pk)}
    people |= {person.pk: person for person in writers}
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("The idea “%(idea)s” was withdrawn") % {"idea": idea.title}
        reason = [_("The reason: %(reason)s") % {"reason": idea.withdrawn_because}] if idea.withdrawn_because else []
        text = " ".join([*reason, *([_("The discussion with your comments stays.")] if was_public else [])])
        told(people.values(), idea, f"withdrawn:{idea.pk}", subject, text)


@receives("decision_made", tells=True)
def tell_coauthors(decision_id: int) -> None:
    """Tell those who write along what was decided; the letter itself stands behind the idea's page."""
    decision = Decision.objects.select_related("case", "rule_version__rule", "actor").filter(pk=decision_id).first()
    if decision is None or decision.kind != "idea" or decision.decision == Decision.Kind.UNDO:
        return
    if was_taken_back(decision_id):
        return
    idea = Idea.objects.select_related("author").filter(pk=decision.object_id).first()
    if idea is None or not idea.coauthor_count:
        return
    with translation.override(settings.LANGUAGE_CODE):
        found = letter(decision)
        if found.wanted:
            subject = f"{found.heading}: „{decision.subject_title}“"
            text = _("You write along with this idea. What was decided, and why, stands on its page.")
            told([row.person for row in coauthors_of(idea)], idea, f"decision:{decision.pk}", subject, text)


@receives("comment_published", tells=True)
def tell_comment_to_coauthors(comment_id: int) -> None:
    """Tell those who write along that somebody commented."""
    comment = Comment.objects.select_related("idea", "author").filter(pk=comment_id).first()
    if comment is None or not comment.idea.coauthor_count:
        return
    name = comment.author.display_name if comment.author else _("Somebody")
    with translation.override(settings.LANGUAGE_CODE):
        said = {"name": name, "idea": comment.idea.title}
        for row in coauthors_of(comment.idea):
            if row.person is None or row.person_id == comment.author_id or is_told_by_name(comment, row.person_id):
                continue
            if is_open_to(row.person, "comment", comment.pk):
                actions.tell(
                    person=row.person, kind=Kind.COMMENT, key=f"comment:{comment.pk}",
                    subject=_("New comment on “%(idea)s”") % said,
                    text=_("%(name)s has commented on your idea “%(idea)s”.") % said,
                    url=comment.get_absolute_url(), about=("comment", comment.pk), idea_id=comment.idea_id,
                )  # fmt: skip
