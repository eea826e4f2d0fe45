"""The PDF of a report: what it is like stands beside it; what acts or is broken is refused and never offered."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject, TextStringObject
from wagtail.documents import get_document_model

from cms.models import ReportIndexPage, StartPage
from tests import factories
from tests.cms.reporting import document, report, text_of
from tests.search.papers import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(start: StartPage) -> ReportIndexPage:
    return start.add_child(instance=ReportIndexPage(title="Familienbericht"))


def test_beside_a_pdf_stands_what_it_is_like(client, index):
    page = report(index, 2025, pdf=document(pdf("Seite eins", "Seite zwei")))
    text = text_of(client, page.get_absolute_url())
    assert "2 Seiten" in text
    assert "Die Datei ist nicht ausgezeichnet" in text
    tagged = PdfWriter(clone_from=PdfReader(BytesIO(pdf("Eins"))))
    tagged.root_object[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(value=True)})
    tagged.root_object[NameObject("/StructTreeRoot")] = DictionaryObject()
    tagged.root_object[NameObject("/Lang")] = TextStringObject("de-DE")
    out = BytesIO()
    tagged.write(out)
    page.pdf = document(out.getvalue())
    page.save()
    text = text_of(client, page.get_absolute_url())
    assert "Die Datei ist ausgezeichnet" in text
    assert "1 Seite " in text


def acting_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf("Eins"))))
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def attached_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf("Eins"))))
    writer.add_attachment("rechnung.exe", b"MZ")
    assert isinstance(writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"], ArrayObject)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (acting_pdf, "Programme oder angehängte Dateien"),
        (attached_pdf, "Programme oder angehängte Dateien"),
        (lambda: pdf("Geheim", password="x"), "hat ein Passwort"),
        (lambda: b"%PDF-1.7\nnichts", "ist beschädigt"),
        (lambda: b"MZ\x90\x00 kein PDF", "ist kein PDF"),
    ],
)
def test_a_pdf_that_acts_or_cannot_be_read_is_refused_in_words_and_never_offered(client, index, data, words):
    page, file = report(index, 2025), document(data())
    editor = factories.make_person("redaktion@example.org", "Nora", groups=["Redaktion"])
    staff = Client()
    staff.force_login(editor)
    form = {
        "title": "Bericht 2025", "slug": "bericht-2025", "year": "2025", "lead": "Mein Satz", "pdf": file.pk,
        "body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "action-publish": "1",
    }  # fmt: skip
    answer = staff.post(f"/cms/pages/{page.pk}/edit/", form)
    assert words in answer.content.decode()
    assert "Mein Satz" in answer.content.decode()
    page.pdf = file  # however it came there
    page.save()
    assert file.filename not in text_of(client, page.get_absolute_url())


def test_a_file_that_is_exchanged_behind_a_report_is_looked_at_again(client, index):
    page = report(index, 2025, pdf=document(pdf("Eins")))
    file = page.pdf
    assert file.filename in text_of(client, page.get_absolute_url())
    file.file, file.file_hash = ContentFile(acting_pdf(), "ausgetauscht.pdf"), ""
    file.save()
    assert "ausgetauscht" not in text_of(client, page.get_absolute_url())
    file.file, file.file_hash = ContentFile(pdf("Eins", "Zwei", "Drei"), "gut.pdf"), ""
    file.save()
    assert "3 Seiten" in text_of(client, page.get_absolute_url())


@pytest.mark.parametrize("door", ["/cms/documents/add/", "/cms/documents/multiple/add/"])
def test_a_pdf_that_acts_does_not_get_into_the_library_by_any_door(client, door):
    desk = Client()
    desk.force_login(factories.make_person("redaktion@example.org", "Nora", groups=["Redaktion"]))
    headers = {"X-Requested-With": "XMLHttpRequest"} if "multiple" in door else {}
    field = "files[]" if "multiple" in door else "file"
    for data, words in ((acting_pdf(), "Programme oder angehängte Dateien"), (b"MZ kein PDF", "ist kein PDF")):
        answer = desk.post(door, {"title": "Flyer", field: SimpleUploadedFile("flyer.pdf", data)}, headers=headers)
        told = answer.json()["error_message"] if headers else answer.content.decode()
        assert words in told
    assert not get_document_model().objects.exists()
    desk.post(door, {"title": "Flyer", field: SimpleUploadedFile("flyer.pdf", pdf("Eins"))}, headers=headers)
    assert get_document_model().objects.count() == 1
