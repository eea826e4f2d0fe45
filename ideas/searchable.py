"""How ideas, comments and the town's answers get into search."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from ideas.models import Campaign, Comment, District, Idea, IdeaVersion, OfficialAnswer, Topic, VersionFile
from ideas.queries.coauthors import coauthors_of
from ideas.queries.completions import names_beginning
from ideas.queries.looks import STATUS_SLUGS, status_labels
from ideas.questions import may_be_read, words_for_search
from ideas.rules import counts_shown
from search.registry import Attachment, Builder, Doc, Name, Place, register
from theme.markdown import as_text


@register
class IdeaSearch(Builder):
    """Ideas, by the words of their approved version."""

    kind, icon, order = "idea", "bulb", 10
    label, label_plural = _("Idea"), _("Ideas")

    def visible_to(self, user: object) -> QuerySet:
        return Idea.objects.visible_to(user).filter(state=Idea.State.PUBLIC)  # type: ignore[arg-type]

    def prepare(self, queryset: QuerySet) -> QuerySet:
        joins = ("campaign", "approved_version", "topic", "district", "picture")
        return queryset.select_related(*joins).prefetch_related("tags", "campaign__questions")

    def document(self, idea: Idea) -> Doc:  # type: ignore[override]
        version: IdeaVersion = idea.approved_version  # type: ignore[assignment]
        place = f"\n{version.place}" if version.place else ""
        return Doc(
            title=version.title,
            body=as_text(version.text) + place + answers_found(idea, version),
            campaign=idea.campaign.slug,
            status=STATUS_SLUGS[idea.progress],
            category=idea.topic.slug if idea.topic else "",
            district=idea.district.slug if idea.district else "",
            tags=tuple(tag.slug for tag in idea.tags.all()),
            published_at=idea.published_at,
            votes=idea.support_count if counts_shown(idea.campaign) else 0,
            source_id=idea.source_id or "",
        )

    def note(self, idea: Idea) -> str:  # type: ignore[override]
        return idea.campaign.title

    def attachments(self, objects: Sequence[Model]) -> dict[int, list[Attachment]]:
        return attachments_of([idea for idea in objects if idea.approved_version.file_count])  # type: ignore[attr-defined]

    def names(self, words: Sequence[str], limit: int) -> list[Name]:
        return names_beginning(words, limit)

    def labels(self, facet: str, values: Iterable[str]) -> dict[str, str]:
        if facet == "status":
            return status_labels()
        models: dict[str, tuple[type[Model], str]] = {
            "campaign": (Campaign, "title"),
            "category": (Topic, "name"),
            "district": (District, "name"),
            "tags": (Tag, "name"),
        }
        if facet not in models:
            return {}
        model, column = models[facet]
        rows = Campaign.objects.filter(is_public=True) if model is Campaign else model._default_manager.all()
        return dict(rows.filter(slug__in=list(values)).values_list("slug", column))

    def choices(self, facet: str) -> dict[str, str]:
        if facet == "campaign":
            return dict(Campaign.objects.filter(is_public=True).order_by("title").values_list("slug", "title"))
        models: dict[str, type[Model]] = {"category": Topic, "district": District}
        return dict(models[facet]._default_manager.values_list("slug", "name")) if facet in models else {}

    def place(self, idea: Idea) -> Place | None:  # type: ignore[override]
        version: IdeaVersion = idea.approved_version  # type: ignore[assignment]
        return place_of(idea, version.place)

    def authors(self, idea: Idea) -> list[int]:  # type: ignore[override]
        lead = [idea.author_id] if idea.author_id else []
        return lead + [row.person_id for row in coauthors_of(idea) if row.person_id]


def place_of(idea: Idea, words: str = "") -> Place | None:
    """Return where an idea is, if it has a point on the map."""
    if idea.latitude is None or idea.longitude is None:
        return None
    return Place(words, idea.latitude, idea.longitude)


def attachments_of(ideas: Sequence[Any]) -> dict[int, list[Attachment]]:
    """Return the files of the approved versions of ideas; everybody who may read the idea may have them."""
    found: dict[int, list[Attachment]] = {}
    owners = {idea.approved_version_id: idea.pk for idea in ideas}
    uses = VersionFile.objects.filter(version__in=owners).select_related("file") if owners else []
    for use in uses:
        file = use.file
        opened = partial(file.file.open, "rb")
        one = Attachment(file.key.hex, file.name, file.kind, file.get_absolute_url(), opened)  # a file never changes
        found.setdefault(owners[use.version_id], []).append(one)
    return found


def answers_found(idea: Idea, version: IdeaVersion) -> str:
    """Return the answers to the campaign's own questions that everybody may read and search is to find."""
    if not version.answers:
        return ""
    questions = idea.campaign.questions.all()
    private = {question.key for question in questions if not question.is_public}
    searchable = {question.key for question in questions if question.is_searchable}
    found = words_for_search(may_be_read(version.answers, private), searchable)
    return f"\n{found}" if found else ""


@register
class CommentSearch(Builder):
    """Comments on public ideas."""

    kind, icon, order = "comment", "comment", 20
    label, label_plural = _("Comment"), _("Comments")

    def visible_to(self, user: object) -> QuerySet:
        return Comment.objects.visible_to(user).filter(  # type: ignore[arg-type]
            state=Comment.State.PUBLIC, idea__state=Idea.State.PUBLIC
        )

    def prepare(self, queryset: QuerySet) -> QuerySet:
        return queryset.select_related("idea__campaign", "idea__topic", "idea__district")

    def document(self, comment: Comment) -> Doc:  # type: ignore[override]
        idea = comment.idea
        return Doc(
            # Its own words only: every comment under an idea would else be found by the idea's title.
            title="",
            about=idea.title,
            body=as_text(comment.text),
            campaign=idea.campaign.slug,
            category=idea.topic.slug if idea.topic else "",
            district=idea.district.slug if idea.district else "",
            published_at=comment.published_at,
        )

    def note(self, comment: Comment) -> str:  # type: ignore[override]
        return comment.office

    def place(self, comment: Comment) -> Place | None:  # type: ignore[override]
        return place_of(comment.idea)

    def authors(self, comment: Comment) -> list[int]:  # type: ignore[override]
        return [comment.author_id] if comment.author_id else []


@register
class AnswerSearch(Builder):
    """What the town answered."""

    kind, icon, order = "answer", "home", 30
    label, label_plural = _("Answer of the town"), _("Answers of the town")

    def visible_to(self, user: object) -> QuerySet:
        return OfficialAnswer.objects.visible_to(user).filter(idea__state=Idea.State.PUBLIC)  # type: ignore[arg-type]

    def prepare(self, queryset: QuerySet) -> QuerySet:
        return queryset.select_related("idea__campaign", "idea__topic", "idea__district")

    def document(self, answer: OfficialAnswer) -> Doc:  # type: ignore[override]
        idea = answer.idea
        return Doc(
            title=idea.title,
            body=as_text(answer.text),
            campaign=idea.campaign.slug,
            status=STATUS_SLUGS[answer.progress],
            category=idea.topic.slug if idea.topic else "",
            district=idea.district.slug if idea.district else "",
            published_at=answer.published_at,
        )

    def note(self, answer: OfficialAnswer) -> str:  # type: ignore[override]
        return answer.office

    def place(self, answer: OfficialAnswer) -> Place | None:  # type: ignore[override]
        return place_of(answer.idea)

    def authors(self, answer: OfficialAnswer) -> list[int]:  # type: ignore[override]
        return [answer.author_id] if answer.author_id else []
