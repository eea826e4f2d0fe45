"""Twelve ways to get words before everybody that nobody has read (``integrity.md``, section 4), and what comes of them.

More of them, by what is not an idea's words, in ``test_attacks_by_side_doors``.
"""

from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import User
from common.errors import Refused
from ideas.actions import (
    accept_invitation,
    change_idea,
    hide_idea,
    invite_by_link,
    keep_picture,
    offer_lead,
    publish_idea,
    refuse_idea,
    restore_idea,
    take_lead,
)
from ideas.content import IdeaContent
from ideas.images import clean_picture
from ideas.models import Campaign, Idea, IdeaFile, IdeaPicture
from moderation.models import Case
from tests import factories
from tests.ideas.conftest import picture_file, signed_in, with_right
from tests.security.conftest import PENDING, SHOWN

FIRST = IdeaContent(
    title=f"Platz für die {SHOWN}", text=f"Ein Nistplatz für die {SHOWN} am alten Wehr.", tags=("Vögel",)
)


@pytest.fixture(name="lead")
def make_lead(db: None) -> User:
    return factories.make_person("autor@example.org", "Federwolke")


@pytest.fixture(name="idea")
def make_idea(campaign: Campaign, lead: User) -> Idea:
    """A public idea; the change by which somebody tries it comes after the approval."""
    made = factories.idea(campaign=campaign, author=lead, title=FIRST.title, text=FIRST.text)
    change_idea(idea=made, editor=lead, content=FIRST)
    return publish_idea(made.pk)


def along(idea: Idea, person: User) -> User:
    row, _token = invite_by_link(idea=idea, lead=idea.author)  # type: ignore[arg-type]
    accept_invitation(invitation=row, person=person)
    return person


def everything(idea: Idea) -> str:
    """Return all that a visitor is answered about the idea."""
    visitor, pages = Client(), ("", "fassungen/", "verlauf/", "aushang/", "einbetten/")
    own = [visitor.get(f"/ideen/{idea.pk}/{page}", follow=True).content.decode() for page in pages]
    lists = [visitor.get(path).content.decode() for path in ("/ideen/", "/ideen/feed/", f"/suche/?q={PENDING}+Wehr")]
    return "".join([*own, *lists[:2], lists[2].split("<main")[-1].replace(f'value="{PENDING} Wehr"', "")])


def waits(idea: Idea, editor: User, content: IdeaContent) -> Idea:
    """Send the change; it must wait, and nothing of it be seen."""
    before = idea.approved_version_id
    idea = change_idea(idea=idea, editor=editor, content=content)
    assert idea.approved_version_id == before
    assert idea.has_pending_change
    assert Case.objects.get(kind="idea", object_id=idea.pk, state="open").subject_version == idea.latest_version.number  # type: ignore[union-attr]
    text = everything(idea)
    assert SHOWN in text
    assert f"die {PENDING}" not in text
    return idea


def picture(lead: User, colour_width: int) -> IdeaPicture:
    file = picture_file(colour_width, 200)
    return keep_picture(clean=clean_picture(file, file.size or 0), uploader=lead)


def test_1_a_picture_is_swapped_late(idea: Idea, lead: User) -> None:
    new = picture(lead, 310)
    waits(idea, lead, replace(FIRST, pictures=((new, "Ein Vogel"),)))
    assert Client().get(new.address(320)).status_code == 404
    assert signed_in(lead).get(new.address(320)).status_code == 200


def test_2_one_sign_is_changed(idea: Idea, lead: User) -> None:
    waits(idea, lead, replace(FIRST, text=FIRST.text.replace("am", "an")))
    assert "an alten Wehr" not in everything(idea)


def test_3_a_coauthor_writes_it(idea: Idea) -> None:
    friend = along(idea, factories.person("Lippespatz"))
    waits(idea, friend, replace(FIRST, text=f"Die {PENDING} frisst Eier aus dem Nest."))


def test_4_somebody_whose_words_need_no_check_sends_those_of_others_along(idea: Idea, lead: User) -> None:
    office = along(idea, with_right("Sabine Brandt", "ideas.answer", office="Grünflächenamt"))
    waits(idea, lead, replace(FIRST, text=f"Die {PENDING} frisst Eier aus dem Nest."))
    waits(idea, office, replace(FIRST, text=f"Die {PENDING} frisst Eier aus dem Nest. Gruß vom Amt."))
    waits(idea, office, replace(FIRST, text=f"Die {PENDING} frisst Eier aus dem Nest. Gruß vom Grünflächenamt."))


def test_5_an_old_draft_is_sent_over_a_refused_version(idea: Idea, lead: User) -> None:
    bad = replace(FIRST, text=f"Die {PENDING} frisst Eier aus dem Nest.")
    waits(idea, lead, bad)
    refuse_idea(idea.pk)
    waits(idea, lead, bad)  # the same words wait again, and are not taken for approved
    old = {"title": FIRST.title, "text": bad.text, "version": 1}
    assert signed_in(lead).post(f"/ideen/{idea.pk}/bearbeiten/", old).status_code == 409


def test_6_the_name_is_changed_after_the_approval(idea: Idea, lead: User) -> None:
    client = signed_in(lead)
    for name, status in (("Wolkenfeder", 302), ("Graue Feder", 302), ("Nebelfeder", 302), ("Rabenfeder", 429)):
        answer = client.post("/mein/einstellungen/", {"display_name": name})
        assert answer.status_code in ((302,) if status == 302 else (422, 429))
    factories.deliver_outbox()
    case = Case.objects.get(kind="profile", object_id=lead.pk, state="open")
    assert (case.title, case.author_name) == ("Nebelfeder", "Federwolke")
    page = Client().get(f"/ideen/{idea.pk}/", follow=True).content.decode()
    assert "Federwolke" in page
    assert "Nebelfeder" not in page


def test_7_the_idea_is_edited_while_the_moderators_form_is_open(idea: Idea, lead: User) -> None:
    moderator = factories.make_person("mira@example.org", "Mira Moor", groups=["Moderation"])
    waits(idea, lead, replace(FIRST, text="Ein harmloser Satz über den alten Nistplatz."))
    case, desk = Case.objects.get(state="open"), signed_in(moderator)
    assert desk.get(f"/cms/moderation/{case.pk}/").status_code == 200
    waits(idea, lead, replace(FIRST, text=f"Die {PENDING} frisst Eier aus dem Nest."))
    answer = desk.post(f"/cms/moderation/{case.pk}/", {"version": case.version, "decision": "approve", "reason": ""})
    assert answer.status_code == 409
    assert f"die {PENDING}" not in everything(idea).replace(f"Die {PENDING}", f"die {PENDING}")


def test_8_the_number_of_an_earlier_version_is_approved(idea: Idea, lead: User) -> None:
    waits(idea, lead, replace(FIRST, text=f"Die {PENDING} frisst Eier aus dem Nest."))
    for number in (1, 2, 99):
        with pytest.raises(Refused):
            publish_idea(idea.pk, number)


def test_9_the_idea_is_hidden_and_brought_back(idea: Idea, lead: User) -> None:
    waits(idea, lead, replace(FIRST, text=f"Die {PENDING} frisst Eier aus dem Nest."))
    hide_idea(idea.pk)
    restore_idea(idea.pk)
    assert f"Die {PENDING}" not in everything(idea)


def test_10_a_file_is_swapped_for_another_of_the_same_name(idea: Idea, lead: User) -> None:
    first, other = (IdeaFile.objects.create(file=f"f{n}", name="plan.pdf", kind="pdf", size=9, sha256=n) for n in "12")
    change_idea(idea=idea, editor=lead, content=replace(FIRST, files=(first,)))
    publish_idea(idea.pk)
    waits(Idea.objects.get(pk=idea.pk), lead, replace(FIRST, files=(other,)))
    seen = IdeaFile.objects.visible_to(AnonymousUser())
    assert list(seen) == [first]
    assert "plan.pdf" in signed_in(lead).get(f"/ideen/{idea.pk}/fassungen/").text


def test_11_only_tags_place_and_answers_are_changed(idea: Idea, lead: User) -> None:
    answer = {
        "key": "wer",
        "label": "Wer hilft?",
        "kind": "text",
        "value": "",
        "shown": f"die {PENDING}",
        "public": True,
    }
    for more in ({"tags": (f"die {PENDING}",)}, {"place": f"bei die {PENDING}"}, {"answers": (answer,)}):
        waits(idea, lead, replace(FIRST, **more))  # type: ignore[arg-type]


def test_12_the_lead_is_passed_to_somebody_whose_words_need_no_check(idea: Idea, lead: User) -> None:
    office = along(idea, with_right("Sabine Brandt", "ideas.answer", office="Grünflächenamt"))
    waits(idea, lead, replace(FIRST, text=f"Die {PENDING} frisst Eier aus dem Nest."))
    offer_lead(idea=idea, lead=lead, row_id=idea.coauthors.get(person=office).pk)
    take_lead(idea=idea, person=office)
    assert f"Die {PENDING}" not in everything(idea)
    waits(Idea.objects.get(pk=idea.pk), office, replace(FIRST, text=f"Die {PENDING} frisst Eier. Gruß vom Amt."))
