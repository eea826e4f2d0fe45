"""Pages of the newsletter: subscribe, confirm, change, leave, archive. Looking at a link changes nothing: programs look too."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.visitors import address_of
from common.errors import Refused
from news.listing import MOST_PAGES, whole
from news.models import Subscriber, Wish
from news.newsletter import archive, composing, links, subscribing
from news.newsletter.forms import NewsletterForm, initial_of
from theme import errors

UNPROCESSABLE = 422
SHOWN = 5  # issues below the form


def private(response: HttpResponse, refusal: Refused | None = None) -> HttpResponse:
    """Keep an answer out of caches, and addresses with links in them out of other sites' logs."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    if refusal is not None and refusal.retry_after is not None:
        response["Retry-After"] = str(refusal.retry_after)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def newsletter(request: HttpRequest) -> HttpResponse:
    """Subscribe: at once with an account, after a mail without one. With an account also: change."""
    person = request.user if isinstance(request.user, User) else None
    subscriber = subscribing.of_person(person) if person else None
    if request.method != "POST":
        return form_page(request, NewsletterForm(initial=initial_of(subscriber), is_known=bool(person)), subscriber)
    form = NewsletterForm(request.POST, is_known=bool(person))
    if form.is_valid():
        try:
            return keep(request, form, person)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
            return private(form_page(request, form, subscriber, refusal.status), refusal)
    return form_page(request, form, subscriber, UNPROCESSABLE)


def keep(request: HttpRequest, form: NewsletterForm, person: User | None) -> HttpResponse:
    """Do it, or say that a mail is on its way; a program hears the same and does nothing."""
    if person is not None:
        subscribing.subscribe(person=person, choice=form.choice())
        messages.success(request, _("Your newsletter is set. It comes to %(mail)s.") % {"mail": person.email})
        return redirect("news:newsletter")
    choice = form.choice()
    choice.require()
    if not form.cleaned_data["website"]:
        subscribing.ask(address=form.cleaned_data["email"], choice=choice, sender=address_of(request))
    return private(render(request, "news/newsletter/sent.html", framed(email=form.cleaned_data["email"])))


def form_page(
    request: HttpRequest,
    form: NewsletterForm,
    subscriber: Subscriber | None,
    status: int = 200,
    *,
    by_link: bool = False,
) -> HttpResponse:
    """Show the form, and below it what went out lately."""
    own = (
        {"mail": composing.address_of(subscriber), "leave_url": composing.leave_path(subscriber)} if subscriber else {}
    )
    said = framed(form=form, subscriber=subscriber, by_link=by_link, issues=archive.issues()[:SHOWN], **own)
    return private(render(request, "news/newsletter/form.html", said, status=status))


def framed(**said: object) -> dict[str, object]:
    """Return what a page says, and where it stands in the menu."""
    return {"nav_current": "aktuelles", **said}


def ended(request: HttpRequest) -> HttpResponse:
    """Say that a link is over, and how there is a new one."""
    words = _("Each newsletter brings a new link. Or subscribe once more at /aktuelles/newsletter/; it takes a minute.")
    return private(errors.page(request, 410, title=_("This link is no longer valid"), text=words))


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody without an account change what comes."""
    try:
        subscriber = subscribing.by_key(links.read_page(token))
    except links.Ended:
        subscriber = None
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if subscriber is None:
        return ended(request)
    if request.method != "POST":
        return form_page(
            request, NewsletterForm(initial=initial_of(subscriber), is_known=True), subscriber, by_link=True
        )
    form = NewsletterForm(request.POST, is_known=True)
    if not form.is_valid():
        return form_page(request, form, subscriber, UNPROCESSABLE, by_link=True)
    try:
        subscribing.change(subscriber, form.choice())
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return form_page(request, form, subscriber, refusal.status, by_link=True)
    messages.success(request, _("Your choice is kept."))
    return private(redirect(request.path))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more by a button, then subscribe; confirming twice does no harm."""
    try:
        wish = Wish.objects.filter(pk=links.read_confirm(token)).first()
    except links.Ended:
        wish = None
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if wish is None:
        return ended(request)
    if request.method != "POST":
        return private(render(request, "news/newsletter/confirm.html", framed(wish=wish)))
    subscriber = subscribing.confirm(wish.pk)
    if subscriber is None:
        return ended(request)
    messages.success(request, _("You are subscribed. The next issue comes to you by mail."))
    return private(redirect(composing.page_path(subscriber)))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """End the newsletter: one button, no sign-in, no questions. Mail programs send the POST themselves (RFC 8058), hence no CSRF token."""
    try:
        key = links.read_leave(token)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if request.method == "POST":
        subscribing.leave(key)
        return private(render(request, "news/newsletter/left.html", framed()))
    return private(render(request, "news/newsletter/leave.html", framed()))


@require_safe
def archive_list(request: HttpRequest) -> HttpResponse:
    """Show all issues, newest first; 400 for a number that is none, 404 beyond the end."""
    number = whole(request.GET, "seite", 1, MOST_PAGES) or 1
    found, has_more = archive.page(number)
    if number > 1 and not found:
        raise Http404
    said = framed(issues=found, number=number, newer=number - 1, older=number + 1 if has_more else 0)
    return render(request, "news/newsletter/archive.html", said)


@require_safe
def issue_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one issue, with those of its articles that may be read now."""
    if pk > 2**63 - 1:
        raise Http404
    issue = get_object_or_404(archive.issues(), pk=pk)
    return render(request, "news/newsletter/issue.html", framed(issue=issue, articles=composing.articles_of(issue)))
