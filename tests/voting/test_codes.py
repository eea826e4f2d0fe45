"""Voting codes: packages, cards, voting with one, and everything that must not happen."""

import hashlib
import io
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from common import codes as signs
from common.errors import Refused
from tests import factories
from voting.actions import close_phase
from voting.actions.casting import cast_votes
from voting.actions.codes import make_package, revoke_package
from voting.audit import differences
from voting.models import Ballot, CodePackage, Opinion, Project, Vote, VoteEvent, VoterLevel, VotingCode
from voting.receipts import as_typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.make_person("redaktion@example.org", "Rosa Redaktion", groups=["Redaktion"])


@pytest.fixture
def phase():
    campaign = factories.campaign(phase=False, support_limit=2, title="Draußen zu Hause")
    return factories.phase(campaign=campaign, takes_codes=True, allows_ideas=False)


@pytest.fixture
def ideas(phase):
    return [factories.idea(campaign=phase.campaign, title=title) for title in ("Bank", "Brunnen", "Schaukel")]


@pytest.fixture
def code(phase, editor, ideas):
    return make_package(phase=phase, name="Klasse 9b", number=3, by=editor)[1][0]


def address(phase):
    return f"/mitmachen/{phase.campaign.slug}/code/"


def send(phase, code, **more):
    return Client().post(address(phase), {"code": code, **more})


def vote(phase, code, *ideas):
    return send(phase, code, abgeben="1", ideen=[idea.pk for idea in ideas])


def proofs(answer):
    """What the receipts on the page stand for in the public list."""
    receipts = re.findall(r"<code>([-0-9A-Z]{64})</code>", answer.content.decode())
    return {hashlib.sha256(as_typed(one).encode()).hexdigest() for one in receipts}


def test_a_slip_in_a_code_is_always_found():
    code = signs.normal(signs.new_code())
    assert len(code) == 15
    assert len(signs.ALPHABET) ** 14 > 2**60
    wrong = {code[:at] + sign + code[at + 1 :] for at in range(15) for sign in signs.ALPHABET} - {code}
    swapped = {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(14)} - {code}
    assert signs.is_well_formed(code.lower())
    assert not any(signs.is_well_formed(one) for one in wrong | swapped)


def test_codes_are_kept_as_hashes_only(phase, code):
    kept = list(VotingCode.objects.order_by("pk").values_list("code_hash", flat=True))
    assert len(kept) == 3
    assert not {signs.normal(code), hashlib.sha256(signs.normal(code).encode()).hexdigest()} & set(kept)
    assert kept == sorted(kept)


def test_with_a_code_one_votes_once_and_gets_a_receipt(phase, ideas, code):
    ballot = send(phase, code.lower().replace("-", " "))
    assert ballot.status_code == 200
    assert "Sie können bis zu 2 Ideen unterstützen" in ballot.content.decode()
    assert not VotingCode.objects.exclude(used_on=None).exists()
    done = vote(phase, code, *ideas[:2])
    assert done.status_code == 200
    assert proofs(done) == set(VoteEvent.objects.values_list("commitment", flat=True))
    assert list(Vote.objects.values_list("level", flat=True)) == [VoterLevel.CODE] * 2
    again = vote(phase, code, ideas[2])
    assert again.status_code == 409
    assert "schon benutzt" in again.content.decode()
    assert (Vote.objects.count(), Ballot.objects.get().used) == (2, 2)
    assert list(differences()) == []


def test_nothing_is_kept_when_one_of_the_votes_is_refused(phase, ideas, code):
    refused = vote(phase, code, *ideas)
    assert refused.status_code == 409
    assert refused.content.decode().count(" checked") == 3
    assert not Vote.objects.exists()
    assert not VotingCode.objects.exclude(used_on=None).exists()
    assert vote(phase, code).status_code == 422
    assert vote(phase, code, ideas[0]).status_code == 200


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Bitte geben Sie den Code ein"),
        ("KTR-4WX", "15 Buchstaben und Ziffern"),
        ("KTR-4WX-9PM-HE7-0OI", "„0OI“ steht auf keiner Karte"),
        ("AAA-AAA-AAA-AAA-AAC", "verschrieben"),
    ],
)
def test_a_mistyped_code_is_told_as_mistyped(phase, code, typed, words):
    answer = send(phase, typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_many_unknown_codes_end_for_an_hour_and_look_all_alike(phase, editor, code):
    other = factories.phase(campaign=factories.campaign(phase=False), takes_codes=True)
    foreign = make_package(phase=other, name="Andere", number=1, by=editor)[1][0]
    words = []
    for one in (signs.new_code(), foreign):
        answer = send(phase, one)
        assert answer.status_code == 422
        words.append(re.search(r'id="id_code_error">(.*?)</div>', answer.content.decode(), re.S)[1])
    assert words[0] == words[1]
    for _try in range(18):
        send(phase, signs.new_code())
    assert send(phase, code).status_code == 429


def test_a_revoked_package_is_worth_nothing_but_its_votes_count(phase, ideas, editor):
    package, codes = make_package(phase=phase, name="Fest", number=2, by=editor)
    vote(phase, codes[0], ideas[0])
    with pytest.raises(Refused, match="warum"):
        revoke_package(package=package, reason="", by=editor)
    revoke_package(package=package, reason="Ein Stapel ging verloren.", by=editor)
    answer = vote(phase, codes[1], ideas[1])
    assert answer.status_code == 409
    assert "zurückgezogen" in answer.content.decode()
    assert Vote.objects.count() == 1
    assert list(differences()) == []


def test_codes_are_worth_nothing_outside_their_phase(phase, ideas, code, editor):
    phase.takes_codes = False
    phase.save()
    assert vote(phase, code, ideas[0]).status_code == 409
    phase.takes_codes = True
    phase.save()
    close_phase(phase=phase)
    answer = vote(phase, code, ideas[0])
    assert answer.status_code == 409
    assert "keine Stimmcodes" in answer.content.decode()
    with pytest.raises(Refused, match="vorbei"):
        make_package(phase=phase, name="Zu spät", number=1, by=editor)


def test_a_code_also_judges_and_fills_baskets(editor):
    for method, value in (("opinion", -1), ("rating", 4)):
        phase = factories.phase(campaign=factories.campaign(phase=False), takes_codes=True, method=method)
        idea = factories.idea(campaign=phase.campaign)
        factories.idea(campaign=phase.campaign)
        code = make_package(phase=phase, name="Fest", number=1, by=editor)[1][0]
        assert send(phase, code, abgeben="1", **{f"idee-{idea.pk}": value}).status_code == 200
        assert Opinion.objects.get(phase=phase).value == value
    phase = factories.phase(
        campaign=factories.campaign(phase=False), takes_codes=True, method="budget", budget_cents=1000_00
    )
    cheap, dear = (factories.idea(campaign=phase.campaign) for _idea in range(2))
    for idea, cost in ((cheap, 400_00), (dear, 700_00)):
        Project.objects.create(phase=phase, idea=idea, cost_cents=cost)
    code = make_package(phase=phase, name="Fest", number=1, by=editor)[1][0]
    over = vote(phase, code, cheap, dear)
    assert over.status_code == 422
    done = vote(phase, code, cheap)
    assert done.status_code == 200
    assert proofs(done) == set(VoteEvent.objects.filter(phase=phase).values_list("commitment", flat=True))
    assert list(differences()) == []


def test_the_page_keeps_the_code_out_of_addresses_and_caches(phase, code):
    page = send(phase, code)
    assert code in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
    assert "code=" not in page.content.decode().replace('name="code"', "")
    assert Client().get("/mitmachen/gibt-es-nicht/code/").status_code == 404


def test_staff_make_a_package_and_get_the_cards_once(phase, editor, ideas):
    browser = Client()
    browser.force_login(editor)
    form = browser.get("/cms/codes/neu/")
    assert "Ein zweiter Druck ist nicht möglich" in form.content.decode()
    answer = browser.post("/cms/codes/neu/", {"phase": phase.pk, "name": "Gesamtschule", "number": 9})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = "\n".join(page.extract_text() for page in pages)
    codes = re.findall(r"(?:[A-Z0-9]{3}-){4}[A-Z0-9]{3}", text)
    assert (len(pages), len(set(codes))) == (2, 9)
    assert "Draußen zu Hause" in text
    assert f"/mitmachen/{phase.campaign.slug}/code/" in text.replace("\n", "")
    assert cast_votes(campaign=phase.campaign, typed=codes[8], choice={ideas[0].pk: 1}).receipts()
    listed = browser.get("/cms/codes/").content.decode()
    assert "1 von 9" in listed
    assert not any(code in listed for code in codes)


def test_the_form_for_a_package_says_what_is_wrong(phase, editor):
    browser = Client()
    browser.force_login(editor)
    for wrong in ({"number": 0}, {"number": 5000}, {"name": ""}, {"phase": 10**20}):
        sent = {"phase": phase.pk, "name": "Schule", "number": 3} | wrong
        assert browser.post("/cms/codes/neu/", sent).status_code == 422
    assert not CodePackage.objects.exists()


def test_staff_revoke_a_package_with_a_reason(phase, editor, code):
    browser = Client()
    browser.force_login(editor)
    package = CodePackage.objects.get()
    where = f"/cms/codes/{package.pk}/widerrufen/"
    assert browser.get(where).status_code == 200
    assert browser.post(where, {"reason": "nein"}).status_code == 422
    assert browser.post(where, {"reason": "Karten gestohlen"}).status_code == 302
    assert browser.post(where, {"reason": "Noch einmal gestohlen"}).status_code == 409
    assert "Karten gestohlen" in browser.get("/cms/codes/").content.decode()


def test_only_editors_see_codes(phase, code):
    for groups in ([], ["Fachamt"]):
        person = factories.make_person(f"p{len(groups)}@example.org", groups=groups)
        browser = Client()
        browser.force_login(person)
        for where in ("/cms/codes/", "/cms/codes/neu/", f"/cms/codes/{CodePackage.objects.get().pk}/widerrufen/"):
            assert browser.get(where).status_code == 302


def test_audit_names_codes_that_were_tampered_with(phase, ideas, code):
    vote(phase, code, ideas[0])
    VotingCode.objects.filter(used_on=None).first().delete()
    Vote.objects.update(voter_key="0" * 64)
    found = "\n".join(differences())
    assert "hat aber keinen benutzten Code" in found
    assert "3 Codes wurden erzeugt, 2 sind da" in found
    assert "es kam aber keine Stimme damit" in found
