"""The pages for editors, inside Wagtail's admin."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from accounts.models import User
from search.editors.explaining import explain
from search.editors.forms import SynonymForm
from search.editors.frame import EditorView
from search.editors.poor import FROM, by_week
from search.editors.recommending import recommend
from search.editors.trying import changes, groups_with, own_questions
from search.hydrate import hydrate
from search.models import Recommendation, SynonymGroup
from search.queries import search
from search.synonyms import note_change
from search.types import Found

_LONGEST = 200


class PoorView(EditorView):
    """By week: what was searched and not found, or only by loosening."""

    page_title = gettext_lazy("Searches without good hits")
    template_name = "search/cms/poor.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(weeks=by_week(), least=FROM)


class SynonymsView(EditorView):
    """All groups of synonyms."""

    page_title = crumb = gettext_lazy("Synonyms")
    template_name = "search/cms/synonyms.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(groups=SynonymGroup.objects.select_related("updated_by"))


class SynonymView(EditorView):
    """One group, new or old: look what it would change, save, delete."""

    page_title = crumb = gettext_lazy("Group of synonyms")
    template_name = "search/cms/synonym.html"

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        words = request.GET.get("wort", "")[:_LONGEST]
        return self.page(SynonymForm(instance=self.group(pk), initial={} if pk else {"words": words}), pk)

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        group = self.group(pk)
        if "delete" in request.POST and group is not None:
            return self.delete(group)
        form = SynonymForm(request.POST, instance=group)
        if not form.is_valid():
            return self.page(form, pk, status=422)
        if "preview" in request.POST:
            return self.preview(form, pk)
        with transaction.atomic():
            form.instance.updated_by = request.user if isinstance(request.user, User) else None
            form.save()
            note_change()
        messages.success(request, _("Saved. From now on every search knows these words."))
        return redirect("search_cms:synonyms")

    def delete(self, group: SynonymGroup) -> HttpResponse:
        with transaction.atomic():
            group.delete()
            note_change()
        messages.success(self.request, _("The group “%(group)s” is gone.") % {"group": group})
        return redirect("search_cms:synonyms")

    def preview(self, form: SynonymForm, pk: int | None) -> HttpResponse:
        words, found = form.cleaned_data["words"], form.cleaned_data["found"]
        own = own_questions(words, found)
        changed, asked = changes(groups_with(self.kept(pk), pk), groups_with((words, found), pk), own)
        return self.page(form, pk, changed=changed, asked=asked, is_preview=True)

    def page(self, form: SynonymForm, pk: int | None, *, status: int = 200, **more: object) -> HttpResponse:
        return self.answer(status, form=form, pk=pk, **more)

    def group(self, pk: int | None) -> SynonymGroup | None:
        """Return the group of the address; raises ``Http404``."""
        if pk is None:
            return None
        group = SynonymGroup.objects.filter(pk=pk).first()
        if group is None:
            raise Http404
        return group

    def kept(self, pk: int | None) -> tuple[str, str] | None:
        """Return the group as it is kept now."""
        return SynonymGroup.objects.filter(pk=pk or 0).values_list("words", "found").first()


class RecommendationsView(EditorView):
    """What is recommended for which words, and choosing something from what a search finds."""

    page_title = crumb = gettext_lazy("Recommendations")
    template_name = "search/cms/recommendations.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("wort", "").replace("\x00", "")[:_LONGEST]
        sought = request.GET.get("suche", "").replace("\x00", "")[:_LONGEST] or words
        page = search(request.user, sought) if words else None
        hits = [*page.hits, *page.similar_hits][:10] if page else []
        return self.answer(rows=_rows(request.user), words=words, sought=sought, hits=hits)

    def post(self, request: HttpRequest) -> HttpResponse:
        kind, _colon, number = request.POST.get("key", "").partition(":")
        words = request.POST.get("words", "").replace("\x00", "")
        row = None
        if number.isascii() and number.isdigit() and len(number) < 19 and isinstance(request.user, User):
            row = recommend(request.user, words, kind, int(number))
        if row is None:
            messages.error(
                request,
                _("This cannot be recommended: only things that everybody may see, for words that are searched."),
            )
        else:
            messages.success(request, _("Recommended for “%(words)s”.") % {"words": row.words})
        return redirect("search_cms:recommendations")


class EndRecommendationView(EditorView):
    """Recommend something no longer."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not Recommendation.objects.filter(pk=pk).delete()[0]:
            raise Http404
        messages.success(request, _("No longer recommended."))
        return redirect("search_cms:recommendations")


class ExplainView(EditorView):
    """How words are read, and why hits are where they are."""

    page_title = crumb = gettext_lazy("Why is a hit where it is?")
    template_name = "search/cms/explain.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        text = request.GET.get("q", "").replace("\x00", "")[:_LONGEST]
        return self.answer(text=text, explained=explain(text) if text.strip() else None)


def _rows(user: object) -> list[tuple[Recommendation, object]]:
    """Return recommendations with the thing as this person sees it, or ``None`` where it is gone or hidden."""
    rows = list(Recommendation.objects.select_related("created_by"))
    seen = {hit.key: hit for hit in hydrate([Found(row.kind, row.object_id, 0.0) for row in rows], user)}
    return [(row, seen.get(f"{row.kind}:{row.object_id}")) for row in rows]
