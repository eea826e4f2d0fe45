"""Whatever happens while somebody writes: no second idea, nothing typed lost, and always a way on (``integrity.md`` B11)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from ideas.actions import keep_picture, submit_idea
from ideas.content import IdeaContent
from ideas.images import clean_picture
from ideas.models import Campaign, Draft, Idea, Phase
from tests import factories
from tests.ideas.conftest import picture_file, signed_in

TEXT = "Ein Segel hilft allen Kindern."


class Case:
    """One person at one form: a signed-in browser, what is typed, and the campaign."""

    def __init__(self, author: User, campaign: Campaign, typed: dict[str, Any]) -> None:
        self.author, self.campaign = author, campaign
        self.key = str(uuid4())
        self.typed = typed | {
            "draft": self.key,
            "draft_version": "0",
            "writer": "seite-eins",
            "request_key": "wunsch-1",
        }
        self.browser = signed_in(author)

    def post(self, step: str, browser: Client | None = None, **changed: Any) -> Any:
        return (browser or self.browser).post("/ideen/neu/", self.typed | {"step": step} | changed)

    def autosave(self, browser: Client | None = None, **changed: Any) -> Any:
        sent = self.typed | changed
        return (browser or self.browser).post(
            f"/ideen/entwurf/{sent['draft']}/", sent, headers={"accept": "application/json"}
        )

    def sign_in_again(self, answer: Any, browser: Client) -> Any:
        """Follow the way through sign-in back to where it was left."""
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/konto/login/")
        from urllib.parse import parse_qs, urlsplit

        browser.force_login(self.author)
        return browser.get(parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0], follow=True)


@pytest.fixture
def case(author: User, campaign: Campaign, typed: dict[str, Any]) -> Case:
    return Case(author, campaign, typed)


def one_idea() -> Idea:
    assert Idea.objects.count() == 1
    return Idea.objects.get()


def test_01_a_double_click_makes_one_idea(case: Case) -> None:
    first, second = case.post("submit"), case.post("submit")
    assert first.headers["Location"] == second.headers["Location"]
    one_idea()


def test_02_a_third_and_fourth_try_lead_to_the_same_receipt(case: Case) -> None:
    assert len({case.post("submit").headers["Location"] for _try in range(4)}) == 1
    one_idea()


def test_03_back_after_sending_and_sending_other_words_becomes_a_change(case: Case) -> None:
    case.post("submit")
    answer = case.post("submit", text=f"{TEXT} Und ein zweites hilft noch mehr.")
    idea = one_idea()
    assert answer.headers["Location"].startswith(f"/ideen/{idea.pk}/bearbeiten/?entwurf=")
    page = case.browser.get(answer.headers["Location"])
    assert "Und ein zweites hilft noch mehr." in page.text
    assert "Diese Idee haben Sie schon gesendet." in page.text
    assert idea.versions.count() == 1


def test_04_back_after_sending_keeps_new_pictures_for_the_change(case: Case) -> None:
    case.post("submit")
    answer = case.post("submit", text=f"{TEXT} Mit Bild.", images=picture_file())
    page = case.browser.get(answer.headers["Location"])
    assert "Ihre Bilder bisher" in page.text


def test_05_back_to_the_preview_and_sending_again_is_harmless(case: Case) -> None:
    case.post("preview")
    case.post("submit")
    assert case.post("preview").status_code == 200
    assert case.post("submit").status_code == 303
    one_idea()


def test_06_an_autosave_that_comes_after_sending_makes_no_second_idea(case: Case) -> None:
    case.post("submit")
    assert case.autosave().status_code == 200
    case.post("submit", draft_version="1")
    one_idea()
    assert not Draft.objects.exists()


def test_07_two_tabs_with_two_forms_are_two_ideas_and_nothing_mixes(case: Case) -> None:
    case.autosave()
    other = {"draft": str(uuid4()), "writer": "seite-zwei", "request_key": "wunsch-2", "title": "Ein Brunnen am Markt"}
    case.autosave(**other)
    assert Draft.objects.count() == 2
    case.post("submit")
    case.post("submit", **other)
    assert set(Idea.objects.values_list("title", flat=True)) == {case.typed["title"], "Ein Brunnen am Markt"}


def test_08_two_tabs_with_the_same_draft_show_both_versions(case: Case) -> None:
    case.autosave()
    case.autosave(draft_version="1", writer="seite-zwei", text="In der zweiten Seite geschrieben, länger.")
    answer = case.post("preview", draft_version="1", text="In der ersten Seite geschrieben, auch länger.")
    assert answer.status_code == 409
    assert "In der zweiten Seite geschrieben" in answer.text
    assert "In der ersten Seite geschrieben" in answer.text


def test_09_two_tabs_that_send_the_same_draft_make_one_idea(case: Case) -> None:
    case.autosave()
    case.post("submit", draft_version="1")
    case.post("submit", draft_version="1", writer="seite-zwei")
    one_idea()


def test_10_a_draft_deleted_in_another_tab_is_written_on(case: Case) -> None:
    case.autosave()
    case.browser.post(f"/ideen/entwurf/{case.key}/loeschen/")
    assert case.post("preview", draft_version="1").status_code == 200
    assert Draft.objects.get().fields["text"] == case.typed["text"]


def test_11_the_session_ended_while_writing_and_sending_leads_through_sign_in(case: Case) -> None:
    case.autosave()
    fresh = Client()
    page = case.sign_in_again(case.post("submit", fresh, text=f"{TEXT} Am Ende.", draft_version="1"), fresh)
    assert f"{TEXT} Am Ende." in page.text
    assert "Idee senden" in page.text
    draft = Draft.objects.get()
    assert draft.owner == case.author
    fresh.post("/ideen/neu/", case.typed | {"text": f"{TEXT} Am Ende.", "draft": str(draft.key), "step": "submit"})
    one_idea()
    assert not Draft.objects.exists()


def test_12_pictures_kept_before_the_session_ended_are_still_there(case: Case) -> None:
    case.autosave(images=picture_file())
    fresh = Client()
    page = case.sign_in_again(case.post("submit", fresh, draft_version="1"), fresh)
    assert 'class="mw-picture"' in page.text
    assert Draft.objects.get().pictures.count() == 1


def test_13_the_session_ended_and_autosave_says_so(case: Case) -> None:
    case.autosave()
    answer = case.autosave(Client())
    assert (answer.status_code, answer.json()["message"]) == (401, "Bitte melden Sie sich zuerst an.")


def test_14_the_session_ended_before_a_change_and_its_pictures_are_kept(case: Case) -> None:
    idea = factories.idea(campaign=case.campaign, author=case.author)
    fresh = Client()
    words = {"title": case.typed["title"], "text": f"{TEXT} Geändert.", "version": "1", "images": picture_file()}
    page = case.sign_in_again(fresh.post(f"/ideen/{idea.pk}/bearbeiten/", words), fresh)
    assert f"{TEXT} Geändert." in page.text
    assert "Ihre Bilder bisher" in page.text
    draft = Draft.objects.get()
    del words["images"]
    fresh.post(f"/ideen/{idea.pk}/bearbeiten/", words | {"draft": str(draft.key)})
    assert idea.versions.get(number=2).pictures.count() == 1


def test_15_a_change_loses_neither_old_nor_new_pictures(case: Case) -> None:
    picture = keep_picture(clean=clean_picture(picture_file().file, 100), uploader=case.author)
    content = IdeaContent(title=case.typed["title"], text=TEXT, pictures=((picture, "Alt"),))
    idea = submit_idea(author=case.author, campaign=case.campaign, content=content)
    fresh = Client()
    words = {"title": case.typed["title"], "text": f"{TEXT} Neu.", "version": "1", "images": picture_file(800, 500)}
    page = case.sign_in_again(fresh.post(f"/ideen/{idea.pk}/bearbeiten/", words), fresh)
    assert page.text.count('name="image_remove"') == 2


def test_16_somebody_else_signs_in_on_the_same_device_and_sees_nothing(case: Case) -> None:
    case.autosave()
    other = signed_in(factories.person())
    page = other.get(f"/ideen/neu/?entwurf={case.key}&kampagne={case.campaign.slug}")
    assert TEXT not in page.text
    assert case.post("preview", other, text="Ganz andere Worte, lang genug für eine Idee.").status_code == 200
    assert Draft.objects.get(owner=case.author).fields["text"] == case.typed["text"]


def with_csrf(case: Case, old: bool) -> Any:
    browser = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    browser.force_login(case.author)
    page = browser.get(f"/ideen/neu/?kampagne={case.campaign.slug}")
    token = browser.cookies["csrftoken"].value
    if old:  # signed in anew in another tab: the cookie is another one now
        browser.cookies["csrftoken"] = "x" * 32
    return page, browser.post("/ideen/neu/", case.typed | {"csrfmiddlewaretoken": token, "step": "preview"}), browser


def test_17_a_token_rotated_in_another_tab_brings_the_text_back_and_leads_on(case: Case) -> None:
    _page, answer, browser = with_csrf(case, old=True)
    assert answer.status_code == 403
    assert TEXT in answer.text
    assert 'action="/ideen/neu/"' in answer.text
    assert "wunsch-1</p>" not in answer.text  # keys are carried along, but are nothing to read
    again = case.typed | {"step": "preview", "csrfmiddlewaretoken": answer.context["csrf_token"]}
    browser.cookies["csrftoken"] = answer.cookies["csrftoken"].value if "csrftoken" in answer.cookies else "x" * 32
    assert browser.post("/ideen/neu/", again).status_code == 200
    assert Draft.objects.get().fields["text"] == case.typed["text"]


def test_18_a_good_token_is_a_good_token(case: Case) -> None:
    assert with_csrf(case, old=False)[1].status_code == 200


def test_19_autosave_without_a_token_is_refused_in_json(case: Case) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(case.author)
    answer = case.autosave(browser)
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/json")


@pytest.mark.parametrize("step", ["preview", "submit", "draft"])
def test_20_the_phase_closed_while_writing(case: Case, step: str) -> None:
    case.autosave()
    Phase.objects.update(closes_at=timezone.now() - timedelta(microseconds=1))
    answer = case.post(step, text=f"{TEXT} Zu spät.", draft_version="1")
    assert answer.status_code == 409
    assert f"{TEXT} Zu spät." in answer.text
    assert Draft.objects.get().fields["text"] == f"{TEXT} Zu spät."
    assert not Idea.objects.exists()


def test_21_autosave_goes_on_after_the_phase_closed(case: Case) -> None:
    Phase.objects.update(closes_at=timezone.now() - timedelta(microseconds=1))
    assert case.autosave().status_code == 200
    assert TEXT in Draft.objects.get().fields["text"]


def test_22_a_text_whose_campaign_closed_goes_to_another_one(case: Case) -> None:
    case.autosave()
    Phase.objects.update(allows_ideas=False)
    other = factories.campaign(title="Kühle Plätze", slug="kuehl")
    page = case.post("submit", draft_version="1")
    way = f"/ideen/neu/?kampagne=kuehl&amp;entwurf={case.key}"
    assert way in page.text
    assert TEXT in case.browser.get(way.replace("&amp;", "&")).text
    case.post("submit", campaign=other.slug)
    assert one_idea().campaign == other


def test_23_the_campaign_was_taken_offline(case: Case) -> None:
    case.autosave()
    case.campaign.is_published = False
    case.campaign.save()
    answer = case.post("submit", draft_version="1")
    assert answer.status_code == 404
    assert TEXT in answer.text
    assert Draft.objects.get().owner == case.author


def test_24_the_campaign_was_deleted_and_the_draft_outlives_it(case: Case) -> None:
    case.autosave()
    case.campaign.phases.all().delete()
    case.campaign.delete()
    assert Draft.objects.get().campaign is None
    answer = case.post("submit", draft_version="1")
    assert answer.status_code == 404
    assert TEXT in answer.text
    assert "ohne Titel" not in case.browser.get("/mein/").text
    assert TEXT in case.browser.get(f"/ideen/neu/?entwurf={case.key}").text


def test_25_without_script_from_the_form_to_the_receipt(case: Case) -> None:
    page = case.browser.get(f"/ideen/neu/?kampagne={case.campaign.slug}")
    assert 'data-step="1"' in page.text
    assert 'data-step="2"' in page.text
    look = case.post("preview")
    assert "So wird Ihre Idee aussehen" in look.text
    assert case.post("submit", draft_version="1").status_code == 303
    one_idea()


def test_26_offline_and_then_online_again(case: Case) -> None:
    """What was tried while offline never arrived; the next try brings everything, whatever version the page knows."""
    case.autosave()
    assert case.autosave(text=f"{TEXT} Unterwegs.", draft_version="0").status_code == 200
    assert Draft.objects.get().fields["text"] == f"{TEXT} Unterwegs."


def test_27_a_slip_is_said_and_everything_is_still_there(case: Case) -> None:
    answer = case.post("submit", title="Kurz", images=picture_file())
    assert answer.status_code == 422
    assert TEXT in answer.text
    assert "Ihre Bilder bisher" in answer.text
    draft = Draft.objects.get()
    assert case.post("submit", draft_version=str(draft.version)).status_code == 303
    assert one_idea().latest_version.pictures.count() == 1


@pytest.mark.parametrize("word", ["", "-1", "x", "9" * 40, "1.5", "\x00", "²"])
def test_28_nonsense_about_versions_is_no_trouble(case: Case, word: str) -> None:
    assert case.post("preview", draft_version=word, writer=word, hints=word, idea=word).status_code == 200
    assert case.post("submit", draft_version=word, writer=word).status_code == 303


def test_29_somebody_without_account_starts_again_after_closing_the_window(case: Case) -> None:
    visitor = Client()
    case.post("preview", visitor)
    page = visitor.get(f"/ideen/neu/?kampagne={case.campaign.slug}")
    assert "Sie haben hier schon eine Idee begonnen" in page.text
    assert (
        "Sie haben hier schon eine Idee begonnen" not in Client().get(f"/ideen/neu/?kampagne={case.campaign.slug}").text
    )


def test_30_very_much_from_one_address_is_slowed_down_without_losing_the_text(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ideas.views.limits.MOST_AN_HOUR", {"drafts": 3, "uploads": 2})
    visitor = Client()
    answers = [case.post("preview", visitor).status_code for _time in range(4)]
    assert answers == [200, 200, 200, 429]
    slowed = case.post("preview", visitor)
    assert TEXT in slowed.text
    assert "bitte melden Sie sich an" in slowed.text.lower() or "Bitte melden Sie sich an" in slowed.text
    assert case.post("preview").status_code == 200  # whoever is signed in is known


def test_31_too_many_pictures_from_one_address(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ideas.views.limits.MOST_AN_HOUR", {"drafts": 30, "uploads": 1})
    visitor = Client()
    assert case.autosave(visitor, images=picture_file()).status_code == 200
    assert case.autosave(visitor, images=picture_file()).status_code == 429
