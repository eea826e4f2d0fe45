"""Reading a discussion: threads, branches, permalinks, orders, kinds of comments, and what a thousand of them cost."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from ideas import actions
from ideas.models import Campaign, Comment, Idea
from ideas.queries.discussion import PAGE_SIZE
from tests import factories
from tests.ideas.conftest import signed_in
from tests.ideas.threads import chain, many, say

SHAPES = ["flat", "replies", "chain", "spread"]


@pytest.fixture
def idea(campaign: Campaign, author: User) -> Idea:
    return factories.idea(campaign=campaign, author=author, title="Ein Segel am Ufer")


def page(idea: Idea, query: str = "") -> str:
    return Client().get(idea.get_absolute_url() + query).text


def branch(comment: Comment, query: str = "") -> str:
    return Client().get(f"/kommentare/{comment.pk}/gespraech/{query}").text


def shown(text: str) -> list[int]:
    return [
        int(pk) for pk in re.findall(r'<(?:article|p) class="mw-(?:comment|tombstone)[^>]* id="kommentar-(\d+)"', text)
    ]


def test_three_levels_stand_below_the_idea_and_a_link_leads_further_down(idea: Idea) -> None:
    one, two, three, four, five, six = chain(idea, 6)
    text = page(idea)
    assert shown(text) == [one.pk, two.pk, three.pk]
    assert f'href="/kommentare/{three.pk}/gespraech/"' in text
    assert "Weiter unten im Gespräch (1)" in text
    deeper = branch(three)
    assert shown(deeper) == [three.pk, four.pk, five.pk]
    assert f'href="/kommentare/{five.pk}/gespraech/"' in deeper
    assert "Antwort an Lippe" in deeper
    assert two.text in deeper
    assert f'href="/kommentare/{two.pk}/"' in deeper
    assert shown(branch(five)) == [five.pk, six.pk]


def test_many_replies_are_shown_by_the_first_few_with_a_link_to_all(idea: Idea) -> None:
    first = say(idea, "Wer macht mit?")
    replies = [say(idea, f"Ich, {number}", first) for number in range(27)]
    text = page(idea)
    assert shown(text) == [first.pk, *(reply.pk for reply in replies[:3])]
    assert "Alle 27 Antworten" in text
    whole = branch(first)
    assert shown(whole) == [first.pk, *(reply.pk for reply in replies[:PAGE_SIZE])]
    following = re.search(r'href="([^"]+)" rel="next', whole)
    assert following
    rest = Client().get(following[1].split("#")[0]).text
    assert shown(rest) == [first.pk, *(reply.pk for reply in replies[PAGE_SIZE:])]
    assert "Von der ersten Antwort an" in rest


def lively(idea: Idea) -> Iterator[Comment]:
    """Make a discussion with every shape in it; return those whose place is hard to find."""
    deep = chain(idea, 9)
    wide = say(idea, "Breit")
    replies = [say(idea, f"Breit {number}", wide) for number in range(24)]
    below = [say(idea, f"Unter der ersten {number}", replies[0]) for number in range(25)]
    further = [say(idea, f"Weiter unten {number}", below[1]) for number in range(23)]
    far = say(idea, "Unter der letzten", replies[23])
    firsts = [say(idea, f"Erster {number}", rank=number % 7 / 10) for number in range(45)]
    last = say(idea, "Antwort ganz am Ende", firsts[44])
    yield from deep[::2]
    yield from (deep[7], wide, replies[2], replies[3], replies[23], below[1], below[2], below[24])
    yield from (further[0], further[22], far, firsts[0], firsts[20], firsts[44], last)


@pytest.mark.parametrize("order", ["", "?sort=neu", "?sort=beste"])
def test_permalinks_open_the_right_page_of_the_right_branch(idea: Idea, order: str) -> None:
    client = Client()
    for comment in lively(idea):
        answer = client.get(f"/kommentare/{comment.pk}/{order}")
        where, place = answer.headers["Location"].split("#")
        assert answer.status_code == 302
        assert place == f"kommentar-{comment.pk}"
        assert comment.pk in shown(client.get(where).text), (comment.text, where)


def test_an_order_stays_in_the_addresses_of_a_page(idea: Idea) -> None:
    comments = [say(idea, f"Wort {number}") for number in range(25)]
    text = page(idea, "?sort=neu")
    assert f'href="/kommentare/{comments[24].pk}/?sort=neu"' in text
    where = Client().get(f"/kommentare/{comments[2].pk}/?sort=neu").headers["Location"]
    assert where == f"{idea.get_absolute_url()}?sort=neu&ab={comments[2].pk}#kommentar-{comments[2].pk}"


def test_three_orders(idea: Idea) -> None:
    old, middle, new = (say(idea, f"Wort {number}", rank=rank) for number, rank in enumerate((0.2, 0.9, 0.2)))
    assert shown(page(idea)) == [old.pk, middle.pk, new.pk]
    assert shown(page(idea, "?sort=neu")) == [new.pk, middle.pk, old.pk]
    assert shown(page(idea, "?sort=beste")) == [middle.pk, new.pk, old.pk]
    assert re.search(
        r'<a href="[^"]*\?sort=beste#kommentare"[^>]* aria-current="true">Beste</a>', page(idea, "?sort=beste")
    )


@pytest.mark.parametrize("query", ["sort=laut", "haltung=egal", "sort=neu&haltung=%00", "sort=beste%27--"])
def test_unknown_words_in_the_address_are_refused(idea: Idea, query: str) -> None:
    say(idea, "Wort")
    assert Client().get(f"{idea.get_absolute_url()}?{query}").status_code == 400


@pytest.mark.parametrize("word", ["0", "-1", "abc", "²", "999999999", "9" * 30])
def test_a_page_begins_with_nothing_but_a_comment_of_its_own(idea: Idea, word: str) -> None:
    first = say(idea, "Wort")
    foreign = say(factories.idea(), "Woanders")
    for start in (word, foreign.pk):
        assert Client().get(f"{idea.get_absolute_url()}?ab={start}").status_code == 404
        assert Client().get(f"/kommentare/{first.pk}/gespraech/?ab={start}").status_code == 404


def test_there_is_no_best_while_numbers_are_hidden(idea: Idea) -> None:
    say(idea, "Eins")
    say(idea, "Zwei")
    Campaign.objects.update(counts_hidden_until=timezone.now() + timedelta(days=1))
    assert "Beste" not in page(idea)
    assert Client().get(f"{idea.get_absolute_url()}?sort=beste").status_code == 400


@pytest.mark.parametrize("order", ["", "sort=neu", "sort=beste"])
def test_the_pages_of_an_order_show_every_thread_once(idea: Idea, order: str) -> None:
    made = [say(idea, f"Wort {number}", rank=number % 4 / 10) for number in range(30)]
    for comment in made[::4]:
        for number in range(5):
            say(idea, f"Antwort {number}", comment)
    client, address, seen, pages = Client(), f"{idea.get_absolute_url()}?{order}", [], 0
    while address:
        text = client.get(address.split("#")[0]).text
        pages += 1
        assert len(shown(text)) <= PAGE_SIZE
        seen += [pk for pk in shown(text) if pk in {comment.pk for comment in made}]
        following = re.search(r'href="([^"]+)" rel="next', text)
        address = following[1].replace("&amp;", "&") if following else ""
    assert sorted(seen) == sorted(comment.pk for comment in made)
    assert len(seen) == len(made)
    assert pages < 5


def test_the_balance_counts_first_comments_and_each_kind_can_be_read_alone(idea: Idea) -> None:
    for stance, number in (("pro", 12), ("contra", 6), ("question", 5), ("", 9)):
        for place in range(number):
            say(idea, f"{stance or 'einerlei'} {place}", stance=stance)
    Comment.objects.filter(text="contra 5").update(state="hidden")
    for query in ("", "?haltung=dagegen"):  # counted from rows once, from the database the other time
        text = page(idea, query)
        assert 'aria-label="Von 22 Kommentaren: Dafür 12, Dagegen 5, Frage 5, Verbesserung 0"' in text
    assert "einerlei" not in text
    assert "Diesen Kommentar hat die Moderation ausgeblendet." in text
    assert "Nur Kommentare der Art „Dagegen“, mit ihren Antworten." in text
    assert text.count('<article class="mw-comment') == 5
    assert 'width="545" height="16"' in text  # 12 of 22, of 1000
    assert "style=" not in text.split('id="kommentare"')[1].split("</section>")[0]


def test_a_small_discussion_is_balanced_without_asking(idea: Idea) -> None:
    say(idea, "Gut", stance="pro")
    say(idea, "Schlecht", stance="contra", state="waiting", published_at=None)
    assert 'aria-label="Von 1 Kommentar: Dafür 1, Dagegen 0, Frage 0, Verbesserung 0"' in page(idea)
    assert "mw-balance" in page(idea, "?haltung=frage")
    assert "Es gibt keinen Kommentar dieser Art." in page(idea, "?haltung=frage")


def test_tombstones_carry_their_day_and_keep_replies_at_every_depth(idea: Idea, author: User) -> None:
    one, two, three, four, five = chain(idea, 5, author=author)
    actions.delete_comment(comment=three, by=author)
    actions.hide_comment(four.pk)
    # By the day in their rows: midnight may come before the page does.
    rows = Comment.objects.filter(pk__in=[three.pk, four.pk]).order_by("pk")
    deleted, hidden = (timezone.localtime(row.deleted_at).day for row in rows)
    text = page(idea)
    assert re.search(rf"Am {deleted}\. \w+ \d{{4}} gelöscht von der Person, die ihn geschrieben hat\.", text)
    assert three.text not in text
    assert "Weiter unten im Gespräch" in text  # its reply is hidden, but that one's replies live
    deeper = branch(three)
    assert shown(deeper) == [three.pk, four.pk, five.pk]
    assert re.search(rf"Am {hidden}\. \w+ \d{{4}} von der Moderation ausgeblendet\.", deeper)
    assert five.text in deeper
    assert "Antwort auf einen Kommentar, der weg ist" in branch(five)
    assert four.text not in branch(five)
    assert (one.pk, two.pk) == tuple(shown(text)[:2])


def test_replies_are_counted_with_their_rows(idea: Idea, author: User, moderator: User) -> None:
    def counted() -> int:
        return Comment.objects.get(pk=first.pk).reply_count

    first = actions.write_comment(author=author, idea=idea, text="Erster Kommentar")
    reply = actions.write_comment(author=author, idea=idea, text="Eine Antwort", parent=first)
    actions.write_comment(author=author, idea=idea, text="Antwort darauf", parent=reply)
    assert counted() == 1
    actions.hide_comment(reply.pk)
    assert counted() == 0
    actions.publish_comment(reply.pk)
    actions.publish_comment(reply.pk)
    assert counted() == 1
    call_command("verify_counts")
    actions.delete_comment(comment=reply, by=author)
    actions.delete_comment(comment=reply, by=author)
    assert counted() == 0
    Campaign.objects.update(check_comments="before")
    held = actions.write_comment(author=author, idea=idea, text="Wartet noch", parent=first)
    assert counted() == 0
    actions.refuse_comment(held.pk)
    assert counted() == 0
    call_command("verify_counts")


def test_a_wrong_number_of_replies_is_named_and_mended(idea: Idea, capsys: pytest.CaptureFixture[str]) -> None:
    first = chain(idea, 2)[0]
    Comment.objects.filter(pk=first.pk).update(reply_count=7)
    with pytest.raises(CommandError):
        call_command("verify_counts")
    assert f"Kommentar {first.pk} nennt 7 Antworten, es gibt 1" in capsys.readouterr().out
    call_command("verify_counts", mend=True)
    call_command("verify_counts")


def test_what_waits_is_seen_by_its_author_alone_also_in_a_branch(idea: Idea, author: User) -> None:
    one, two, three = chain(idea, 3)
    held = say(idea, "Wartet noch", three, author=author, state="waiting", published_at=None)
    assert "Weiter unten" not in page(idea)
    assert Client().get(f"/kommentare/{held.pk}/").status_code == 404
    assert Client().get(f"/kommentare/{held.pk}/gespraech/").status_code == 404
    assert "Wartet noch" not in branch(three)
    own = signed_in(author)
    assert "Weiter unten im Gespräch" in own.get(idea.get_absolute_url()).text
    assert "Wartet noch" in own.get(f"/kommentare/{held.pk}/", follow=True).text
    assert shown(branch(one)) == [one.pk, two.pk, three.pk]


@pytest.mark.parametrize("state", ["waiting", "hidden", "refused"])
def test_branches_of_ideas_that_nobody_may_read_are_not_there(idea: Idea, state: str) -> None:
    first = chain(idea, 2)[0]
    Idea.objects.update(state=state)
    assert Client().get(f"/kommentare/{first.pk}/gespraech/").status_code == 404
    assert Client().get("/kommentare/99999999/gespraech/").status_code == 404


def test_no_name_and_no_words_make_somebody_the_town(idea: Idea, office: User) -> None:
    for name in ("Stadt Musterstadt", "Grünflächenamt", "Grünflächenamt Sabine Brandt"):
        pretender = factories.person(name, office="Grünflächenamt")  # an office of old without the right
        text = '<span class="mw-badge-town">Stadt Musterstadt</span> **Grünflächenamt, Sabine Brandt**: wir bauen das.'
        said = actions.write_comment(author=pretender, idea=idea, text=text)
        assert said.office == ""
    assert '<span class="mw-badge-town">' not in page(idea)
    assert "mw-comment--town" not in page(idea)
    actions.write_comment(author=office, idea=idea, text="Wir prüfen das.")
    assert page(idea).count('<span class="mw-badge-town">') == 1
    assert page(idea).count("mw-comment--town") == 1


def test_a_quote_leads_to_its_comment_and_goes_with_it(idea: Idea, author: User, moderator: User) -> None:
    source = say(idea, "Das Segel reißt im Sturm.", author=author)
    say(idea, "Nein, es rollt sich ein.", quote=source, quote_text="reißt im Sturm")
    text = page(idea)
    assert '<blockquote class="mw-comment__text mw-quoted"' in text
    assert f'href="/kommentare/{source.pk}/"' in text.split("<blockquote")[1].split("</blockquote>")[0]
    Comment.objects.filter(pk=source.pk).update(state="hidden")
    assert "<blockquote" not in page(idea)
    assert "reißt im Sturm" not in page(idea)
    assert "<blockquote" in signed_in(author).get(idea.get_absolute_url()).text
    assert "<blockquote" in signed_in(moderator).get(idea.get_absolute_url()).text
    Comment.objects.filter(pk=source.pk).update(state="deleted")
    assert "<blockquote" not in signed_in(author).get(idea.get_absolute_url()).text


def test_a_quote_of_another_idea_is_not_shown(idea: Idea) -> None:
    foreign = say(factories.idea(campaign=factories.campaign(is_published=False)), "Geheim")
    say(idea, "Dort steht:", quote=foreign, quote_text="Geheim")
    assert "Geheim" not in page(idea)


def test_what_was_edited_says_so_and_leads_to_the_versions(idea: Idea, author: User) -> None:
    said = say(idea, "Neue Worte", author=author, edited_at=timezone.now(), version=2, latest=2)
    link = f'href="/kommentare/{said.pk}/fassungen/"'
    assert link in page(idea)
    Campaign.objects.update(shows_comment_edits=False)
    assert link not in page(idea)
    assert "bearbeitet" in page(idea)
    assert link in signed_in(author).get(idea.get_absolute_url()).text


def test_names_are_marked_and_lead_nowhere(idea: Idea, author: User) -> None:
    say(idea, "Guter Punkt", author=author)
    said = actions.write_comment(
        author=factories.person("Jona"), idea=idea, text="@Lippespatz, sehe ich auch so. @Niemand"
    )
    assert said.mentions.count() == 1
    assert '<span class="mw-mention">@Lippespatz</span>' in page(idea)
    assert '<span class="mw-mention">@Niemand' not in page(idea)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_thousand_comments_cost_as_many_statements_as_twenty(idea: Idea, campaign: Campaign, shape: str) -> None:
    def statements(client: Client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(address)
        assert len(shown(answer.text)) <= PAGE_SIZE + 1
        return len(seen)

    small = factories.idea(campaign=campaign, title="Eine Bank am Ufer")
    many(small, 20, shape)
    made = many(idea, 1_000, shape)
    reader = signed_in(factories.person())
    assert statements(Client(), idea.get_absolute_url()) <= 10
    for client in (Client(), reader):
        assert statements(client, idea.get_absolute_url()) == statements(client, small.get_absolute_url())
    for start in (made[0], made[500], made[999]):
        assert statements(Client(), f"/kommentare/{start}/gespraech/") <= 10
