"""Issues of the newsletter: written, tried, let go, sent once to each reader, kept in the archive."""

import itertools
import re
import smtplib
from collections import Counter
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from accounts.models import User
from common import outbox
from common.database import now
from common.models import Delivery
from ideas.models import Topic
from news import due
from news.models import Issue, IssueArticle, Letter, NewsArticlePage, NewsIndexPage, Subscriber
from news.newsletter import sending
from news.newsletter.rules import next_monday, readers_of
from tests.factories import deliver_outbox, make_person
from tests.news.test_lists import article

pytestmark = pytest.mark.django_db
ARCHIVE = "/aktuelles/newsletter/archiv/"


@pytest.fixture(autouse=True)
def address_of_the_site(settings: Any) -> None:
    settings.SITE_URL = "https://mitwirk.example"


@pytest.fixture
def two(news: NewsIndexPage, topic: Topic) -> list[NewsArticlePage]:
    return [article(news, 1, topic, title="Der Brunnen läuft"), article(news, 2, topic, title="Neue Bänke")]


@pytest.fixture
def readers(topic: Topic) -> list[Subscriber]:
    """One for everything, one for the topic, one for another topic, one for the weekly issue alone."""
    other = Topic.objects.create(name="Mobilität", slug="mobil")
    made = [
        Subscriber.objects.create(address=f"{name}@example.org", has_all=name == "alles", rhythm=rhythm)
        for name, rhythm in (("alles", "every"), ("spiel", "every"), ("mobil", "every"), ("woche", "weekly"))
    ]
    for one, chosen in ((1, topic), (2, other), (3, topic)):
        made[one].topics.add(chosen)
    return made


def form(topic: Topic | None, articles: list[NewsArticlePage], **more: str) -> dict[str, str]:
    """An issue as an editor fills it in."""
    chosen = [{"article": str(one.pk), "ORDER": str(place)} for place, one in enumerate(articles, 1)]
    values = {
        "subject": "Neues vom Spielen",
        "topic": str(topic.pk) if topic else "",
        "kind": "at_once",
        "intro": "Liebe alle",
    }
    return nested_form_data(values | more | {"chosen": inline_formset(chosen)})


def written(desk: Client, topic: Topic | None, articles: list[NewsArticlePage], **more: str) -> Issue:
    answer = desk.post("/cms/snippets/news/issue/add/", form(topic, articles, **more))
    assert answer.status_code == 302, answer.context["form"].errors
    return Issue.objects.latest("pk")


def act(desk: Client, issue: Issue, action: str) -> str:
    """Press a button; return the page."""
    return desk.post(f"/cms/newsletter/{issue.pk}/", {"action": action}, follow=True).content.decode()


def receivers() -> list[str]:
    return sorted(letter.to[0] for letter in mail.outbox)


def test_an_editor_writes_tries_and_sends_an_issue(
    desk: Client, client: Client, topic: Topic, two: list[NewsArticlePage], readers: list[Subscriber]
) -> None:
    issue = written(desk, topic, two)
    page = desk.get(f"/cms/newsletter/{issue.pk}/").content.decode()
    assert "Im Moment bekämen sie 2 Personen." in page
    assert "Der Brunnen läuft" in page
    assert "Neue Bänke" in desk.get(f"/cms/newsletter/{issue.pk}/mail/").content.decode()
    assert client.get(f"{ARCHIVE}{issue.pk}/").status_code == 404

    assert "Eine Probe geht an redaktion@example.org." in act(desk, issue, "trial")
    (trial,) = deliver_outbox()
    assert (trial.to, trial.subject) == (["redaktion@example.org"], "Probe: Neues vom Spielen")
    assert "List-Unsubscribe" not in trial.extra_headers

    assert "Die Ausgabe wird verschickt." in act(desk, issue, "release")
    letters = deliver_outbox()[1:]
    assert receivers() == ["alles@example.org", "redaktion@example.org", "spiel@example.org"]
    for letter in letters:
        assert letter.subject == "Neues vom Spielen"
        html = letter.alternatives[0][0]
        for half in (letter.body, html):
            assert "Liebe alle" in half
            assert half.index("Der Brunnen läuft") < half.index("Neue Bänke")
            assert "https://mitwirk.example/aktuelles/meldung-01/" not in half
            assert f"https://mitwirk.example{two[0].get_absolute_url()}" in half
            assert "@@" not in half
        assert not re.search(r"<img|src=", html)
        assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    issue.refresh_from_db()
    assert (issue.state, issue.sent_count) == ("sent", 2)
    assert "2 von 2 Mails sind verschickt" in desk.get(f"/cms/newsletter/{issue.pk}/").content.decode()


def test_the_header_of_a_letter_ends_it_for_this_reader_alone(
    desk: Client, topic: Topic, two: list[NewsArticlePage], readers: list[Subscriber]
) -> None:
    act(desk, written(desk, topic, two), "release")
    letter = next(one for one in deliver_outbox() if one.to == ["spiel@example.org"])
    path = letter.extra_headers["List-Unsubscribe"][1:-1].removeprefix("https://mitwirk.example")
    assert path in letter.body
    assert Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.filter(address="spiel@example.org").exists()
    assert Subscriber.objects.count() == 3
    assert not Letter.objects.filter(subscriber__address="spiel@example.org").exists()


def test_the_weekly_issue_waits_for_monday_and_can_be_taken_back(
    desk: Client, client: Client, topic: Topic, two: list[NewsArticlePage], readers: list[Subscriber]
) -> None:
    issue = written(desk, topic, two, kind="weekly")
    assert "um 7 Uhr" in desk.get(f"/cms/newsletter/{issue.pk}/").content.decode()
    assert "Die Ausgabe geht hinaus: Montag" in act(desk, issue, "release")
    due.send_issues()
    assert deliver_outbox() == []
    assert client.get(f"{ARCHIVE}{issue.pk}/").status_code == 404
    assert "wieder ein Entwurf" in act(desk, issue, "recall")
    earliest = next_monday(timezone.now() - timedelta(minutes=1))
    act(desk, issue, "release")
    issue.refresh_from_db()
    monday = issue.due_at
    assert monday is not None
    assert earliest <= monday <= next_monday(timezone.now() + timedelta(minutes=1))
    with time_machine.travel(monday + timedelta(minutes=1)):
        due.send_issues()
        deliver_outbox()
        assert receivers() == ["alles@example.org", "spiel@example.org", "woche@example.org"]
        due.send_issues()
        assert len(deliver_outbox()) == 3
        assert "lässt sich nicht mehr zurückholen" in act(desk, issue, "recall")
        assert client.get(f"{ARCHIVE}{issue.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("at", "then"), [((2026, 11, 23, 6, 59), (2026, 11, 23)), ((2026, 11, 23, 7, 0), (2026, 11, 30))]
)
def test_monday_is_the_towns(at: tuple[int, ...], then: tuple[int, ...]) -> None:
    assert next_monday(timezone.make_aware(datetime(*at))) == timezone.make_aware(datetime(*then, 7))  # type: ignore[misc, arg-type]


def test_an_issue_without_topic_goes_only_to_those_who_want_everything(
    desk: Client, two: list[NewsArticlePage], readers: list[Subscriber]
) -> None:
    act(desk, written(desk, None, two), "release")
    deliver_outbox()
    assert receivers() == ["alles@example.org"]


def test_whoever_stands_twice_with_one_address_gets_it_once_and_a_stopped_account_not(topic: Topic) -> None:
    anna, bodo = make_person("anna@example.org", "Anna"), make_person("bodo@example.org", "Bodo")
    User.objects.filter(pk=bodo.pk).update(is_active=False)
    Subscriber.objects.create(person=anna, has_all=True, rhythm="every")
    Subscriber.objects.create(address="anna@example.org", has_all=True, rhythm="every")
    Subscriber.objects.create(person=bodo, has_all=True, rhythm="every")
    assert [one.person for one in readers_of(Issue(topic=topic, kind="at_once"))] == [anna]


def test_nobody_can_stand_in_the_ledger_of_an_issue_twice(readers: list[Subscriber]) -> None:
    issue = Issue.objects.create(subject="Neues")
    Letter.objects.create(issue=issue, subscriber=readers[0])
    with pytest.raises(IntegrityError):
        Letter.objects.create(issue=issue, subscriber=readers[0])


class Dies(BaseException):
    """The process is killed."""


def test_killed_in_the_middle_again_and_again_everybody_gets_it_exactly_once(
    desk: Client, topic: Topic, two: list[NewsArticlePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    Subscriber.objects.bulk_create(
        Subscriber(address=f"n{number}@example.org", has_all=True, rhythm="every") for number in range(60)
    )
    monkeypatch.setattr(sending, "ENROL", 20)
    act(desk, written(desk, topic, two), "release")
    send, left = EmailBackend.send_messages, [0]

    def failing(self: EmailBackend, messages: Any) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise Dies
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", failing)
    for allowed in (0, 7, 1, 30, 3):
        left[0] = allowed
        with pytest.raises(Dies):
            outbox.drain()
        past = timezone.now() - timedelta(hours=1)  # the leases of the dead process have ended
        Delivery.objects.update(next_try=past)
        Letter.objects.filter(mail_claimed_until__isnull=False).update(mail_claimed_until=past)
    left[0] = 1000
    deliver_outbox()
    assert Counter(receivers()) == {f"n{number}@example.org": 1 for number in range(60)}
    assert Issue.objects.get().state == "sent"
    assert not Delivery.objects.exists()


def test_whoever_comes_or_leaves_while_it_is_sent_is_neither_forgotten_nor_written_to(
    desk: Client, topic: Topic, two: list[NewsArticlePage], readers: list[Subscriber], monkeypatch: pytest.MonkeyPatch
) -> None:
    act(desk, written(desk, topic, two), "release")
    monkeypatch.setattr(sending, "SECONDS", 0.0)
    issue = Issue.objects.get()
    sending.go_on(issue.pk)  # begun, nothing done
    # By the clock that drew the line: the default of the column knows only milliseconds on SQLite.
    Subscriber.objects.create(address="spaet@example.org", has_all=True, rhythm="every", confirmed_at=now())
    monkeypatch.setattr(sending, "SECONDS", 10.0)
    sending.enrol(Issue.objects.get(), timezone.now().timestamp() + 1e9)
    readers[0].delete()
    deliver_outbox()
    assert receivers() == ["spiel@example.org"]


def test_an_address_the_server_refuses_holds_up_nobody(
    desk: Client, topic: Topic, two: list[NewsArticlePage], readers: list[Subscriber], monkeypatch: pytest.MonkeyPatch
) -> None:
    send, code = EmailBackend.send_messages, [450]

    def refusing(self: EmailBackend, messages: Any) -> int:
        if messages[0].to == ["alles@example.org"]:
            raise smtplib.SMTPRecipientsRefused({"alles@example.org": (code[0], b"no")})
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refusing)
    act(desk, written(desk, topic, two), "release")
    deliver_outbox()
    assert receivers() == ["spiel@example.org"]
    assert Issue.objects.get().state == "sending"  # "later" is tried again
    code[0] = 550
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        due.send_issues()
        deliver_outbox()
    issue = Issue.objects.get()
    assert (issue.state, issue.sent_count) == ("sent", 1)
    assert "1 ließen sich nicht zustellen" in desk.get(f"/cms/newsletter/{issue.pk}/").content.decode()


def test_an_article_taken_back_closed_or_expired_stands_in_no_mail_and_no_archive(
    desk: Client, client: Client, topic: Topic, two: list[NewsArticlePage], readers: list[Subscriber]
) -> None:
    issue = written(desk, topic, two)
    two[0].unpublish()
    assert "1 gewählter Artikel ist nicht öffentlich" in desk.get(f"/cms/newsletter/{issue.pk}/").content.decode()
    act(desk, issue, "release")
    for letter in deliver_outbox():
        assert "Brunnen" not in letter.body + letter.alternatives[0][0]
        assert "Neue Bänke" in letter.body
    page = client.get(f"{ARCHIVE}{issue.pk}/").content.decode()
    assert "Neue Bänke" in page
    assert "Brunnen" not in page
    PageViewRestriction.objects.create(page=two[1], restriction_type=PageViewRestriction.LOGIN)
    page = client.get(f"{ARCHIVE}{issue.pk}/").content.decode()
    assert "Bänke" not in page
    assert "nicht mehr öffentlich" in page


def test_when_the_last_article_goes_while_it_is_sent_nobody_else_gets_an_empty_mail(
    desk: Client, topic: Topic, two: list[NewsArticlePage], readers: list[Subscriber], monkeypatch: pytest.MonkeyPatch
) -> None:
    act(desk, written(desk, topic, two), "release")
    monkeypatch.setattr(sending, "SECONDS", 0.0)
    sending.go_on(Issue.objects.get().pk)
    monkeypatch.setattr(sending, "SECONDS", 10.0)
    for one in two:
        one.unpublish()
    assert deliver_outbox() == []
    assert Issue.objects.get().state == "sent"
    assert not Letter.objects.exists()


def test_an_issue_whose_articles_all_went_before_its_time_is_a_draft_again(
    desk: Client, topic: Topic, two: list[NewsArticlePage], readers: list[Subscriber]
) -> None:
    issue = written(desk, topic, two, kind="weekly")
    act(desk, issue, "release")
    for one in two:
        one.unpublish()
    with time_machine.travel(next_monday(timezone.now()) + timedelta(minutes=1)):
        due.send_issues()
        assert deliver_outbox() == []
    issue.refresh_from_db()
    assert issue.state == "draft"


def test_what_cannot_be_sent_is_said(
    desk: Client, topic: Topic, two: list[NewsArticlePage], readers: list[Subscriber]
) -> None:
    empty = written(desk, topic, [])
    answer = desk.post(f"/cms/newsletter/{empty.pk}/", {"action": "release"})
    assert answer.status_code == 422
    assert "In dieser Ausgabe steht noch kein Artikel." in answer.content.decode()
    assert desk.post(f"/cms/newsletter/{empty.pk}/", {"action": "explode"}).status_code == 400
    assert "2 Artikel wurden eingesetzt." in act(desk, empty, "fill")
    for one in two:
        one.unpublish()
    answer = desk.post(f"/cms/newsletter/{empty.pk}/", {"action": "release"})
    assert "Keiner der Artikel ist schon veröffentlicht." in answer.content.decode()
    other = Topic.objects.get(slug="mobil")
    wrong = desk.post("/cms/snippets/news/issue/add/", form(other, two))
    assert "Dieser Artikel gehört zu einem anderen Thema als die Ausgabe." in wrong.content.decode()
    twice = desk.post("/cms/snippets/news/issue/add/", form(None, [two[0], two[0]]))
    assert "Dieser Artikel steht schon in der Ausgabe." in twice.content.decode()
    assert Issue.objects.count() == 1
    assert deliver_outbox() == []


def test_what_is_new_about_the_topic_since_its_last_issue_is_put_in_by_a_button(
    desk: Client, news: NewsIndexPage, topic: Topic, two: list[NewsArticlePage]
) -> None:
    for one in two:
        one.save_revision().publish()
    act(desk, written(desk, topic, two), "release")
    deliver_outbox()
    later = article(news, 3, topic, title="Die Rutsche ist da")
    later.save_revision().publish()
    NewsArticlePage.objects.filter(pk=later.pk).update(first_published_at=timezone.now() + timedelta(seconds=1))
    issue = written(desk, topic, [])
    act(desk, issue, "fill")
    assert [chosen.article.title for chosen in issue.chosen.all()] == ["Die Rutsche ist da"]


def test_what_is_on_its_way_is_neither_changed_nor_deleted(
    desk: Client, topic: Topic, two: list[NewsArticlePage], readers: list[Subscriber]
) -> None:
    issue = written(desk, topic, two, kind="weekly")
    act(desk, issue, "release")
    changed = desk.post(f"/cms/snippets/news/issue/edit/{issue.pk}/", form(topic, two, subject="Anders"), follow=True)
    assert "Sie lässt sich nicht mehr ändern." in changed.content.decode()
    desk.post(f"/cms/snippets/news/issue/delete/{issue.pk}/")
    issue.refresh_from_db()
    assert issue.subject == "Neues vom Spielen"
    again = desk.post(f"/cms/newsletter/{issue.pk}/", {"action": "release"})
    assert again.status_code == 409


def test_only_those_who_write_issues_see_them(
    client: Client, desk: Client, topic: Topic, two: list[NewsArticlePage]
) -> None:
    issue = written(desk, topic, two)
    listed = " ".join(desk.get("/cms/snippets/news/issue/").content.decode().split())
    assert "<th > Art </th> <th > Zustand </th>" in listed
    for groups in ((), ("Moderation",), ("Fachamt",)):
        client.force_login(make_person(f"x{''.join(groups)}@example.org", f"X{''.join(groups)}", groups=groups))
        for path in (f"/cms/newsletter/{issue.pk}/", f"/cms/newsletter/{issue.pk}/mail/"):
            assert client.get(path).status_code in (302, 403)
            assert client.post(path, {"action": "release"}).status_code in (302, 403, 405)
    assert Issue.objects.get().state == "draft"


def test_the_editor_previews_the_mail_while_writing(desk: Client, topic: Topic, two: list[NewsArticlePage]) -> None:
    path = "/cms/snippets/news/issue/preview/"
    assert desk.post(path, form(topic, two[:1], subject="Ganz neu")).json()["is_valid"]
    html = desk.get(path).content.decode()
    assert "Ganz neu" in html
    assert "Neue Bänke" not in html
    text = desk.get(f"{path}?mode=text")
    assert text["Content-Type"].startswith("text/plain")


def test_the_archive_lists_what_went_out_page_by_page(client: Client, topic: Topic) -> None:
    assert "Noch ist keine Ausgabe erschienen." in client.get(ARCHIVE).content.decode()
    now = timezone.now()
    Issue.objects.bulk_create(
        Issue(subject=f"Ausgabe {number:02}", topic=topic, state="sent", started_at=now + timedelta(minutes=number))
        for number in range(25)
    )
    first = client.get(ARCHIVE).content.decode()
    assert "Ausgabe 24" in first
    assert "Ausgabe 04" not in first
    assert "Ausgabe 04" in client.get(f"{ARCHIVE}?seite=2").content.decode()
    assert client.get(f"{ARCHIVE}?seite=3").status_code == 404
    assert client.get(f"{ARCHIVE}?seite=x").status_code == 400
    assert client.get(f"{ARCHIVE}{10**20}/").status_code == 404


def test_pages_of_the_newsletter_cost_few_statements(
    client: Client, desk: Client, topic: Topic, two: list[NewsArticlePage], django_assert_max_num_queries: Any
) -> None:
    issue = written(desk, topic, two)
    Issue.objects.update(state="sent", started_at=timezone.now())
    for path in ("/aktuelles/newsletter/", ARCHIVE, f"{ARCHIVE}{issue.pk}/"):
        client.get(path)
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200


def test_ten_thousand_readers_are_written_down_in_few_statements_and_sent_a_little_at_a_time(
    editor: User, topic: Topic, two: list[NewsArticlePage], monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    Subscriber.objects.bulk_create(
        (Subscriber(address=f"n{number}@example.org", has_all=True, rhythm="every") for number in range(10_000)),
        batch_size=1000,
    )
    # As in a town: a planner that takes the tables for empty holds each reader against each, for minutes.
    with connection.cursor() as cursor:
        for model in (Subscriber, User):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    issue = Issue.objects.create(subject="Neues", kind="at_once")
    IssueArticle.objects.create(issue=issue, article=two[0])
    sending.release(issue, editor)
    assert sending.begin(issue)
    with django_assert_max_num_queries(200):
        assert sending.enrol(issue, float("inf"))
    assert Letter.objects.count() == 10_000
    clock = itertools.count()  # goes on by a second each time it is looked at, however fast the machine is
    with monkeypatch.context() as patch:
        patch.setattr(sending, "time", SimpleNamespace(monotonic=lambda: float(next(clock))))
        patch.setattr(sending, "SECONDS", 1_000.0)
        sending.go_on(issue.pk)
    assert 0 < len(mail.outbox) < 2_000
    assert Delivery.objects.filter(event="newsletter_due").count() == 1
    letters = len(mail.outbox)
    with django_assert_max_num_queries(2 * sending.BATCH + 8):  # claim and mark for each letter, the rest once for all
        batch = list(sending.ready(issue).select_related("subscriber__person").order_by("pk")[: sending.BATCH])
        from django.core.mail import get_connection

        from news.newsletter import composing

        sending.send_batch(batch, composing.sheet_of(issue), get_connection(), float("inf"))
    assert len(mail.outbox) == letters + sending.BATCH


def test_who_got_what_is_forgotten_after_three_months_and_the_number_stays(readers: list[Subscriber]) -> None:
    then = timezone.now() - timedelta(days=91)
    issue = Issue.objects.create(subject="Alt", state="sent", started_at=then, sent_count=1)
    Letter.objects.create(issue=issue, subscriber=readers[0], mailed_at=then)
    due.forget_old()
    assert not Letter.objects.exists()
    issue.refresh_from_db()
    assert issue.sent_count == 1
    due.send_issues()
    assert deliver_outbox() == []
