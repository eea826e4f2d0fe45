"""Taking over many contributions at once: all of them, or none."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import OuterRef, Subquery
from taggit.models import Tag, TaggedItem

from common.database import now
from ideas.actions.counting import change_idea_count
from ideas.actions.publishing import FAIR_PLACES, trend_at
from ideas.content import slug_for, teaser_for
from ideas.imports import Row
from ideas.models import Campaign, Idea, IdeaVersion
from moderation import record
from moderation.actions import open_case
from search.actions import touch_many

BATCH = 500


@dataclass
class Imported:
    """What an import did."""

    added: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def import_ideas(
    *,
    campaign: Campaign,
    rows: Iterable[Row | tuple[int, str]],
    publish: bool,
    progress: Callable[[int], object] | None = None,
) -> Imported:
    """Take rows over as ideas of a campaign: published without a decision and marked as imported, or waiting for one.

    Rows whose id the campaign has already are left as they are.
    """
    report, batch = Imported(), []
    known = set(campaign.ideas.exclude(source_id=None).values_list("source_id", flat=True))
    ids: list[int] = []
    for row in rows:
        if progress:
            progress(1)
        if isinstance(row, tuple):
            report.refused.append(row)
        elif row.source_id in known:
            report.known += 1
        else:
            report.notes += [(row.number, note) for note in row.notes]
            batch.append(row)
        if len(batch) == BATCH:
            ids += add_rows(campaign, batch, publish=publish)
            batch = []
    ids += add_rows(campaign, batch, publish=publish)
    report.added = len(ids)
    finish(campaign, ids, publish=publish)
    return report


def finish(campaign: Campaign, ids: list[int], *, publish: bool) -> None:
    """Count and index what is public, open cases for what is not."""
    if publish and ids:
        change_idea_count(campaign.pk, len(ids))
        touch_many("idea", ids)
    for idea_id in () if publish else ids:
        open_case("idea", idea_id, subject_version=1)


def add_rows(
    campaign: Campaign, rows: Sequence[Row], *, publish: bool, chance: random.Random | None = None
) -> list[int]:
    """Write a batch in a few statements; return the keys of the ideas."""
    if not rows:
        return []
    moment, chance = now(), chance or random.SystemRandom()
    ideas = Idea.objects.bulk_create([_idea(campaign, row, moment, chance, publish=publish) for row in rows])
    IdeaVersion.objects.bulk_create([_version(idea, row) for idea, row in zip(ideas, rows, strict=True)])
    version = Subquery(IdeaVersion.objects.filter(idea=OuterRef("pk"), number=1).values("pk"))
    ids = [idea.pk for idea in ideas]
    fresh = Idea.objects.filter(pk__in=ids)
    if publish:
        fresh.update(latest_version=version, approved_version=version, state=Idea.State.PUBLIC)
        record.imported("idea", ids, Idea.State.WAITING, Idea.State.PUBLIC)
        _tag(ideas, rows)
    else:
        fresh.update(latest_version=version)
    return ids


def _idea(campaign: Campaign, row: Row, moment: datetime, chance: random.Random, *, publish: bool) -> Idea:
    content, at = row.content, row.created_at or moment
    return Idea(
        campaign=campaign,
        title=content.title,
        slug=slug_for(content.title),
        teaser=teaser_for(content.text),
        topic=content.topic,
        goal=content.goal,
        district=content.district,
        source_id=row.source_id,
        source_url=row.source_url,
        created_at=at,
        published_at=at if publish else None,
        fair_rank=chance.randrange(FAIR_PLACES),
        trend=trend_at(at, 0, 0),
    )


def _version(idea: Idea, row: Row) -> IdeaVersion:
    content = row.content
    return IdeaVersion(
        idea=idea,
        number=1,
        title=content.title,
        text=content.text,
        topic=content.topic,
        goal=content.goal,
        district=content.district,
        place=content.place,
        published_at=idea.published_at,
        tags=list(content.tags),
        created_at=idea.created_at,
    )


def _tag(ideas: Sequence[Idea], rows: Sequence[Row]) -> None:
    names = {name.casefold(): name for row in rows for name in row.content.tags}
    if not names:
        return
    tags = {
        key: Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name)
        for key, name in names.items()
    }
    kind = ContentType.objects.get_for_model(Idea)
    TaggedItem.objects.bulk_create(
        TaggedItem(tag=tags[name.casefold()], content_type=kind, object_id=idea.pk)
        for idea, row in zip(ideas, rows, strict=True)
        for name in row.content.tags
    )
