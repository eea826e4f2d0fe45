"""Everything there is of an idea or a comment, as files: for the authorities in a grave case."""

import json
from typing import Any

from django.core.files.storage import default_storage

from ideas.models import Comment, Idea, IdeaFile, IdeaPicture, IdeaVersion
from ideas.moderated_pictures import file_of

Files = list[tuple[str, bytes]]


def as_file(name: str, content: Any) -> tuple[str, bytes]:
    """Return a JSON file that people can read as well."""
    return name, json.dumps(content, ensure_ascii=False, indent=2, default=str).encode()


def idea_evidence(idea: Idea) -> Files:
    """Return all versions of an idea, whether they were public or not, with pictures and files."""
    versions = idea.versions.select_related("author", "topic", "district").order_by("number")
    said = {"number": idea.pk, "state": idea.state, "author": person(idea.author), "published_at": idea.published_at}
    pictures = IdeaPicture.objects.filter(uses__version__idea=idea).distinct()
    files = IdeaFile.objects.filter(uses__version__idea=idea).distinct()
    return [
        as_file("idea.json", {**said, "versions": [version_words(version) for version in versions]}),
        *(found for picture in pictures for found in file_of(picture)),
        *(found for file in files for found in document(file)),
    ]


def version_words(version: IdeaVersion) -> dict[str, Any]:
    """Return one version in words."""
    names = ("number", "title", "text", "place", "latitude", "longitude", "tags", "created_at", "published_at")
    said = {name: getattr(version, name) for name in names}
    return {**said, "author": person(version.author), "answers": version.answers}


def comment_evidence(comment: Comment) -> Files:
    """Return all versions of a comment, and which idea it is about."""
    said = {"number": comment.pk, "idea": comment.idea_id, "state": comment.state, "author": person(comment.author)}
    said |= {"text": comment.text, "created_at": comment.created_at, "edited_at": comment.edited_at}
    versions = comment.versions.order_by("number").values("number", "text", "stance", "created_at", "published_at")
    return [as_file("comment.json", {**said, "versions": list(versions)})]


def document(file: IdeaFile) -> Files:
    """Return a file as it is kept."""
    name = file.file.name or ""
    if not name or not default_storage.exists(name):
        return []
    with default_storage.open(name) as handle:
        return [(f"files/{file.key.hex}.{file.kind}", handle.read())]


def person(user: Any) -> str:
    """Return the name a person has here and the number of the account; who it is, authorities ask for."""
    return f"{user.display_name} (account {user.pk})" if user else ""
