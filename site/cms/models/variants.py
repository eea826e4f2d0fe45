"""The same page in other words: Leichte Sprache, plain language, sign language, or English where a page exists once only.

One table for every kind of page, not a second tree (``docs/decisions/0042``): a variant lives and dies with its page.
"""

import hashlib
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, PageChooserPanel
from wagtail.models import DraftStateMixin, Page, PreviewableMixin, RevisionMixin

from cms.blocks import VariantBlock
from cms.fields import BlocksField
from cms.models.pages import ENGLISH, PlainPage, StartPage, TownPage

if TYPE_CHECKING:
    from django.utils.functional import Promise

# The Netzwerk Leichte Sprache wants short sentences; whoever writes more words is told, not stopped.
LONG_SENTENCE = 15
SENTENCES = re.compile(r"(?<=[^\d\s][.!?])\s+")


class Variant(PreviewableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """One page in other words, with drafts beside what is shown.

    ``outdated_since`` is when the page said something new after this was published.
    """

    class Level(models.TextChoices):
        """What follows ``?sprache=`` in the address; English lies below /en/."""

        EASY = "leicht", _("Leichte Sprache")
        PLAIN = "einfach", _("Plain language")
        SIGNED = "dgs", _("Sign language")
        ENGLISH = "en", _("English")

    page = models.ForeignKey(Page, models.CASCADE, related_name="variants", verbose_name=_("page"))
    level = models.CharField(_("version"), max_length=10, choices=Level)
    title = models.CharField(_("title"), max_length=200, blank=True, help_text=_("Empty: the title of the page."))
    lead = models.TextField(
        _("first sentences"), max_length=600, blank=True, help_text=_("What is it about? One sentence per line.")
    )
    body = BlocksField(VariantBlock(), blank=True, verbose_name=_("content"))
    checked_by = models.CharField(
        _("checked by"),
        max_length=200,
        blank=True,
        help_text=_("Leichte Sprache is read by people who need it before it is shown. Who did? Everybody reads this."),
    )
    source_stamp = models.CharField(max_length=64, editable=False, blank=True)
    outdated_since = models.DateTimeField(_("out of date since"), null=True, editable=False)
    changed_at = models.DateTimeField(_("written on"), default=timezone.now, editable=False)

    panels: ClassVar = [
        HelpPanel(
            _(
                "Publishing says: this fits the page as it is shown now. When the page changes later, you are told that "
                "this version is out of date; until then it goes on being shown. A draft is seen by nobody."
            )
        ),
        FieldRowPanel([PageChooserPanel("page"), FieldPanel("level")]),
        FieldPanel("title"),
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("checked_by"),
    ]
    preview_sizes = TownPage.preview_sizes
    # Shows a page in these words (``cms.reading``, which stands above the models).
    reader: "ClassVar[Callable[[Variant, TownPage, Any], None]]"

    class Meta:
        verbose_name, verbose_name_plural = _("version in other words"), _("versions in other words")
        ordering = ("page", "level")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page", "level"],
                name="cms_variant_once",
                violation_error_message=_("This page already has such a version. Please change that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.page.title} ({self.get_level_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saving says that this fits the page of now; a draft that is kept beside what is shown does not."""
        if kwargs.get("update_fields") is None:
            self.source_stamp = stamp(self.page.specific)
            self.outdated_since, self.changed_at = None, timezone.now()
        super().save(*args, **kwargs)

    def get_full_url(self) -> str:
        """Return where this will stand, for the preview; English below /en/."""
        own: str = self.page.specific.get_absolute_url()
        path = ENGLISH + own[1:] if self.level == self.Level.ENGLISH else own
        return f"{self.page.get_site().root_url}{path}"

    full_url = property(get_full_url)

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """Show the page as it would be read with these words, before anybody else sees them."""
        page = self.page.specific
        type(self).reader(self, page, request)
        return page.serve_preview(request, page.default_preview_mode)

    def clean(self) -> None:
        super().clean()
        if self.page_id and (wrong := unfit(self.page.specific, self.level)):
            raise ValidationError({"page": wrong})
        kinds = [block.block_type for block in self.body]
        if self.level == self.Level.SIGNED and "video" not in kinds:
            raise ValidationError({"body": _("Please add the film in sign language.")})
        if self.level != self.Level.SIGNED and not (self.lead or kinds):
            raise ValidationError({"body": _("Please write something: without text there is nothing to read.")})

    def apply(self, page: TownPage) -> None:
        """Let the page at hand, which must not be saved after this, say these words."""
        title, lead, body = page.words_in
        for name, words in ((title, self.title), (lead, self.lead), (body, self.body)):
            if name and words:
                setattr(page, name, words)

    def long_sentences(self) -> int:
        """Return how many sentences are longer than Leichte Sprache allows."""
        texts = [self.lead, *searchable(self.body)]
        return sum(len(one.split()) > LONG_SENTENCE for text in texts for one in SENTENCES.split(text))


def unfit(page: Page, level: str) -> "str | Promise | None":
    """Return why a page cannot have this version, or nothing."""
    if not isinstance(page, TownPage) or page.language != "de":
        return _("Only German pages have versions in other words.")
    if level == Variant.Level.ENGLISH and isinstance(page, StartPage | PlainPage):
        return _("This page is translated in the English tree: choose “Translate” at the page.")
    if level == Variant.Level.PLAIN and isinstance(page, StartPage):
        return _("The start page has versions in Leichte Sprache and in sign language only.")
    return None


def searchable(stream: Any) -> list[str]:
    """Return the words of a stream of blocks, without tags."""
    found = stream.stream_block.get_searchable_content(stream) if stream else ()
    return [strip_tags(str(words)) for words in found if words]


def stamp(page: Page) -> str:
    """Return something that changes whenever the page says something else; pictures and settings do not count."""
    return hashlib.sha256("\n".join(words_of(page)).encode()).hexdigest()


def words_of(page: Page) -> list[str]:
    """Return what a page says: title, first sentences, then its text block by block."""
    title, lead, body = getattr(page, "words_in", ("title", "", ""))
    words = [str(getattr(page, name, "")) for name in (title, lead) if name]
    return words + searchable(getattr(page, body, None) if body else None)
