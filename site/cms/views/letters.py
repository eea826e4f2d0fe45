"""Writing to a contact, for everybody, without an account and without a script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from cms import letters
from cms.letter_forms import LetterForm
from cms.models import Contact, Letter, LetterMail
from cms.queries.standing import is_public
from cms.views.contacts import page_of_contacts
from common.errors import Refused
from moderation.puzzles import new_puzzle
from theme import errors

UNPROCESSABLE = 422
TYPED = ("subject", "text")


@require_http_methods(["GET", "HEAD", "POST"])
def write_to_contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form and take the message; a contact that is gone, hidden or has no address is not there (404)."""
    found = Contact.objects.filter(slug=slug).first()
    contact = found.today if found else None
    if found is None or contact is None or not contact.email or not is_public(found):
        return errors.page(request, 404, kept="\n\n".join(request.POST.get(name, "") for name in TYPED).strip())
    if contact != found and request.method != "POST":
        return redirect("cms:write_to_contact", contact.slug)
    person = request.user if isinstance(request.user, User) else None
    form = LetterForm(request.POST or None, initial=known_of(person))
    status, wait = 200, None
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            sender, key = form.sender(request), form.cleaned_data["key"]
            try:
                letter = letters.write_letter(contact=contact, words=form.words(), sender=sender, request_key=key)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status, wait = refusal.status, refusal.retry_after
            else:
                return redirect("cms:letter", letter.code)
    return private(render(request, "cms/letter_form.html", said(contact, form), status=status), wait)


def known_of(person: User | None) -> dict[str, str]:
    """Return what the form knows already of somebody with an account; it can be changed or taken out."""
    return {"name": person.display_name, "email": person.email} if person else {}


def said(contact: Contact, form: LetterForm) -> dict[str, object]:
    """Return what the page of the form says."""
    crumbs = [*page_of_contacts(), (str(contact), contact.get_absolute_url())]
    return {
        "contact": contact, "deputy": letters.deputy_of(contact), "form": form, "puzzle": new_puzzle(), "crumbs": crumbs,
        "nav_current": "kontakt",
    }  # fmt: skip


@require_safe
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """Show a message to whoever has its code, for thirty days."""
    found = get_object_or_404(Letter, code=code)
    told = found.mails.filter(kind__in=[LetterMail.Kind.COPY, LetterMail.Kind.LINK]).exists()
    return private(render(request, "cms/letter_receipt.html", {"letter": found, "told": told}))


def private(answer: HttpResponse, wait: int | None = None) -> HttpResponse:
    """Keep an answer out of caches and search engines; say to programs how long to wait."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    if wait is not None:
        answer["Retry-After"] = str(wait)
    return answer
