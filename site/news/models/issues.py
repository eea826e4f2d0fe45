"""Issues of the newsletter, what stands in them, and the ledger of who got which."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.forms import Select
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel
from wagtail.models import Orderable, PreviewableMixin

from common.mail import Mailed
from ideas.models import Topic
from news.models.articles import NewsArticlePage
from news.models.issue_form import IssueForm
from news.models.newsletter import Subscriber

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

MOST_ARTICLES = 20


class Issue(PreviewableMixin, ClusterableModel):
    """One issue, as an editor writes it: a subject, a few words, articles. Once it is on its way it does not change."""

    class Kind(models.TextChoices):
        WEEKLY = "weekly", _("Weekly issue: goes out on the next Monday at 7 o'clock")
        AT_ONCE = "at_once", _("Single issue: goes out at once")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        WAITING = "waiting", _("waits for its time")
        SENDING = "sending", _("is being sent")
        SENT = "sent", _("sent")

    subject = models.CharField(_("subject"), max_length=120)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("topic"),
        help_text=_("Who has chosen this topic, or all topics, gets it. Empty: only who has chosen all topics."),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.WEEKLY)
    intro = models.TextField(_("words before the articles"), max_length=1200, blank=True)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.DRAFT, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    due_at = models.DateTimeField(_("goes out"), null=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    # Who subscribed later does not get it any more.
    started_at = models.DateTimeField(null=True, editable=False)
    # Up to which subscriber the ledger is written; when all are in it.
    enrolled_to = models.BigIntegerField(default=0, editable=False)
    enrolled_at = models.DateTimeField(null=True, editable=False)
    # How many got it; stays when the ledger is forgotten.
    sent_count = models.PositiveIntegerField(_("letters sent"), default=0, editable=False)

    # How its mail looks is known above the models; ``news.newsletter.composing`` puts it here.
    composer: ClassVar[Callable[["Issue", str], Any]]

    if TYPE_CHECKING:
        chosen: RelatedManager["IssueArticle"]

    base_form_class = IssueForm
    panels: ClassVar = [
        FieldPanel("subject"),
        FieldRowPanel([FieldPanel("topic", widget=Select), FieldPanel("kind")]),
        FieldPanel("intro"),
        InlinePanel("chosen", label=_("Article"), heading=_("Articles"), max_num=MOST_ARTICLES),
        HelpPanel(
            _(
                "Title and teaser of each article go into the mail, with a link. After saving you see the mail, send it to "
                "yourself, and only then let it go out."
            )
        ),
    ]

    class Meta:
        verbose_name, verbose_name_plural = _("newsletter issue"), _("newsletter issues")
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state__in=["waiting", "sending"]), name="news_issue_due"),
            models.Index(fields=["-started_at"], name="news_issue_archive"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def preview_modes(self) -> list[tuple[str, str | Promise]]:
        """The two halves of every mail."""
        return [("", _("Mail")), ("text", _("Mail as plain text"))]

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """Show the mail as it stands in the form at the moment."""
        return type(self).composer(self, mode_name)

    def clean(self) -> None:
        super().clean()
        if self.pk and self.state != self.State.DRAFT:
            raise ValidationError(_("This issue is on its way already. It cannot be changed any more."))


class IssueArticle(Orderable):
    """An article of an issue."""

    issue = ParentalKey(Issue, on_delete=models.CASCADE, related_name="chosen")
    article = models.ForeignKey(NewsArticlePage, models.CASCADE, related_name="+", verbose_name=_("article"))
    panels: ClassVar = [FieldPanel("article")]

    class Meta(Orderable.Meta):
        verbose_name, verbose_name_plural = _("article of an issue"), _("articles of an issue")
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "article"], name="issue_has_article_once")]


class Letter(Mailed):
    """The line of the ledger: this issue to this subscriber, once – or an editor's trial to themselves."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="letters")
    subscriber = models.ForeignKey(Subscriber, models.CASCADE, null=True, related_name="+")
    tester = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(db_default=Now())
    # The mail server does not take it for this address.
    is_given_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "subscriber"], name="news_letter_once"),
            models.CheckConstraint(
                condition=Q(subscriber__isnull=False, tester__isnull=True)
                | Q(subscriber__isnull=True, tester__isnull=False),
                name="news_letter_to_one",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["issue", "id"], condition=Q(mailed_at=None, is_given_up=False), name="news_letter_to_send"
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}/{self.pk}"
