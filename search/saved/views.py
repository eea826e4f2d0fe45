"""Keeping a search, and the pages of those that are kept: in the account, or by the link in a mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.visitors import address_of, person_of
from common.errors import Refused
from search.saved import keeping, links
from search.saved.describing import parts_of, search_url
from search.saved.exporting import data_of
from search.saved.forms import SavedSearchForm, initial_from, initial_of
from search.saved.hits import page_of_hits
from search.saved.keeping import MOST
from search.saved.owners import Owner, reader_by
from theme import errors

UNPROCESSABLE = 422


def private(response: HttpResponse, refusal: Refused | None = None) -> HttpResponse:
    """Keep an answer out of caches and search engines, and addresses with links in them out of other sites' logs."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    if refusal is not None and refusal.retry_after is not None:
        response["Retry-After"] = str(refusal.retry_after)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def save_search(request: HttpRequest) -> HttpResponse:
    """Keep the search of the address; without an account a mail asks first whether it is wanted."""
    person = request.user if isinstance(request.user, User) else None
    known = {"is_known": person is not None, "for_account": person is not None}
    if request.method != "POST":
        form = SavedSearchForm(initial=initial_from(request.GET), **known)
        return private(render(request, "search/saved/new.html", asked(form)))
    form, status, refusal = SavedSearchForm(request.POST, **known), UNPROCESSABLE, None
    if form.is_valid():
        try:
            return keep(request, form, person)
        except Refused as refused:
            form.refuse(refused)
            status, refusal = refused.status, refused
    return private(render(request, "search/saved/new.html", asked(form), status=status), refusal)


def keep(request: HttpRequest, form: SavedSearchForm, person: User | None) -> HttpResponse:
    """Do it, and lead to where it stands – or say that a mail is on its way; a program hears the same and does nothing."""
    if person is not None:
        search = keeping.save(person=person, wish=form.wish())
        messages.success(request, _("“%(name)s” is kept. What is new stands here.") % {"name": search.name})
        return redirect("saved_searches")
    if not form.cleaned_data["website"]:
        keeping.ask(address=form.cleaned_data["email"], wish=form.wish(), sender=address_of(request))
    said = {"email": form.cleaned_data["email"], "most": MOST, "nav_current": "suche"}
    return private(render(request, "search/saved/sent.html", said))


def asked(form: SavedSearchForm) -> dict[str, object]:
    """Return what the form's page needs: the conditions are folded away while the address says enough."""
    names = ("q", "ort", "thema", "stadtteil", "art", "kampagne")
    is_open = form.is_bound or not any(form.initial.get(name) for name in names)
    return {"form": form, "is_open": is_open, "chosen": chosen_words(form)}


def chosen_words(form: SavedSearchForm) -> list[tuple[str, str]]:
    """Return in words what the form starts with."""
    if form.is_bound:
        return []
    data = form.initial
    facets = {
        "kind": data["art"],
        "category": data["thema"],
        "district": data["stadtteil"],
        "campaign": data["kampagne"],
    }
    place, radius = data.get("ort", ""), int(data.get("umkreis") or 0)
    return parts_of(keeping.Wish("", data["q"], filters=facets, place=place, radius=radius if place else None))


def owner_by_link(token: str) -> Owner:
    """Return whose page a link opens; raises ``Http404`` for what we have not signed, ``links.Ended`` when it is over."""
    try:
        reader = reader_by(links.read_page(token))
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if reader is None:
        raise links.Ended
    return Owner(reader=reader)


def ended(request: HttpRequest) -> HttpResponse:
    """Say that a link is over, and how there is a new one."""
    words = _("Each mail about your saved searches brings a new link. Or keep the search once more; it takes a minute.")
    return private(errors.page(request, 410, title=_("This link is no longer valid"), text=words))


@login_required
@require_safe
def saved_searches(request: HttpRequest) -> HttpResponse:
    """Show the account's searches."""
    return list_page(request, Owner(person=person_of(request)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved_search(request: HttpRequest, search_id: int) -> HttpResponse:
    """Show what a search found; a POST changes it."""
    return search_page(request, Owner(person=person_of(request)), search_id)


@login_required
@require_POST
def saved_search_act(request: HttpRequest, search_id: int) -> HttpResponse:
    """Pause, go on, mark as seen or delete."""
    return act(request, Owner(person=person_of(request)), search_id)


@login_required
@require_safe
def saved_search_data(request: HttpRequest) -> HttpResponse:
    """Return the account's searches and what they found, for machines (GDPR, Art. 15 and 20)."""
    return data_page(Owner(person=person_of(request)))


@require_safe
def saved_searches_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show the searches of somebody without an account."""
    try:
        return list_page(request, owner_by_link(token))
    except links.Ended:
        return ended(request)


@require_http_methods(["GET", "HEAD", "POST"])
def saved_search_by_link(request: HttpRequest, token: str, search_id: int) -> HttpResponse:
    """Show what a search found; a POST changes it."""
    try:
        return search_page(request, owner_by_link(token), search_id)
    except links.Ended:
        return ended(request)


@require_POST
def saved_search_act_by_link(request: HttpRequest, token: str, search_id: int) -> HttpResponse:
    """Pause, go on, mark as seen or delete."""
    try:
        return act(request, owner_by_link(token), search_id)
    except links.Ended:
        return ended(request)


@require_safe
def saved_search_data_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Return the searches of somebody without an account, for machines."""
    try:
        return data_page(owner_by_link(token))
    except links.Ended:
        return ended(request)


def list_page(request: HttpRequest, owner: Owner) -> HttpResponse:
    """Show all searches of an owner."""
    rows = [
        {"search": row, "parts": parts_of(row), "url": owner.url(row), "act_url": owner.url(row, act=True)}
        for row in owner.searches()
    ]
    said = {"rows": rows, "owner": owner, "most": MOST, "nav_current": "mein" if owner.person else "suche"}
    return private(render(request, "search/saved/list.html", said))


def search_page(request: HttpRequest, owner: Owner, search_id: int) -> HttpResponse:
    """Show one search with what it found, and the form that changes it."""
    search = get_object_or_404(owner.searches(), pk=search_id)
    known = {"is_known": True, "for_account": owner.person is not None}
    form = SavedSearchForm(request.POST or None, initial=initial_of(search), **known)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                keeping.change(search, form.wish())
            except Refused as refusal:
                form.refuse(refusal)
                status = refusal.status
                search.refresh_from_db()
            else:
                messages.success(request, _("Your search is changed."))
                return redirect(owner.url(search))
    pairs = page_of_hits(search, owner.user)
    said = {
        "search": search, "parts": parts_of(search), "form": form, "owner": owner, "act_url": owner.url(search, act=True),
        "new": [hit for row, hit in pairs if row.found_at > search.seen_at], "list_url": owner.url(),
        "older": [hit for row, hit in pairs if row.found_at <= search.seen_at], "search_url": search_url(search),
        "nav_current": "mein" if owner.person else "suche",
    }  # fmt: skip
    return private(render(request, "search/saved/search.html", said, status=status))


def act(request: HttpRequest, owner: Owner, search_id: int) -> HttpResponse:
    """Do one of the small things, then lead back; 400 for anything else."""
    search = get_object_or_404(owner.searches(), pk=search_id)
    done = {
        "pause": (keeping.pause, _("“%(name)s” is paused. You hear nothing until you let it go on.")),
        "resume": (keeping.resume, _("“%(name)s” goes on.")),
        "seen": (keeping.mark_seen, _("The hits of “%(name)s” are marked as seen.")),
        "delete": (keeping.delete, _("“%(name)s” is deleted.")),
    }.get(request.POST.get("action", ""))
    if done is None:
        return private(errors.page(request, 400))
    name = search.name
    back = owner.url()
    done[0](search)
    if owner.reader and reader_by(owner.reader.key) is None:
        return private(render(request, "search/saved/left.html", {"nav_current": "suche"}))
    messages.success(request, done[1] % {"name": name})
    return redirect(back)


def data_page(owner: Owner) -> HttpResponse:
    """Return everything kept for an owner as a file."""
    response = JsonResponse(data_of(owner), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="gemerkte-suchen.json"'
    return private(response)
