"""How well the town knows somebody: code by letter, and what happens when two accounts are one person."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from accounts import proofs
from accounts.due import forget_letters
from accounts.knowing import know
from accounts.letters import ask_letter, check_code, print_letters, use_code, waiting
from accounts.models import LetterCode, Verification
from accounts.rules import level_of
from common.codes import SHORT, new_code
from common.errors import Refused
from tests import factories
from voting import voter_keys
from voting.actions import give_support
from voting.audit import differences
from voting.models import Vote, VoterLevel
from voting.receivers import sweep_after_joining

pytestmark = pytest.mark.django_db
WHERE = {"name": "Anna Beispiel", "street": "Hauptstraße 5", "postcode": "12345"}


def lettered(person, **where):
    """The code from a letter that was asked for and printed."""
    asked = ask_letter(person=person, **WHERE | where)
    return print_letters([asked.pk])[0].code


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


def test_spelling_does_not_make_a_second_person():
    one = proofs.of_address("Anna Müller", "Hauptstraße 5", "12345")
    for other in (("Dr. Mueller, Anna", "Hauptstr. 5", "12345"), ("anna MÜLLER", "haupt-strasse 5", "12345")):
        assert proofs.of_address(*other) == one
    for other in (("Anna Müller", "Hauptstraße 5", "12346"), ("Bert Müller", "Hauptstraße 5", "12345")):
        assert proofs.of_address(*other) != one


def test_the_address_is_forgotten_when_the_letter_is_printed():
    anna = factories.person()
    code = lettered(anna)
    row = LetterCode.objects.get()
    assert (row.name, row.street, row.postcode) == ("", "", "")
    assert code not in row.code_hash
    assert not waiting().exists()
    assert use_code(person=anna, typed=code, agreed=False).level == 1
    assert level_of(anna) == 1
    with pytest.raises(Refused, match="gilt gerade kein Code"):
        use_code(person=anna, typed=code, agreed=False)
    with pytest.raises(Refused, match="schon durch einen Brief"):
        ask_letter(person=anna, **WHERE)


def test_after_five_wrong_tries_only_a_new_letter_helps():
    anna = factories.person()
    code = lettered(anna)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(Refused, match=f"noch {left} Versuche"):
            use_code(person=anna, typed=new_code(SHORT), agreed=False)
    with pytest.raises(Refused, match="gilt gerade kein Code"):
        use_code(person=anna, typed=code, agreed=False)
    assert use_code(person=anna, typed=lettered(anna), agreed=False).level == 1


def test_a_code_ends_after_thirty_days_and_with_a_newer_letter():
    anna, bert = factories.person(), factories.person()
    old = lettered(anna)
    with pytest.raises(Refused):
        use_code(person=bert, typed=old, agreed=False)
    newer = lettered(anna)
    with pytest.raises(Refused, match="neuesten Brief"):
        check_code(person=anna, typed=old)
    LetterCode.objects.filter(used_at=None).update(ends_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="gilt gerade kein Code"):
        use_code(person=anna, typed=newer, agreed=False)


def test_nobody_floods_an_address_with_letters():
    people = [factories.person() for _number in range(4)]
    for person in people[:3]:
        ask_letter(person=person, **WHERE)
    with pytest.raises(Refused, match="schon drei Briefe") as refused:
        ask_letter(person=people[3], **WHERE)
    assert refused.value.status == 429


def test_letters_go_to_addresses_of_the_town(settings):
    settings.LETTER_POSTCODES = ["54321"]
    anna = factories.person()
    page = browser_of(anna).post("/mein/ausweisen/", WHERE | {"action": "letter"})
    assert page.status_code == 422
    assert "nur an Anschriften in dieser Stadt" in page.content.decode()
    assert "Anna Beispiel" in page.content.decode()
    assert not LetterCode.objects.exists()


def test_asking_printing_and_typing_in_through_the_pages():
    anna = factories.person()
    browser = browser_of(anna)
    assert browser.post("/mein/ausweisen/", {"action": "letter", "postcode": "12"}).status_code == 422
    assert browser.post("/mein/ausweisen/", WHERE | {"action": "letter"}).status_code == 303
    editor = browser_of(factories.make_person("r@example.org", groups=["Redaktion"]))
    assert "Anna Beispiel, Hauptstraße 5" in editor.get("/cms/briefe/").content.decode()
    sheet = editor.post("/cms/briefe/", {"brief": [LetterCode.objects.get().pk, "x"]})
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet.content)).pages)
    assert "Anna Beispiel" in text
    assert "Hauptstraße 5" in text
    code = re.search(r"\b(?:[A-Z0-9]{3}-){2}[A-Z0-9]{3}\b", text)[0]
    assert editor.post("/cms/briefe/", {"brief": []}).status_code == 302
    assert "Kein Brief wartet" in editor.get("/cms/briefe/").content.decode()
    slip = browser.post("/mein/ausweisen/", {"action": "code", "code": "AAA-AAA-AAC"})
    assert slip.status_code == 422
    assert LetterCode.objects.get().tries == 0
    assert browser.post("/mein/ausweisen/", {"action": "code", "code": code.lower()}).status_code == 303
    assert "durch einen Code aus einem Brief nachgewiesen" in browser.get("/mein/ausweisen/").content.decode()


def test_others_do_not_see_letters():
    assert Client().get("/mein/ausweisen/").status_code == 302
    assert browser_of(factories.person()).get("/cms/briefe/").status_code == 302
    assert browser_of(factories.make_person("f@example.org", groups=["Fachamt"])).get("/cms/briefe/").status_code == 302


def test_two_accounts_with_one_proof_vote_as_one_person():
    anna, second = factories.person(), factories.person()
    campaign = factories.campaign()
    ideas = [factories.idea(campaign=campaign) for _idea in range(3)]
    for voter, idea in ((anna, ideas[0]), (second, ideas[0]), (second, ideas[1])):
        give_support(voter=voter, idea=idea)
    use_code(person=anna, typed=lettered(anna), agreed=False)
    browser, code = browser_of(second), lettered(second, name="Beispiel, Anna")
    asked = browser.post("/mein/ausweisen/", {"action": "code", "code": code})
    assert asked.status_code == 409
    assert f"2 Unterstützungen in „{campaign.title}“" in asked.content.decode()
    assert Vote.objects.count() == 3
    assert browser.post("/mein/ausweisen/", {"action": "code", "code": code, "agreed": "on"}).status_code == 303
    assert list(Vote.objects.values_list("idea", flat=True)) == [ideas[0].pk]
    second.refresh_from_db()
    assert voter_keys.voter_key(campaign.pk, second) == voter_keys.voter_key(campaign.pk, anna)
    give_support(voter=second, idea=ideas[0])
    give_support(voter=second, idea=ideas[2])
    assert sorted(Vote.objects.values_list("idea", flat=True)) == [ideas[0].pk, ideas[2].pk]
    assert list(differences()) == []


def test_a_third_account_joins_the_same_person_and_sealed_votes_stay():
    first, second, third = (factories.person() for _number in range(3))
    open_idea, over = factories.idea(), factories.idea()
    for voter in (first, second, third):
        give_support(voter=voter, idea=over)
        give_support(voter=voter, idea=open_idea)
    over.campaign.phases.update(closes_at=timezone.now() - timedelta(hours=1))
    know(person=second, level=1, proof="a" * 64, agreed=False)
    know(person=third, level=2, proof="b" * 64, agreed=False)
    know(person=first, level=1, proof="a" * 64, agreed=True)
    with pytest.raises(Refused, match="anderes Konto"):
        know(person=first, level=2, proof="b" * 64, agreed=False)
    know(person=first, level=2, proof="b" * 64, agreed=True)
    ids = set()
    for person in (first, second, third):
        person.refresh_from_db()
        ids.add(person.voter_id)
    assert ids == {third.person_id}
    assert Vote.objects.filter(idea=over).count() == 3
    assert Vote.objects.filter(idea=open_idea).count() == 1
    assert list(differences()) == []


def test_a_better_proof_keeps_votes_as_they_are():
    anna, idea = factories.person(), factories.idea()
    give_support(voter=anna, idea=idea)
    use_code(person=anna, typed=lettered(anna), agreed=False)
    assert give_support(voter=anna, idea=idea).supported
    assert Vote.objects.get().level == VoterLevel.MAIL
    with pytest.raises(Refused, match="mit anderen Angaben"):
        know(person=anna, level=1, proof="c" * 64, agreed=False)


def test_a_phase_takes_only_those_it_knows_well_enough():
    phase = factories.phase(campaign=factories.campaign(phase=False), level=1, needs_old_account=True)
    idea, new = factories.idea(campaign=phase.campaign), factories.person()
    with time_machine.travel(timezone.now() - timedelta(days=9)):
        anna = factories.person()
    assert Client().get(f"/mitmachen/{phase.campaign.slug}/code/").status_code == 200
    with pytest.raises(Refused) as refused:
        give_support(voter=anna, idea=idea)
    assert refused.value.status == 403
    for person, proof in ((anna, "d"), (new, "e")):
        know(person=person, level=Verification.Level.LETTER, proof=proof * 64, agreed=False)
    assert give_support(voter=anna, idea=idea).supported
    with pytest.raises(Refused, match="Konten"):
        give_support(voter=new, idea=idea)
    assert Vote.objects.get().level == VoterLevel.LETTER
    page = Client().get(idea.get_absolute_url()).content.decode()
    assert "mit Code aus einem Brief" in page


def test_addresses_nobody_printed_are_forgotten_in_time():
    anna = factories.person()
    ask_letter(person=anna, **WHERE)
    LetterCode.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    forget_letters()
    assert LetterCode.objects.get().street == ""


def test_a_vote_on_its_way_while_accounts_were_joined_is_taken_back():
    anna, second, idea = factories.person(), factories.person(), factories.idea()
    know(person=anna, level=1, proof="a" * 64, agreed=False)
    know(person=second, level=1, proof="a" * 64, agreed=True)
    second.refresh_from_db()
    give_support(voter=anna, idea=idea)
    late = factories.person()
    give_support(voter=late, idea=idea)
    key = voter_keys.key_of_voter(idea.campaign_id, late.person_id)
    late.votes_as = anna.person_id
    late.save()
    sweep_after_joining(late.pk)
    assert not Vote.objects.filter(voter_key=key).exists()
    assert Vote.objects.count() == 1
