"""Documents on pages and articles are found by their text, as long as everybody may open them."""

import json

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from cms.models import PlainPage, StartPage
from ideas.models import Topic
from news.models import NewsArticlePage, NewsIndexPage
from search.attachments.reading import read_waiting
from tests.search.papers import pdf

pytestmark = pytest.mark.django_db
Document = get_document_model()


@pytest.fixture
def document() -> Document:  # type: ignore[valid-type]
    within = Collection.get_first_root_node().add_child(name="Pläne")
    data = pdf("Deckblatt", "Die alte Trauerweide bleibt stehen.")
    return Document.objects.create(title="Plan", file=ContentFile(data, "Spielplatzliste.pdf"), collection=within)


def blocks(*found: tuple[str, object]) -> str:
    return json.dumps([{"type": kind, "value": value} for kind, value in found])


@pytest.fixture
def page(document: Document) -> PlainPage:  # type: ignore[valid-type]
    offered = ("documents", {"title": "", "documents": [{"document": document.pk, "words": ""}]})  # type: ignore[attr-defined]
    made = StartPage.objects.get().add_child(
        instance=PlainPage(title="Spielplätze", slug="spielplaetze", body=blocks(offered))
    )
    made.save_revision().publish()
    read_waiting()
    return made  # type: ignore[no-any-return]


def asked(word: str = "Trauerweide") -> str:
    return Client().get(f"/suche/?q={word}").text


def test_a_page_is_found_by_the_text_of_a_document_it_offers(page: PlainPage) -> None:
    shown = asked()
    assert "1 Treffer" in shown
    assert "Spielplätze" in shown
    assert "gefunden im Anhang „Spielplatzliste" in shown
    assert ".pdf“, Seite 2" in shown
    assert "Die alte <mark>Trauerweide</mark>" in shown


def test_an_article_is_found_by_a_document_that_its_text_links(document: Document) -> None:  # type: ignore[valid-type]
    words = f'<p>Hier steht der <a linktype="document" id="{document.pk}">Plan</a>.</p>'  # type: ignore[attr-defined]
    index, topic = NewsIndexPage.objects.get(), Topic.objects.create(name="Spiel", slug="spiel")
    article = NewsArticlePage(
        title="Neues vom Platz", slug="neues", date=timezone.localdate(), topic=topic, teaser="Kurz.",
        author_office="Presseamt", body=blocks(("text", words)),
    )  # fmt: skip
    index.add_child(instance=article).save_revision().publish()
    read_waiting()
    assert "gefunden im Anhang „Spielplatzliste" in asked()


@pytest.mark.parametrize("by", ["page", "collection", "parent", "document", "link"])
def test_its_text_leaves_at_once_when_it_may_not_be_opened_any_more(
    by: str, page: PlainPage, document: Document
) -> None:  # type: ignore[valid-type]
    if by == "page":
        page.unpublish()
    elif by in {"collection", "parent"}:
        closed = document.collection if by == "collection" else Collection.get_first_root_node()  # type: ignore[attr-defined]
        CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    elif by == "document":
        document.delete()  # type: ignore[attr-defined]
    else:
        page.body = blocks(("heading", {"text": "Nichts mehr", "level": "2"}))
        page.save_revision().publish()
    assert "Trauerweide</mark>" not in asked()
    assert "Nichts gefunden" in asked()


def test_a_new_file_is_read_anew(page: PlainPage, document: Document) -> None:  # type: ignore[valid-type]
    document.file = ContentFile(pdf("Nun mit Seerosen."), "Neu.pdf")  # type: ignore[attr-defined]
    document._set_document_file_metadata()  # type: ignore[attr-defined]
    document.save()  # type: ignore[attr-defined]
    read_waiting()
    assert "Nichts gefunden" in asked()
    assert "gefunden im Anhang „Neu" in asked("Seerosen")
