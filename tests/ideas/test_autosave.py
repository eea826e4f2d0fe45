"""Saved while writing: from the first word, on every device, and never over words that another device has saved."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from ideas.models import Campaign, Draft, Idea, IdeaPicture
from ideas.views import autosave
from tests import factories
from tests.ideas.conftest import picture_file, signed_in

JSON = {"accept": "application/json"}


def page_of(client: Client, typed: dict[str, Any], address: str = "") -> dict[str, Any]:
    """Return what the form's page sends along: key, version, and which page it is."""
    page = client.get(address or f"/ideen/neu/?kampagne={typed['campaign']}")
    return {name: page.context[f"draft_{name}" if name == "version" else name] for name in ("version", "writer")} | {
        "key": str(page.context["draft_key"])
    }


def save(client: Client, page: dict[str, Any], fields: dict[str, Any], **more: Any) -> Any:
    sent = {**fields, "draft": page["key"], "draft_version": page["version"], "writer": page["writer"], **more}
    return client.post(f"/ideen/entwurf/{page['key']}/", sent, headers=JSON)


@pytest.fixture
def browser(author: User) -> Client:
    return signed_in(author)


def test_the_first_word_makes_a_draft_and_says_when(
    browser: Client, campaign: Campaign, author: User, terms: None
) -> None:
    page = page_of(browser, {"campaign": campaign.slug})
    answer = save(browser, page, {"campaign": campaign.slug, "title": "Mehr"})
    assert answer.status_code == 200
    assert answer.json()["words"].startswith("gespeichert ")
    draft = Draft.objects.get()
    assert (str(draft.key), draft.owner, draft.fields["title"], draft.version) == (page["key"], author, "Mehr", 1)
    again = save(browser, page | {"version": 1}, {"campaign": campaign.slug, "title": "Mehr Schatten"})
    assert again.json()["version"] == 2
    assert Draft.objects.get().fields["title"] == "Mehr Schatten"


def test_nothing_is_kept_while_nothing_is_typed(browser: Client, campaign: Campaign) -> None:
    page = page_of(browser, {"campaign": campaign.slug})
    assert save(browser, page, {"campaign": campaign.slug, "title": " "}).json() == {"saved": False}
    assert not Draft.objects.exists()


def test_another_device_goes_on_where_the_first_stopped(browser: Client, typed: dict[str, Any], author: User) -> None:
    save(browser, page_of(browser, typed), typed)
    phone = signed_in(author)
    mine = phone.get("/mein/")
    key = Draft.objects.get().key
    assert f"entwurf={key}" in mine.text
    page = phone.get(f"/ideen/neu/?entwurf={key}")
    assert "Ein Segel hilft allen Kindern." in page.text
    assert "gespeichert" in page.text


def test_a_picture_and_the_first_words_sent_at_once_make_one_draft(
    browser: Client, typed: dict[str, Any], author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(browser, typed)
    read = autosave.taken_pictures

    def meanwhile(*values: Any) -> Any:
        assert save(signed_in(author), page, typed).json()["version"] == 1
        return read(*values)

    monkeypatch.setattr(autosave, "taken_pictures", meanwhile)
    answer = save(browser, page, typed, images=picture_file()).json()
    draft = Draft.objects.get()
    assert (answer["key"], answer["version"], draft.pictures.count()) == (page["key"], 2, 1)


def test_two_devices_never_overwrite_each_other(browser: Client, typed: dict[str, Any], author: User) -> None:
    first = page_of(browser, typed)
    save(browser, first, typed)
    phone = signed_in(author)
    second = page_of(phone, typed, f"/ideen/neu/?entwurf={first['key']}")
    assert save(phone, second, typed | {"text": "Am Telefon geschrieben, ganz anders als vorher."}).status_code == 200
    answer = save(browser, first | {"version": 1}, typed | {"text": "Am Rechner weitergeschrieben."})
    assert answer.status_code == 409
    assert answer.json()["error"] == "conflict"
    assert "Am Telefon geschrieben" in answer.json()["other"]["text"]
    assert "Am Telefon" in Draft.objects.get().fields["text"]


def test_without_script_both_versions_are_shown_and_kept(browser: Client, typed: dict[str, Any], author: User) -> None:
    first = page_of(browser, typed)
    save(browser, first, typed)
    phone = signed_in(author)
    save(
        phone, page_of(phone, typed, f"/ideen/neu/?entwurf={first['key']}"), typed | {"text": "Am Telefon geschrieben."}
    )
    sent = typed | {"text": "Am Rechner weitergeschrieben, viel länger.", "draft": first["key"]}
    answer = browser.post(
        "/ideen/neu/",
        sent | {"draft_version": 1, "writer": first["writer"], "images": picture_file(), "step": "preview"},
    )
    assert answer.status_code == 409
    assert "Zwei Fassungen Ihres Entwurfs" in answer.text
    assert "Am Rechner weitergeschrieben, viel länger." in answer.text
    assert "Am Telefon geschrieben." in answer.text
    here, other = (str(version.key) for _label, version in answer.context["versions"])
    assert other == first["key"] != here
    assert "Am Rechner" in browser.get(f"/ideen/neu/?entwurf={here}").text
    assert Draft.objects.get(key=here).pictures.count() == 1
    assert Draft.objects.get(key=here).fields["request_key"] != typed["request_key"]
    assert Draft.objects.get(key=other).fields["text"] == "Am Telefon geschrieben."


def test_one_page_is_never_in_conflict_with_itself(browser: Client, typed: dict[str, Any]) -> None:
    page = page_of(browser, typed)
    for _time in range(3):
        assert save(browser, page, typed).status_code == 200  # the answer that names the new version may have been lost
    sent = typed | {"draft": page["key"], "draft_version": 0, "writer": page["writer"], "step": "preview"}
    assert browser.post("/ideen/neu/", sent).status_code == 200


def test_signed_out_nothing_but_uploads_is_taken(client: Client, typed: dict[str, Any]) -> None:
    page = page_of(client, typed)
    answer = save(client, page, typed)
    assert (answer.status_code, answer.json()["error"]) == (401, "sign_in")
    assert not Draft.objects.exists()
    answer = save(client, page, typed, images=picture_file())
    assert answer.status_code == 200
    assert "Ihre Bilder bisher" in answer.json()["parts"]["picture"]
    assert Draft.objects.get().owner is None
    assert not Draft.objects.get().is_kept


def test_a_picture_is_kept_at_once_and_a_bad_one_explained(browser: Client, typed: dict[str, Any]) -> None:
    page = page_of(browser, typed)
    good = save(browser, page, typed, images=picture_file()).json()
    assert good["wrong"] == {}
    bad = save(browser, page, typed, images=picture_file(name="x.jpg", kind="PNG")).json()
    assert bad["wrong"] == {}
    broken = picture_file()
    broken.file.write(b"kaputt" * 300)
    broken.file.seek(0)
    answer = save(browser, page, typed, images=broken).json()
    assert answer["wrong"]["images"]
    assert IdeaPicture.objects.count() == 2
    assert Draft.objects.get().pictures.count() == 2


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_draft_of_somebody_else_is_not_there(browser: Client, typed: dict[str, Any], method: str) -> None:
    page = page_of(browser, typed)
    save(browser, page, typed)
    other = signed_in(factories.person())
    answer = getattr(other, method)(f"/ideen/entwurf/{page['key']}/", typed)
    assert answer.status_code == 404
    assert "Segel" not in answer.text
    assert Draft.objects.get().fields["title"] == typed["title"]


def test_the_address_of_a_draft_leads_to_its_form(browser: Client, typed: dict[str, Any], author: User) -> None:
    page = page_of(browser, typed)
    save(browser, page, typed)
    assert browser.get(f"/ideen/entwurf/{page['key']}/").headers["Location"] == f"/ideen/neu/?entwurf={page['key']}"
    assert browser.get(f"/ideen/entwurf/{uuid4()}/").status_code == 404


def test_a_sent_idea_leaves_no_draft_behind(browser: Client, typed: dict[str, Any]) -> None:
    page = page_of(browser, typed)
    save(browser, page, typed, images=picture_file())
    answer = browser.post("/ideen/neu/", typed | {"draft": page["key"], "step": "submit"})
    assert answer.status_code == 303
    assert Idea.objects.get().latest_version.pictures.count() == 1
    assert not Draft.objects.exists()


def test_a_draft_begun_before_is_offered_again(browser: Client, typed: dict[str, Any]) -> None:
    save(browser, page_of(browser, typed), typed)
    page = browser.get(f"/ideen/neu/?kampagne={typed['campaign']}")
    assert "Sie haben hier schon eine Idee begonnen" in page.text
    assert f"entwurf={Draft.objects.get().key}" in page.text


def test_a_change_is_saved_while_writing_and_found_again(browser: Client, author: User) -> None:
    idea = factories.idea(author=author, title="Ein Segel am Ufer", text="Ein Segel über dem Sand hilft allen Kindern.")
    address = f"/ideen/{idea.pk}/bearbeiten/"
    page = page_of(browser, {}, address)
    words = {
        "title": idea.title,
        "text": "Zwei Segel über dem Sand helfen allen Kindern.",
        "idea": idea.pk,
        "version": 1,
    }
    assert save(browser, page, words).status_code == 200
    assert browser.get(f"/ideen/neu/?entwurf={page['key']}").headers["Location"] == f"{address}?entwurf={page['key']}"
    again = browser.get(f"{address}?entwurf={page['key']}")
    assert "Zwei Segel über dem Sand" in again.text
    done = browser.post(address, words | {"draft": page["key"]})
    assert done.status_code == 303
    assert idea.versions.count() == 2
    assert not Draft.objects.exists()
