"""What waits for one person, over all that they do here: the first thing the admin shows."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy

from accounts.models import User
from cms.models import AccessibilityPage, ImprintPage, SecondPersonTask
from cms.queries.broken import broken_links
from cms.reminders import old_statement
from moderation.models import Case
from voting.queries.clocks import awaiting

SOON = dt.timedelta(days=7)
MOST = 5


@dataclass(frozen=True)
class Item:
    """One line: what waits, where to go; ``is_urgent`` puts a word before it."""

    words: str
    url: str
    is_urgent: bool = False


def waiting(person: User) -> list[Item]:
    """Return what waits for this person, the urgent first."""
    found = [item for part in PARTS for item in part(person)]
    return sorted(found, key=lambda item: not item.is_urgent)


def edits(person: User) -> bool:
    """Tell whether somebody writes pages."""
    return bool(PagePermissionPolicy().user_has_any_permission(person, ["add", "change", "publish"]))


def reviews(person: User) -> Iterator[Item]:
    """Pages that somebody else has submitted and this person may approve."""
    states = TaskState.objects.none()
    for task in SecondPersonTask.objects.filter(active=True):
        states |= task.get_task_states_user_can_moderate(person)
    for state in states.select_related("workflow_state__requested_by").order_by("started_at")[:MOST]:
        page = state.workflow_state.content_object
        if page is None or not isinstance(page, Page):
            continue
        who = state.workflow_state.requested_by
        words = _("“%(title)s” waits for your approval, submitted by %(who)s.") % {
            "title": page.get_admin_display_title(), "who": who.get_full_name() if who else "–",
        }  # fmt: skip
        yield Item(words, reverse("wagtailadmin_pages:edit", args=[page.pk]), is_urgent=True)


def returned(person: User) -> Iterator[Item]:
    """Pages of this person that came back with a wish."""
    states = WorkflowState.objects.filter(requested_by=person, status=WorkflowState.STATUS_NEEDS_CHANGES)
    for state in states.order_by("-created_at")[:MOST]:
        page = state.content_object
        if isinstance(page, Page):
            words = _("“%(title)s” came back: changes are wanted.") % {"title": page.get_admin_display_title()}
            yield Item(words, reverse("wagtailadmin_pages:edit", args=[page.pk]), is_urgent=True)


def drafts(person: User) -> Iterator[Item]:
    """Pages on which this person wrote last and that are not published as they stand, nor submitted."""
    if not edits(person):
        return
    busy = WorkflowState.objects.active().values("object_id")
    latest = Revision.page_revisions.filter(user=person).values("pk")
    rows = Page.objects.filter(has_unpublished_changes=True, latest_revision__in=latest, go_live_at=None)
    mine = [page for page in rows.order_by("-latest_revision_created_at")[: 3 * MOST] if page.depth > 1]
    taken = set(busy.values_list("object_id", flat=True))
    for page in [one for one in mine if str(one.pk) not in taken][:MOST]:
        words = _("Your draft “%(title)s” is not published.") % {"title": page.get_admin_display_title()}
        yield Item(words, reverse("wagtailadmin_pages:edit", args=[page.pk]))


def cases(person: User) -> Iterator[Item]:
    """Contributions that wait for a moderator."""
    if person.has_perm("moderation.decide") and (count := Case.objects.waiting().count()):
        words = ngettext(
            "%(count)s contribution waits for a decision.", "%(count)s contributions wait for a decision.", count
        )
        yield Item(words % {"count": count}, reverse("moderation_cms:queue"))


def answers(person: User) -> Iterator[Item]:
    """Answers that are due within a week, or overdue."""
    if not (person.has_perm("ideas.answer") or person.has_perm("ideas.change_campaign")):
        return
    today = timezone.localdate()
    near = awaiting().filter(answer_by__lte=today + SOON)
    if count := near.count():
        words = ngettext(
            "%(count)s answer of the town is due within a week.",
            "%(count)s answers of the town are due within a week.",
            count,
        )
        late = near.filter(answer_by__lt=today).exists()
        yield Item(words % {"count": count}, reverse("voting_answers:list"), is_urgent=late)


def links(person: User) -> Iterator[Item]:
    """Links that lead nowhere."""
    if edits(person) and (count := len(broken_links())):
        words = ngettext("%(count)s link leads nowhere.", "%(count)s links lead nowhere.", count) % {"count": count}
        yield Item(words, reverse("broken_links"))


def legal(person: User) -> Iterator[Item]:
    """What the law asks for and is missing or old."""
    if not edits(person):
        return
    pages = reverse("wagtailadmin_explore_root")
    imprint = ImprintPage.objects.live().first()
    if imprint is None:
        yield Item(
            _("There is no imprint yet. Please add the page “Imprint” below the start page."), pages, is_urgent=True
        )
    elif imprint.missing:
        words = _("The imprint lacks: %(parts)s.") % {"parts": ", ".join(imprint.missing)}
        yield Item(words, reverse("wagtailadmin_pages:edit", args=[imprint.pk]), is_urgent=True)
    if not AccessibilityPage.objects.live().exists():
        yield Item(_("There is no statement on accessibility yet. Please add that page below the start page."), pages)
    elif old := old_statement():
        words = _("The statement on accessibility was looked through a year ago. Please check it.")
        yield Item(words, reverse("wagtailadmin_pages:edit", args=[old.pk]))


PARTS: tuple[Callable[[User], Iterator[Item]], ...] = (reviews, returned, drafts, cases, answers, links, legal)
