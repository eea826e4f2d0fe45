"""Pictures and files that came with a form: the new ones are kept at once, so that nobody has to choose them twice."""

from django.http import HttpRequest

from ideas.actions import keep_file, keep_picture
from ideas.forms import IdeaForm
from ideas.forms.pictures import KeptPictures
from ideas.models import Draft, IdeaFile


def taken_pictures(request: HttpRequest, form: IdeaForm) -> KeptPictures:
    """Keep the new pictures that could be read; return all of them, the earlier ones first."""
    new = (form.cleaned_data.get("images") or []) if "images" not in form.errors else []
    uploader = request.user if request.user.is_authenticated else None
    alts = [*form.new_alts, *[""] * len(new)]
    return form.kept + [
        (keep_picture(clean=clean, uploader=uploader), alt) for clean, alt in zip(new, alts, strict=False)
    ]


def taken_files(request: HttpRequest, form: IdeaForm) -> list[IdeaFile]:
    """Keep the new files that passed their check; return all of them, the earlier ones first."""
    new = (form.cleaned_data.get("files") or []) if "files" not in form.errors else []
    uploader = request.user if request.user.is_authenticated else None
    return form.kept_files + [keep_file(clean=clean, uploader=uploader) for clean in new]


def pictures_in(draft: Draft | None) -> KeptPictures:
    """Return the pictures of a draft with their descriptions."""
    if draft is None or not draft.fields.get("uploads", True):
        return []
    alts = draft.fields.get("alts", {})
    return [(picture, str(alts.get(str(picture.key), ""))) for picture in draft.pictures.order_by("pk")]


def files_in(draft: Draft | None) -> list[IdeaFile]:
    """Return the files of a draft."""
    return list(draft.files.order_by("pk")) if draft and draft.fields.get("uploads", True) else []
