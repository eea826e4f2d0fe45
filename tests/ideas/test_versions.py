"""The versions of an idea: who reads which, what is different, and what a moderator takes from sight."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from ideas.actions import change_idea, publish_idea, refuse_idea
from ideas.content import IdeaContent
from ideas.models import Campaign, District, Idea, IdeaPicture, Topic, VersionPicture, WithheldVersion
from ideas.queries.versions import changes
from tests import factories
from tests.ideas.conftest import signed_in

FIRST, SECOND, THIRD = "Ein Segel spendet Schatten.", "Ein Segel spendet allen Kindern Schatten.", "Viele Segel."


@pytest.fixture
def idea(campaign: Campaign, author: User) -> Idea:
    """An idea with three versions: the second is public, the third waits."""
    made = factories.idea(campaign=campaign, author=author, title="Ein Segel am Ufer", text=FIRST)
    write(made, SECOND)
    publish_idea(made.pk)
    write(made, THIRD)
    return Idea.objects.get(pk=made.pk)


def write(idea: Idea, text: str, **more: Any) -> None:
    content = IdeaContent(title=idea.title, text=text, **more)
    change_idea(idea=idea, editor=idea.author, content=content)  # type: ignore[arg-type]


def page(idea: Idea, reader: Client | None = None, **query: object) -> str:
    answer = (reader or Client()).get(f"/ideen/{idea.pk}/fassungen/", query)
    assert answer.status_code == 200
    return answer.text


def test_everybody_reads_what_was_public_and_what_changed(idea: Idea) -> None:
    text = page(idea)
    assert 'id="fassung-2"' in text
    assert 'id="fassung-1"' in text
    assert 'id="fassung-3"' not in text
    assert '<ins><span class="kern-sr-only">[neu: </span>allen Kindern ' in text
    assert "Viele Segel" not in text
    assert "Lippespatz" in text


def test_writers_and_moderators_read_the_others_clearly_marked(idea: Idea, author: User, moderator: User) -> None:
    for reader in (signed_in(author), signed_in(moderator)):
        text = page(idea, reader)
        assert "wartet auf Prüfung, nicht öffentlich" in text
        assert "Viele" in text
    refuse_idea(idea.pk)
    assert "war nie öffentlich" in page(idea, signed_in(author))
    assert 'id="fassung-3"' not in page(idea, signed_in(factories.person()))


def test_the_page_and_its_trail_lead_there(idea: Idea) -> None:
    text = Client().get(idea.get_absolute_url()).text
    assert "Fassung 2 vom" in text
    assert f'href="/ideen/{idea.pk}/fassungen/"' in text
    assert f"/ideen/{idea.pk}/fassungen/#fassung-2" in text
    assert "fassung-3" not in text
    assert f"/ideen/{idea.pk}/fassungen/#fassung-2" in Client().get(f"/ideen/{idea.pk}/verlauf/").text


@pytest.mark.parametrize("state", ["waiting", "refused", "hidden"])
def test_there_are_no_versions_where_there_is_no_idea_to_read(idea: Idea, author: User, state: str) -> None:
    Idea.objects.update(state=state)
    assert Client().get(f"/ideen/{idea.pk}/fassungen/").status_code == 404
    assert signed_in(author).get(f"/ideen/{idea.pk}/fassungen/").status_code == 200


def test_withdrawn_words_are_gone_here_too(idea: Idea, author: User) -> None:
    from ideas.actions import withdraw_idea

    withdraw_idea(idea=idea, by=author)
    for reader in (Client(), signed_in(author)):
        text = page(idea, reader)
        assert 'id="fassung-2"' in text
        for word in ("Schatten", "allen Kindern", "Viele"):
            assert word not in text


@pytest.mark.parametrize("word", ["x", "-1", "１", "9" * 12, "1e3"])
def test_forged_numbers_are_not_found(idea: Idea, word: str) -> None:
    assert Client().get(f"/ideen/{idea.pk}/fassungen/?bis={word}").status_code == 404


def test_many_versions_come_in_pages_with_few_statements(idea: Idea) -> None:
    publish_idea(idea.pk)
    for number in range(4, 24):
        write(idea, f"Fassung {number} mit einem Satz.")
        publish_idea(idea.pk)
    first = page(idea)
    assert first.count('<li id="fassung-') == 10
    assert "?bis=13" in first
    assert 'id="fassung-13"' in page(idea, bis=13)
    with CaptureQueriesContext(connection) as seen:
        page(idea)
    assert len(seen) <= 12


def picture(key: int, owner: User) -> IdeaPicture:
    return IdeaPicture.objects.create(file=f"x{key}.webp", width=4, height=3, sha256=str(key), uploader=owner)


def test_every_part_of_a_version_is_compared(idea: Idea, author: User) -> None:
    old = idea.versions.get(number=1)
    new = idea.versions.create(
        number=9, title="Zwei Segel am Ufer", text=old.text, author=author, place="Am Deich", latitude=51.6, longitude=8.3,
        topic=Topic.objects.create(name="Spiel", slug="s"), district=District.objects.create(name="Altstadt", slug="a"),
        tags=["Schatten"], answers=[{"key": "wer", "label": "Wer hilft?", "shown": "Alle", "public": True}],
    )  # fmt: skip
    VersionPicture.objects.create(version=old, picture=picture(1, author), alt="Ein Platz")
    VersionPicture.objects.create(version=new, picture=picture(2, author), alt="Ein Platz")
    found = {change.label: change for change in changes(old, new)}
    assert set(found) == {
        "Titel",
        "Ort",
        "Thema",
        "Stadtteil",
        "Ort auf der Karte",
        "Schlagwörter",
        "Bilder",
        "Wer hilft?",
    }
    assert (found["Bilder"].gone, found["Bilder"].new) == (["Ein Platz"], ["Ein Platz"])  # another picture of that name


def test_answers_that_are_not_for_everybody_are_not_compared_for_everybody(idea: Idea, author: User) -> None:
    for number, shown in ((10, "0171 998877 1"), (11, "0171 998877 2")):
        write(idea, f"Text {number}", answers=({"key": "tel", "label": "Telefon", "shown": shown, "public": False},))
        publish_idea(idea.pk)
    assert "0171 998877" not in page(idea)
    assert "0171 998877" in page(idea, signed_in(author))


def test_a_moderator_takes_the_words_of_an_earlier_version_from_sight(
    idea: Idea, author: User, moderator: User
) -> None:
    address, what = f"/ideen/{idea.pk}/fassungen/", {"version": 1, "reason": "Telefonnummer eines Nachbarn"}
    for stranger in (Client(), signed_in(author), signed_in(factories.person())):
        assert stranger.post(address, what).status_code == 404
    desk = signed_in(moderator)
    assert desk.post(address, {"version": 1, "reason": ""}).status_code == 422
    assert desk.post(address, {"version": 2, "reason": "Die geltende"}).status_code == 404
    assert desk.post(address, {"version": "x", "reason": "Nichts"}).status_code == 422
    assert desk.post(address, what).status_code == 303
    assert desk.post(address, what).status_code == 303
    assert WithheldVersion.objects.get().actor == moderator
    text = page(idea)
    assert "Telefonnummer eines Nachbarn" in text
    assert "allen Kindern" not in text  # the difference would tell the words
    assert "allen Kindern" in page(idea, desk)


def test_the_moderator_sees_the_same_difference(idea: Idea, moderator: User) -> None:
    from django.contrib.auth.models import Permission

    from moderation.models import Case

    moderator.user_permissions.add(Permission.objects.get(codename="access_admin"))
    case = Case.objects.get(kind="idea", object_id=idea.pk, state="open")
    text = signed_in(moderator).get(f"/cms/moderation/{case.pk}/beitrag/").text
    assert "Was anders ist als in der freigegebenen Fassung 2" in text
    assert "<ins>" in text
    assert "<del>" in text


def test_a_changed_idea_is_announced_once_for_each_version_that_becomes_public(
    idea: Idea, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from common import events
    from common.models import Delivery

    monkeypatch.setitem(events.receivers, "idea_changed", {"tests.hear": lambda **_ids: None})
    publish_idea(idea.pk)
    publish_idea(idea.pk)
    write(idea, "Eine Änderung, die niemand liest.")
    refuse_idea(idea.pk)
    write(idea, "Eine fünfte Fassung.")
    publish_idea(idea.pk)
    heard = Delivery.objects.filter(receiver="tests.hear").order_by("pk").values_list("ids", flat=True)
    assert list(heard) == [{"idea_id": idea.pk, "version": 3}, {"idea_id": idea.pk, "version": 5}]
