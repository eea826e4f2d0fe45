"""A contact with everything about it: as a page, and as a card for address books."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from segno import helpers

from cms.models import Contact, ContactIndexPage, open_to_all
from cms.queries import absolute
from cms.queries.standing import is_public


def page_of_contacts() -> list[tuple[str, str]]:
    """Return title and address of the page of contacts, if there is one that everybody can open."""
    pages = open_to_all(ContactIndexPage.objects.order_by())
    return [(page.title, page.get_absolute_url()) for page in pages[:1]]


def public_or_404(slug: str) -> Contact:
    """Return a contact that everybody may know of."""
    found = get_object_or_404(Contact, slug=slug)
    if not is_public(found):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a contact; the mail address only to those who ask for it by a click, which collecting machines do not."""
    found = public_or_404(slug)
    if found.today != found:
        return redirect(found.today)
    context = {
        "contact": found,
        "shown": bool(found.email) and request.method == "POST",
        "crumbs": [*page_of_contacts(), (str(found), "")],
        "nav_current": "kontakt",
    }
    answer = render(request, "cms/contact.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@require_safe
def vcard(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out a contact as a vCard 3.0 (RFC 2426), without the mail address, which stands on the page."""
    found = public_or_404(slug).today
    where = found if found.street or found.location is None else found.location
    first, _blank, last = found.name.rpartition(" ")
    card = helpers.make_vcard_data(
        name=f"{last};{first}" if found.name else found.office,
        displayname=found.name or found.office,
        org=found.office,
        title=found.role or None,
        workphone=found.phone or None,
        fax=found.fax or None,
        street=where.street or None,
        zipcode=where.zipcode or None,
        city=where.city or None,
        url=absolute(found.get_absolute_url()),
    )
    headers = {"Content-Disposition": f'attachment; filename="{found.slug}.vcf"', "X-Robots-Tag": "noindex, nofollow"}
    return HttpResponse(card, content_type="text/vcard; charset=utf-8", headers=headers)
