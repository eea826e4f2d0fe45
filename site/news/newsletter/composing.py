"""The mails themselves. Which articles may be seen is asked each time one is written, not when the issue was put together."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from common.mail import compose
from news.models import Issue, Letter, NewsArticlePage, Subscriber, Wish
from news.newsletter import links
from news.queries import public
from theme.town import town_for

# Stand where each letter has its own addresses; the rest of an issue is the same for all.
LEAVE, PAGE = "@@leave@@", "@@page@@"


@dataclass(frozen=True)
class Sheet:
    """An issue as all get it."""

    subject: str
    text: str
    html: str

    def of(self, letter: Letter) -> EmailMultiAlternatives:
        """Return the mail of one line of the ledger."""
        if letter.subscriber is None:
            subject = _("Trial: %(subject)s") % {"subject": self.subject}
            own, address = reverse("news:newsletter"), letter.tester.email if letter.tester else ""
            return self.mail(letter, address, own, own, subject, one_click=False)
        return self.mail(
            letter, address_of(letter.subscriber), leave_path(letter.subscriber), page_path(letter.subscriber)
        )

    def mail(
        self, letter: Letter, address: str, leave: str, page: str, subject: str = "", *, one_click: bool = True
    ) -> EmailMultiAlternatives:
        """Return a mail with the addresses of one reader."""
        leave, page = settings.SITE_URL + leave, settings.SITE_URL + page
        text, html = (half.replace(LEAVE, leave).replace(PAGE, page) for half in (self.text, self.html))
        return compose(
            to=address, subject=subject or self.subject, text=text, html=html,
            message_id=f"newsletter-{letter.issue_id}-{letter.pk}", leave_url=leave if one_click else "",
        )  # fmt: skip


def address_of(subscriber: Subscriber) -> str:
    """Return where mails go; empty when none may be sent."""
    if subscriber.person:
        return subscriber.person.email if subscriber.person.is_active else ""
    return subscriber.address or ""


def leave_path(subscriber: Subscriber) -> str:
    """Return where the mails end."""
    return reverse("news:newsletter_leave", args=[links.leave_token(subscriber)])


def page_path(subscriber: Subscriber) -> str:
    """Return where topics are changed: in the account, or by a link of one's own."""
    if subscriber.person_id:
        return reverse("news:newsletter")
    return reverse("news:newsletter_mine", args=[links.page_token(subscriber)])


def articles_of(issue: Issue) -> list[NewsArticlePage]:
    """Return the articles of an issue that everybody may read now, in the editor's order."""
    ids = [chosen.article_id for chosen in issue.chosen.all()]
    found = {article.pk: article for article in public().filter(pk__in=ids).select_related("topic").defer("body")}
    return [found[pk] for pk in ids if pk in found]


def sheet_of(issue: Issue, articles: list[NewsArticlePage] | None = None) -> Sheet:
    """Return an issue as it is sent: plain text, and the same as simple HTML."""
    said: dict[str, object] = {
        "subject": issue.subject,
        "issue": issue,
        "articles": articles_of(issue) if articles is None else articles,
        "archive_url": settings.SITE_URL + reverse("news:newsletter_archive"),
        "leave_url": LEAVE,
        "page_url": PAGE,
    }
    return Sheet(issue.subject, *halves("issue", said))


def halves(name: str, said: dict[str, object]) -> tuple[str, str]:
    """Return the text and the HTML of a mail."""
    said |= {"town": town_for(None), "site_url": settings.SITE_URL}
    with translation.override(settings.LANGUAGE_CODE):
        text, html = (render_to_string(f"news/newsletter/mail_{name}.{ending}", said) for ending in ("txt", "html"))
    return text, html


def question(wish: Wish) -> EmailMultiAlternatives:
    """Return the mail that asks whether somebody really wants the newsletter."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Please confirm: newsletter of %(town)s") % {"town": town_for(None).full_name}
        said: dict[str, object] = {"subject": subject, "url": settings.SITE_URL + links.confirm_url(wish)}
        text, html = halves("confirm", said)
        return compose(to=wish.address, subject=subject, text=text, html=html, message_id=f"newsletter-wish-{wish.pk}")


def preview(issue: Issue, mode: str) -> HttpResponse:
    """Return a mail as the editor sees it before it goes out: one half of it, with links that lead to the form."""
    sheet, own = sheet_of(issue), settings.SITE_URL + reverse("news:newsletter")
    half = sheet.text if mode == "text" else sheet.html
    kind = "text/plain; charset=utf-8" if mode == "text" else "text/html; charset=utf-8"
    answer = HttpResponse(half.replace(LEAVE, own).replace(PAGE, own), content_type=kind)
    answer["Cache-Control"] = "private, no-store"
    return answer


Issue.composer = preview
