"""How pictures of ideas plug into moderation: one can be hidden without its idea."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from ideas.actions import hide_picture, restore_picture
from ideas.models import Idea, IdeaPicture, VersionPicture
from moderation.registry import Moderated, Snapshot, moderates
from moderation.watch import Watched

PUBLIC, HIDDEN = "public", "hidden"
STATES = "SELECT id, CASE WHEN hidden_at IS NULL THEN 'public' ELSE 'hidden' END AS state FROM ideas_ideapicture"


@moderates("picture")
class ModeratedPicture(Moderated):
    """Decisions on one picture."""

    label, yours = gettext_lazy("Picture"), gettext_lazy("your picture")
    preview_template = "ideas/parts/moderated_picture.html"
    is_contribution = False
    decisions: Mapping[str, tuple[str, ...]] = {PUBLIC: ("approve", "hide"), HIDDEN: ("restore",)}
    watched = Watched("ideas_ideapicture", start=PUBLIC, states=STATES)

    def describe(self, object_id: int) -> Snapshot | None:
        use = shown_in(object_id)
        if use is None:
            return None
        idea = use.version.idea
        return Snapshot(
            title=_("Picture of “%(idea)s”") % {"idea": use.version.title},
            excerpt=use.alt or _("No description of the picture."),
            author_id=use.picture.uploader_id or idea.author_id,
            author_name=name_of(use),
            campaign_id=idea.campaign_id,
            campaign_title=idea.campaign.title,
            version=1,
            state=HIDDEN if use.picture.hidden_at else PUBLIC,
            url=f"{reverse('ideas:idea', args=[idea.pk, idea.slug])}#{anchor(object_id)}",
        )

    def words(self, object_id: int) -> str:
        """A picture has few words; its fingerprint says which one it was."""
        picture = IdeaPicture.objects.get(pk=object_id)
        return f"{super().words(object_id)}\n\nSHA-256: {picture.sha256}"

    def evidence(self, object_id: int) -> list[tuple[str, bytes]]:
        picture = IdeaPicture.objects.get(pk=object_id)
        return [*super().evidence(object_id), *file_of(picture)]

    def preview(self, object_id: int, version: int) -> dict[str, Any]:
        use = shown_in(object_id)
        return {"subject": use.version.idea, "use": use} if use else {}

    def apply(self, decision: str, object_id: int, version: int) -> tuple[str, str]:
        before = HIDDEN if IdeaPicture.objects.get(pk=object_id).hidden_at else PUBLIC
        if decision not in self.decisions[before]:
            raise Refused(_("This decision does not fit here."), code="wrong_decision", status=409)
        if decision == "approve":
            return before, before
        picture = (hide_picture if decision == "hide" else restore_picture)(object_id)
        return before, HIDDEN if picture.hidden_at else PUBLIC

    def states(self, object_ids: Iterable[int]) -> dict[int, str]:
        found = IdeaPicture.objects.filter(pk__in=list(object_ids)).values_list("pk", "hidden_at")
        return {pk: HIDDEN if hidden else PUBLIC for pk, hidden in found}

    def reportable(self, object_id: int, user: Any) -> Model | None:
        """A picture can be reported by whoever reads it on the page of an idea."""
        ideas = Idea.objects.visible_to(user).filter(state__in=(Idea.State.PUBLIC, Idea.State.MERGED))
        uses = VersionPicture.objects.filter(version__in=ideas.values("approved_version"), picture__hidden_at=None)
        found = uses.filter(picture=object_id).select_related("picture").first()
        return found.picture if found else None


def anchor(picture_id: int) -> str:
    """Return where a picture stands on the page of its idea."""
    return f"bild-{picture_id}"


def shown_in(picture_id: int) -> VersionPicture | None:
    """Return where a picture stands: the approved version before others, the newest before older ones."""
    joins = ("picture__uploader", "version__idea__campaign", "version__idea__author")
    uses = list(VersionPicture.objects.filter(picture=picture_id).select_related(*joins).order_by("-version_id"))
    approved = (use for use in uses if use.version.idea.approved_version_id == use.version_id)
    return next(approved, uses[0] if uses else None)


def name_of(use: VersionPicture) -> str:
    """Return the name of whoever put the picture in, or of the idea's author."""
    person = use.picture.uploader or use.version.idea.author
    return person.display_name if person else ""


def file_of(picture: IdeaPicture) -> list[tuple[str, bytes]]:
    """Return the largest size there is, under its key."""
    name = picture.file.name or ""
    if not name or not default_storage.exists(name):
        return []
    with default_storage.open(name) as handle:
        return [(f"pictures/{picture.key.hex}.webp", handle.read())]
