"""Comments that speak to people: found by whole names, marked, told once, suggested only to those who can read."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.test import Client
from django.utils.safestring import SafeString

from accounts.models import User
from ideas import actions
from ideas.mentions import MOST, names_in
from ideas.models import Campaign, Comment, Idea, Member, Mention
from ideas.templatetags.commenting import mentions
from tests import factories
from tests.ideas.conftest import signed_in
from tests.ideas.talk import say
from theme.markdown import as_html

NAMES = ["Anna", "Anna Müller", "Anna-Lena", "Opa Wim", "A. d. Ufer", "<b>olt", "Strauß"]


@pytest.fixture
def idea(campaign: Campaign, author: User) -> Idea:
    return factories.idea(campaign=campaign, title="Ein Segel am Ufer", author=author)


@pytest.fixture
def wim(idea: Idea) -> User:
    person = factories.person("Opa Wim")
    say(idea, person, "Ich bin dabei.")
    return person


def names(idea: Idea, word: str = "", client: Client | None = None) -> list[str]:
    answer = (client or Client()).get(f"/ideen/{idea.pk}/kommentare/namen/", {"q": word})
    assert answer.status_code == 200
    return answer.json()["names"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Anna hat recht", ["Anna"]),
        ("@anna   müller, bitte", ["Anna Müller"]),
        ("@Anna\nMüller und @Anna.", ["Anna Müller", "Anna"]),
        ("@Anna-Lena! (@Opa Wim)", ["Anna-Lena", "Opa Wim"]),
        ("@Annabell und @Anna_x und @Anna-Maria", []),
        ("anna@Anna.de, a.b@Anna, @@Anna, x/@Anna", []),
        ("@A. d. Ufer: ja", ["A. d. Ufer"]),
        ("@STRAUẞ und @<b>olt", ["Strauß", "<b>olt"]),
        ("@Аnna mit kyrillischem A", []),
        ("ohne Zeichen: Anna", []),
        ("@Anna @Anna @Anna", ["Anna"]),
    ],
)
def test_names_are_found_as_wholes_the_longest_first(text: str, found: list[str]) -> None:
    assert names_in(text, NAMES) == found


def test_thousands_of_signs_are_read_quickly_and_a_circular_is_cut() -> None:
    many = [f"Person {number}" for number in range(1000)]
    assert len(names_in(" ".join(f"@{name}" for name in many), many)) == MOST
    assert names_in("@Person " * 2500, many) == []


def test_who_takes_part_is_noted_and_nobody_else(idea: Idea, author: User, wim: User) -> None:
    factories.person("Ganz Fremd")
    hidden = factories.person("Hat Gehen Müssen")
    say(idea, hidden, "weg", state="hidden")
    elsewhere = factories.person("Woanders")
    say(factories.idea(campaign=idea.campaign), elsewhere, "hier nicht")
    comment = actions.write_comment(
        author=wim, idea=idea, text="@Lippespatz, @Ganz Fremd, @Hat Gehen Müssen, @Woanders, @Opa Wim: was meint ihr?"
    )
    assert [mention.person for mention in Mention.objects.all()] == [author]
    seen = Client().get(idea.get_absolute_url()).text
    assert '<span class="mw-mention">@Lippespatz</span>' in seen
    assert seen.count("mw-mention") == 1
    assert Mention.objects.get().comment == comment


def test_names_are_marked_in_clean_html_only() -> None:
    said = as_html("@Anna **@Opa Wim** [@Anna](https://example.org/@Anna 'x>@Anna') @<b>olt <script>@Anna</script>")
    marked = mentions(said, ("Anna", "Opa Wim", "<b>olt"))
    assert isinstance(marked, SafeString)
    assert marked.count('<span class="mw-mention">@Anna</span>') == 2
    assert '<strong><span class="mw-mention">@Opa Wim</span></strong>' in marked
    assert '<span class="mw-mention">@&lt;b&gt;olt</span>' in marked
    assert "<script" not in marked
    assert mentions(said, ()) is said
    assert "<img" not in mentions("<img src=x onerror=y> @Anna", ("Anna",))


def test_a_change_speaks_to_new_people_and_never_twice(idea: Idea, author: User, wim: User) -> None:
    gerda = factories.person("Gerda und Horst")
    say(idea, gerda, "Wir auch.")
    comment = actions.write_comment(author=wim, idea=idea, text="Hallo @Lippespatz")
    first = Mention.objects.get()
    actions.change_comment(comment=comment, editor=wim, text="Hallo @Lippespatz und @Gerda und Horst")
    assert {mention.person for mention in Mention.objects.all()} == {author, gerda}
    actions.change_comment(comment=comment, editor=wim, text="Hallo zusammen")
    actions.change_comment(comment=comment, editor=wim, text="Hallo @Lippespatz")
    assert Mention.objects.get(person=author).told_at == first.told_at
    assert Mention.objects.count() == 2
    actions.delete_comment(comment=Comment.objects.get(pk=comment.pk), by=wim)
    assert not Mention.objects.exists()


def test_words_that_nobody_approved_speak_to_nobody(idea: Idea, author: User, wim: User) -> None:
    Campaign.objects.update(check_comments="before")
    comment = actions.write_comment(author=wim, idea=idea, text="Noch ohne Namen.")
    actions.publish_comment(comment.pk)
    actions.change_comment(comment=comment, editor=wim, text="Du Schuft, @Lippespatz")
    actions.refuse_comment(comment.pk, 2)
    actions.change_comment(comment=comment, editor=wim, text="Wieder ohne Namen.")
    actions.publish_comment(comment.pk, 3)
    assert Mention.objects.get().told_at is None
    actions.change_comment(comment=comment, editor=wim, text="Danke, @Lippespatz")
    actions.publish_comment(comment.pk, 4)
    assert Mention.objects.get().told_at is not None


def test_names_are_suggested_to_those_who_can_read(idea: Idea, author: User, wim: User) -> None:
    assert names(idea, "wi") == names(idea, "op") == names(idea, "Opa  W") == ["Opa Wim"]
    assert names(idea) == ["Lippespatz", "Opa Wim"]
    assert names(idea, "zz") == []
    assert names(idea, client=signed_in(wim)) == ["Lippespatz"]
    assert names(idea, "op" + "x" * 5000) == []
    User.objects.filter(pk=wim.pk).update(is_active=False)
    assert names(idea, "op") == []


def test_names_of_a_group_are_for_its_members(idea: Idea, author: User, wim: User) -> None:
    Campaign.objects.filter(pk=idea.campaign_id).update(audience="members", is_public=False)
    address = f"/ideen/{idea.pk}/kommentare/namen/?q=op"
    Member.objects.create(campaign=idea.campaign, person=author)
    assert Client().get(address).status_code == signed_in(factories.person()).get(address).status_code == 404
    assert signed_in(author).get(address).json() == {"names": ["Opa Wim"]}
    assert Client().get("/ideen/999999/kommentare/namen/").status_code == 404
    assert isinstance(AnonymousUser(), AnonymousUser)


def test_asking_for_names_faster_than_people_type_is_refused(idea: Idea, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ideas.views.limits.NAMES_A_MINUTE", 3)
    caches["fast"].clear()
    codes = [Client().get(f"/ideen/{idea.pk}/kommentare/namen/?q=a").status_code for _time in range(5)]
    assert codes == [200, 200, 200, 429, 429]


def test_a_page_without_names_asks_nothing_more(idea: Idea, wim: User, django_assert_max_num_queries: object) -> None:
    client = Client()
    client.get(idea.get_absolute_url())
    actions.write_comment(author=wim, idea=idea, text="Hallo @Lippespatz")
    assert "mw-mention" in client.get(idea.get_absolute_url()).text
    User.objects.filter(display_name="Lippespatz").update(display_name="Umbenannt")
    assert "mw-mention" not in client.get(idea.get_absolute_url()).text
