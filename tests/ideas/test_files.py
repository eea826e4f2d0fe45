"""Files beside ideas: kept with drafts, shown with the version they belong to, served to whom the idea is shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from ideas.actions import forget_old_drafts, publish_idea
from ideas.models import Campaign, Draft, Idea, IdeaFile
from tests import factories
from tests.corpora.b8_files import pdf
from tests.corpora.office import docx, odt
from tests.ideas.conftest import signed_in


def paper(name: str = "Plan.pdf") -> SimpleUploadedFile:
    data = {"odt": odt, "docx": docx}.get(name.rpartition(".")[2], pdf)()
    return SimpleUploadedFile(name, data, "application/octet-stream")


@pytest.fixture
def waiting(typed: dict[str, Any], author: User) -> Idea:
    signed_in(author).post("/ideen/neu/", typed | {"files": [paper(), paper("Antrag.docx")], "step": "submit"})
    return Idea.objects.get()


def address(name: str = "Plan.pdf") -> str:
    return IdeaFile.objects.get(name=name).get_absolute_url()


def test_a_file_waits_with_its_idea(waiting: Idea, author: User, moderator: User) -> None:
    assert signed_in(author).get(address()).status_code == 200
    assert signed_in(moderator).get(address()).status_code == 200
    for reader in (Client(), signed_in(factories.person())):
        assert reader.get(address()).status_code == 404


def test_a_public_file_is_a_download_that_can_do_nothing(waiting: Idea) -> None:
    publish_idea(waiting.pk)
    answer = Client().get(address())
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="Plan.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "public, max-age=60"
    again = Client().get(address(), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    page = Client().get(waiting.get_absolute_url()).text
    assert "Plan.pdf" in page
    assert "Antrag.docx" in page
    assert page.index("Plan.pdf") < page.index("Antrag.docx")


def test_files_of_hidden_ideas_and_closed_campaigns_are_nobody_elses(waiting: Idea) -> None:
    publish_idea(waiting.pk)
    Idea.objects.filter(pk=waiting.pk).update(state=Idea.State.HIDDEN)
    assert Client().get(address()).status_code == 404
    Idea.objects.filter(pk=waiting.pk).update(state=Idea.State.PUBLIC)
    waiting.campaign.audience = Campaign.Audience.MEMBERS
    waiting.campaign.save()
    assert Client().get(address()).status_code == 404
    assert signed_in(factories.person()).get(address()).status_code == 404


def test_a_file_chosen_before_sign_in_is_kept_and_becomes_the_persons(typed: dict[str, Any], author: User) -> None:
    client = Client()
    answer = client.post("/ideen/neu/", typed | {"files": paper("Skizze.odt"), "step": "submit"})
    assert answer.status_code == 303
    assert client.get(address("Skizze.odt")).status_code == 200
    assert Client().get(address("Skizze.odt")).status_code == 404
    client.force_login(author)
    preview = client.get(f"/ideen/neu/?entwurf={Draft.objects.get().key}&schritt=pruefen")
    assert "Skizze.odt" in preview.text
    draft = Draft.objects.get()
    client.post("/ideen/neu/", typed | {"draft": str(draft.key), "step": "submit"})
    idea = Idea.objects.get()
    assert idea.latest_version is not None
    assert [use.file.name for use in idea.latest_version.files.all()] == ["Skizze.odt"]
    assert idea.latest_version.file_count == 1
    assert IdeaFile.objects.get().uploader == author


def test_a_wrong_title_does_not_lose_the_file_and_it_can_be_taken_out(typed: dict[str, Any], author: User) -> None:
    client = signed_in(author)
    answer = client.post("/ideen/neu/", typed | {"title": "", "files": paper(), "step": "submit"})
    assert answer.status_code == 422
    assert "Ihre Dateien bisher" in answer.text
    draft, file = Draft.objects.get(), IdeaFile.objects.get()
    fields = typed | {"draft": str(draft.key), "file_remove": str(file.key), "step": "submit"}
    assert client.post("/ideen/neu/", fields).status_code == 303
    assert Idea.objects.get().latest_version.file_count == 0  # type: ignore[union-attr]
    IdeaFile.objects.update(created_at=timezone.now() - timedelta(days=3))
    forget_old_drafts()
    assert not IdeaFile.objects.exists()


def test_a_change_keeps_adds_and_takes_out_files_only_in_the_new_version(waiting: Idea, author: User) -> None:
    publish_idea(waiting.pk)
    client = signed_in(author)
    page = client.get(f"/ideen/{waiting.pk}/bearbeiten/")
    assert "Plan.pdf" in page.text
    fields = {
        "title": waiting.title,
        "text": "Im Sommer ist es auf der Rutsche zu heiß. Ein Segel hilft.",
        "version": "1",
        "file_remove": str(IdeaFile.objects.get(name="Plan.pdf").key),
        "files": paper("Neu.odt"),
    }
    assert client.post(f"/ideen/{waiting.pk}/bearbeiten/", fields).status_code == 303
    waiting.refresh_from_db()
    assert waiting.latest_version is not None
    assert [use.file.name for use in waiting.latest_version.files.all()] == ["Antrag.docx", "Neu.odt"]
    assert Client().get(address("Plan.pdf")).status_code == 200
    assert Client().get(address("Neu.odt")).status_code == 404


def test_four_files_are_one_too_many(typed: dict[str, Any], author: User) -> None:
    answer = signed_in(author).post("/ideen/neu/", typed | {"files": [paper()] * 4, "step": "submit"})
    assert answer.status_code == 422
    assert "höchstens 3 Dateien" in answer.text
    assert not IdeaFile.objects.exists()


def test_moderators_see_the_files_of_the_version_they_judge(waiting: Idea, moderator: User) -> None:
    from ideas.moderated import ModeratedIdea

    assert [file.name for file in ModeratedIdea().preview(waiting.pk, 1)["files"]] == ["Plan.pdf", "Antrag.docx"]


def test_files_nobody_sent_are_forgotten_and_those_of_ideas_stay(waiting: Idea, typed: dict[str, Any]) -> None:
    Client().post("/ideen/neu/", typed | {"files": paper("Vergessen.odt"), "step": "preview"})
    long_ago = timezone.now() - timedelta(days=200)
    Draft.objects.update(updated_at=long_ago)
    IdeaFile.objects.update(created_at=long_ago)
    stored = IdeaFile.objects.get(name="Vergessen.odt").file.name
    assert default_storage.exists(stored)
    forget_old_drafts()
    assert not default_storage.exists(stored)
    assert sorted(IdeaFile.objects.values_list("name", flat=True)) == ["Antrag.docx", "Plan.pdf"]
    assert default_storage.exists(IdeaFile.objects.get(name="Plan.pdf").file.name)
