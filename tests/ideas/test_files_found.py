"""What stands in a file beside an idea is found with the idea, and names of topics, districts and tags are suggested."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from ideas.actions import hide_idea, publish_idea
from ideas.models import Idea, IdeaFile
from search.models import SearchFile, SearchFilePage
from tests.factories import deliver_outbox
from tests.ideas.conftest import signed_in
from tests.search.papers import pdf

REPORT = pdf("Deckblatt", "Im zweiten Jahr kommt ein Bouleplatz dazu. Das kostet wenig.")


def asked(words: str) -> str:
    return Client().get("/suche/", {"q": words}).text


def suggested(words: str) -> list[tuple[str, str, str]]:
    found = Client().get("/suche/vorschlaege/", {"q": words}).json()["suggestions"]
    return [(one["text"], one["kind"], one["url"]) for one in found]


@pytest.fixture
def waiting(typed: dict[str, Any], author: User) -> Idea:
    paper = SimpleUploadedFile("Gutachten.pdf", REPORT, "application/pdf")
    signed_in(author).post("/ideen/neu/", typed | {"files": paper, "step": "submit"})
    deliver_outbox()
    return Idea.objects.get()


def test_a_file_is_found_only_while_its_idea_is_public(waiting: Idea) -> None:
    assert not SearchFile.objects.exists()
    publish_idea(waiting.pk)
    deliver_outbox()
    shown = asked("Bouleplätze")
    assert "Mehr Schatten auf Spielplätzen" in shown
    assert "gefunden im Anhang „Gutachten.pdf“, Seite 2" in shown
    assert "<mark>Bouleplatz</mark>" in shown
    assert IdeaFile.objects.get().get_absolute_url() in shown


def test_its_text_goes_with_the_idea_and_with_the_file(waiting: Idea, author: User) -> None:
    publish_idea(waiting.pk)
    deliver_outbox()
    key = str(IdeaFile.objects.get().key)
    fields = {
        "title": waiting.title,
        "text": "Nun ohne Gutachten, nur der Text zählt noch.",
        "version": "1",
        "file_remove": key,
    }
    signed_in(author).post(f"/ideen/{waiting.pk}/bearbeiten/", fields)
    assert "Bouleplatz</mark>" in asked("Bouleplatz")  # the change waits, the approved version still shows the file
    hide_idea(waiting.pk)
    assert "Bouleplatz</mark>" not in asked("Bouleplatz")
    assert not SearchFilePage.objects.exists()


def test_names_are_suggested_while_a_public_idea_has_them(waiting: Idea) -> None:
    assert suggested("spiel und") == suggested("Uferst") == suggested("schat") == []
    publish_idea(waiting.pk)
    cache.clear()  # new names may be a minute late, hidden ones never stay
    assert ("Spiel und Freizeit", "Thema", "/ideen/?thema=spiel") in suggested("spiel und")
    assert suggested("UFERST") == [("Uferstadt", "Stadtteil", "/ideen/?stadtteil=uferstadt")]
    names = [text for text, kind, _url in suggested("schatt") if kind == "Schlagwort"]
    assert [name.lower() for name in names] == ["schatten"]
    assert suggested("Unterw") == []  # a topic that no idea has
    Idea.objects.filter(pk=waiting.pk).update(state=Idea.State.HIDDEN)
    assert suggested("spiel und") == suggested("Uferst") == suggested("schat") == []
