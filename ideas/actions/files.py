"""Files beside ideas: kept once they are checked, forgotten when nothing shows them."""

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from ideas.files import CleanFile
from ideas.models import Draft, IdeaFile

if TYPE_CHECKING:
    from accounts.models import User


def keep_file(*, clean: CleanFile, uploader: "User | None") -> IdeaFile:
    """Keep a file that ``ideas.files.clean_file`` has written anew."""
    file = IdeaFile(
        uploader=uploader,
        name=clean.name,
        kind=clean.kind,
        size=len(clean.data),
        sha256=clean.sha256,
        text=clean.text,
    )
    file.file.save("", ContentFile(clean.data), save=False)
    file.save()
    return file


def forget_files(ids: list[int]) -> int:
    """Delete those of the files that neither a version nor a draft has; return how many."""
    if not ids:
        return 0
    kept = set(Draft.objects.filter(files__in=ids).values_list("files", flat=True))
    rows = list(IdeaFile.objects.filter(pk__in=set(ids) - kept, uses=None))
    IdeaFile.objects.filter(pk__in=[file.pk for file in rows]).delete()
    for file in rows:
        default_storage.delete(str(file.file.name))
    return len(rows)
