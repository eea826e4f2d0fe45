"""What somebody writes, on its way from a form or a file into a version."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from ideas.models import District, Goal, IdeaFile, IdeaPicture, IdeaVersion, Topic
from theme.markdown import excerpt

TITLE_SHORTEST, TITLE_LONGEST = 10, 90
TEXT_SHORTEST, TEXT_LONGEST = 30, 4000
COMMENT_LONGEST = 2000
MOST_TAGS, TAG_LONGEST = 8, 40
MOST_PICTURES, MOST_FILES = 5, 3
TEASER_LENGTH = 200
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS"})
# Last parts of addresses under /ideen/<id>/ that mean something else.
TAKEN = {
    "antwort", "auch-meine", "aushang", "bearbeiten", "danke", "einbetten", "fassungen", "kommentare", "mitautoren", "qr",
    "unterstuetzung", "verlauf", "verweise", "zurueckziehen", "zusammenlegung",
}  # fmt: skip


@dataclass(frozen=True)
class IdeaContent:
    """The words and facts of one version."""

    title: str
    text: str
    topic: Topic | None = None
    goal: Goal | None = None
    district: District | None = None
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    tags: tuple[str, ...] = ()
    pictures: tuple[tuple[IdeaPicture, str], ...] = ()
    files: tuple[IdeaFile, ...] = ()
    # Answers to the campaign's own questions, as they are kept in ``IdeaVersion.answers``.
    answers: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(cls, version: IdeaVersion) -> "IdeaContent":
        """Return what an existing version says."""
        return cls(
            title=version.title,
            text=version.text,
            topic=version.topic,
            goal=version.goal,
            district=version.district,
            place=version.place,
            latitude=version.latitude,
            longitude=version.longitude,
            tags=tuple(version.tags),
            pictures=tuple((use.picture, use.alt) for use in version.pictures.select_related("picture")),
            files=tuple(use.file for use in version.files.select_related("file")) if version.file_count else (),
            answers=tuple(version.answers),
        )


def slug_for(title: str) -> str:
    """Return the readable end of an idea's address."""
    slug = slugify(title.translate(UMLAUTS))[:80].strip("-") or "idee"
    return f"idee-{slug}" if slug in TAKEN or slug.isdigit() else slug


def teaser_for(text: str) -> str:
    """Return the first words, for lists."""
    return excerpt(text, TEASER_LENGTH)
