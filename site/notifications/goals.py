"""Who is told by name that an idea has reached the number which obliges an answer: its writers, and the office that answers.

Supporters are nobody we know: ``supporters`` walks through all people for them.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import User
from common.events import receives
from ideas.models import Campaign, Idea
from ideas.queries.coauthors import writers_of
from notifications import actions, supporters
from notifications.models import Message
from notifications.rules import is_open_to
from theme import dates
from voting.events import THRESHOLD_REACHED
from voting.models.notice import NoticeKind
from voting.queries.clocks import Clock, awaiting, clock, clock_of
from voting.wording import promised

SOON = timedelta(days=7)


@receives(THRESHOLD_REACHED)
def tell_reached(idea_id: int) -> None:
    """Tell writers and office, and begin to tell the supporters."""
    idea = Idea.objects.select_related("author", "campaign").get(pk=idea_id)
    found = clock(idea)
    if found is None:  # numbers are hidden: all are told when they are shown
        return
    with translation.override(settings.LANGUAGE_CODE):
        for person in writers_of(idea):
            tell(person, idea, f"goal:{idea.pk}", *words_for_writer(idea, found))
        for person in office_of(idea.campaign):
            tell(person, idea, f"goal-office:{idea.pk}", *words_for_office(idea, found))
    supporters.start(NoticeKind.REACHED, idea.pk, found.number)


def remind_offices() -> int:
    """Tell offices once a week before an answer is due, and once on its day; return how many answers are near."""
    rows = awaiting().exclude(answer_by=None)
    near = [(row.idea, clock_of(row)) for row in rows]
    with translation.override(settings.LANGUAGE_CODE):
        return sum(remind(idea, found) for idea, found in near)


def remind(idea: Idea, found: Clock) -> bool:
    """Remind of one answer if it is time to; a clock that was short from the beginning reminds on the day only."""
    if found.answer_by is None or found.answer_by - found.today > SOON:
        return False
    if found.today >= found.answer_by:
        key, subject = "due", _("Today the answer to “%(idea)s” is due")
        if found.today > found.answer_by:
            subject = _("The answer to “%(idea)s” is overdue")
    elif found.answer_by - found.reached_on > SOON:
        key, subject = "soon", _("In a week the answer to “%(idea)s” is due")
    else:
        return False
    for person in office_of(idea.campaign):
        text = _("%(promise)s Everything that waits for an answer stands in the list of answers.")
        said = {"idea": idea.title, "promise": promised(found)}
        tell(person, idea, f"goal-{key}:{idea.pk}", subject % said, text % said)
    return True


def tell(person: User, idea: Idea, key: str, subject: str, text: str) -> None:
    """Tell one of them, once, if they may read the idea."""
    if not person.is_active or not is_open_to(person, "idea", idea.pk):
        return
    actions.tell(
        person=person, kind=Message.Kind.ANSWER, key=key, subject=subject, text=text,
        url=reverse("ideas:idea", args=[idea.pk, idea.slug]), about=("idea", idea.pk), idea_id=idea.pk,
    )  # fmt: skip


def words_for_writer(idea: Idea, found: Clock) -> tuple[str, str]:
    """Return subject and text."""
    said = {"idea": idea.title, "number": number_format(found.number, force_grouping=True), "promise": promised(found)}
    subject = _("“%(idea)s” has %(number)s supports: the town must answer") % said
    return subject, _("Congratulations! %(promise)s We tell you as soon as the answer is there.") % said


def words_for_office(idea: Idea, found: Clock) -> tuple[str, str]:
    """Return subject and text."""
    said = {"idea": idea.title, "number": number_format(found.number, force_grouping=True)}
    said["day"] = dates.day(found.answer_by) if found.answer_by else ""
    subject = _("“%(idea)s” has reached %(number)s supports and waits for an answer") % said
    if not found.answer_by:
        return subject, _("The campaign has promised an answer in public, without a day. Please answer soon.")
    words = _("The campaign has promised an answer in public. The last day for it is %(day)s. We remind you before.")
    return subject, words % said


def office_of(campaign: Campaign) -> "QuerySet[User]":
    """Return who answers: the people of the campaign's office, or everybody who may answer where it has nobody."""
    right = {"content_type__app_label": "ideas", "codename": "answer"}
    groups = {f"groups__permissions__{name}": value for name, value in right.items()}
    own = {f"user_permissions__{name}": value for name, value in right.items()}
    people = User.objects.filter(Q(**groups) | Q(**own), is_active=True).distinct().order_by("pk")
    named = people.filter(office=campaign.answer_office) if campaign.answer_office else people.none()
    return named if named.exists() else people
