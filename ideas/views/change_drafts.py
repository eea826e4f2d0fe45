"""What is typed into the form that changes an idea outlives a slip, a closed window and a session that has ended.

It is a draft like any other, with the idea's number among its fields.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from common.errors import Refused
from ideas.content import IdeaContent
from ideas.forms import ChangeForm
from ideas.forms.pictures import KeptPictures
from ideas.models import Campaign, Draft, Idea, IdeaFile
from ideas.views.drafts import keep, own_draft, storable, to_sign_in
from ideas.views.limits import require_within_limits
from ideas.views.uploads import files_in, pictures_in, taken_files, taken_pictures


def draft_of_change(request: HttpRequest, idea: Idea) -> Draft | None:
    """Return the person's draft of a change of this idea, if the form or the address names one."""
    draft = own_draft(request, request.POST.get("draft") or request.GET.get("entwurf"))
    return draft if draft and draft.fields.get("idea") == idea.pk else None


def kept_with(draft: Draft | None, content: IdeaContent) -> dict[str, Any]:
    """Return the pictures and files the form begins with: the idea's, or those of the draft."""
    pictures, files = list(content.pictures), list(content.files)
    if draft is None:
        return {"kept": pictures, "kept_files": files}
    before: KeptPictures = []
    if draft.fields.get("partial"):  # typed after the session had ended: the idea's own were not at hand then
        gone, alts = set(draft.fields.get("gone", [])), draft.fields.get("alts", {})
        before = [(one, alts.get(str(one.key), alt)) for one, alt in pictures if str(one.key) not in gone]
        files = [file for file in files if str(file.key) not in gone]
    else:
        files = []
    mine = {picture.pk: (picture, alt) for picture, alt in [*before, *pictures_in(draft)]}
    own_files = {file.pk: file for file in [*files, *files_in(draft)]}
    return {"kept": list(mine.values()), "kept_files": list(own_files.values())}


def typed_in(draft: Draft | None) -> dict[str, Any]:
    """Return the words of the draft as the form's first values."""
    return {name: value for name, value in draft.fields.items() if name != "request_key"} if draft else {}


def keep_change(
    request: HttpRequest,
    form: ChangeForm,
    draft: Draft | None,
    idea_id: int,
    pictures: KeptPictures,
    files: list[IdeaFile],
    **more: Any,
) -> Draft:
    """Keep what was typed, with everything uploaded; another device's words stay in a draft of their own."""
    fields: dict[str, Any] = {"idea": idea_id, "version": storable(request.POST.get("version", ""))[:9]} | more
    try:
        return keep(request, form, draft, pictures, files, is_kept=request.user.is_authenticated, **fields)
    except Refused:
        return keep(request, form, None, pictures, files, is_kept=True, apart=True, **fields)


def keep_and_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what somebody typed whose session has ended, and lead through signing in back to the filled form."""
    require_within_limits(request)
    campaign = Campaign.objects.filter(ideas__pk=pk).first()  # only its questions' names are needed, nothing is shown
    form = ChangeForm(request.POST, request.FILES, campaign=campaign)
    form.is_valid()
    gone = [*request.POST.getlist("image_remove"), *request.POST.getlist("file_remove")][:10]
    uploaded = (taken_pictures(request, form), taken_files(request, form))
    draft = keep_change(request, form, None, pk, *uploaded, partial=True, gone=gone)
    messages.info(request, _("You were signed out. Please sign in: your change is kept, with its pictures."))
    return to_sign_in(f"{reverse('ideas:change', args=[pk])}?entwurf={draft.key}")
