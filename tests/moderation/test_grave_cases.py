"""Grave cases: secured by one person, confirmed by another, handed out with hashes."""

import hashlib
import io
import json
import zipfile

import pytest
from django.db import DatabaseError, transaction

from accounts.models import User
from moderation.actions import decide, report
from moderation.models import Case, CaseEvent, Escalation, Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(thing, rule, moderator):
    """Return the case of something reported and then hidden."""
    item = thing("public")
    entry = report(
        kind="thing", object_id=item.pk, reason="illegal", text="Er droht.", name="Petra Petze", email="p@example.org"
    )
    decide(
        case_id=entry.case_id,
        version=1,
        actor=moderator("Ute Amt"),
        decision="hide",
        rule_version=rule,
        reason="Drohung.",
    )
    return Case.objects.get(pk=entry.case_id)


def at(case: Case) -> str:
    return f"/cms/moderation/{case.pk}/schwer/"


def test_two_people_and_a_package_that_stays_as_it_was(client, case, moderator):
    mira, joerg = moderator("Mira Kaya"), moderator("Jörg Pohl")
    client.force_login(mira)
    assert client.post(at(case), {"reason": " "}).status_code == 302
    assert not Escalation.objects.exists()
    client.post(at(case), {"reason": "Er kündigt eine Tat an."})
    grave = Escalation.objects.get()
    settle, fetch = f"/cms/moderation/schwere-faelle/{grave.pk}/", f"/cms/moderation/schwere-faelle/{grave.pk}/beweise/"
    assert client.post(settle, {"confirm": "yes"}).status_code == 403
    assert client.post(fetch).status_code == 409
    User.objects.filter(pk=case.object_id).update(display_name="Weg")
    client.force_login(joerg)
    assert "Er kündigt eine Tat an." in client.get(f"/cms/moderation/{case.pk}/").content.decode()
    assert case.title in client.get("/cms/moderation/schwere-faelle/").content.decode()
    client.post(settle, {"confirm": "yes"})
    assert client.post(settle, {"confirm": "no", "answer": "Doch nicht."}).status_code == 302
    grave.refresh_from_db()
    assert (grave.state, grave.second) == ("confirmed", joerg)
    page = client.get(f"/cms/moderation/{case.pk}/").content.decode()
    assert "ZMI BKA" in page
    answer = client.post(fetch)
    assert answer["Content-Disposition"].startswith("attachment")
    check_package(answer.content, case)
    kinds = list(CaseEvent.objects.filter(case=case, actor__isnull=False).values_list("kind", flat=True))
    assert kinds == ["decided", "escalated", "confirmed", "downloaded"]
    assert CaseEvent.objects.get(kind="downloaded").text == hashlib.sha256(answer.content).hexdigest()


def check_package(data: bytes, case: Case) -> None:
    """Every hash fits, what was there is in it, and nobody who reported it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sums = dict(line.split("  ")[::-1] for line in files.pop("SHA256SUMS").decode().splitlines())
    assert {name: hashlib.sha256(content).hexdigest() for name, content in files.items()} == sums
    assert case.title.encode() in files["contribution/words.txt"]
    assert json.loads(files["record.json"])[0]["reason"] == "Drohung."
    assert json.loads(files["reports.json"])[0]["text"] == "Er droht."
    assert not any(
        needless in b"".join(files.values())
        for needless in (b"Petze", b"p@example.org", Report.objects.get().code.encode())
    )


def test_a_second_person_may_decline_with_a_word_and_then_it_can_be_proposed_again(client, case, moderator):
    mira, joerg = moderator("Mira Kaya"), moderator("Jörg Pohl")
    for person, reason in ((mira, "Gefahr."), (joerg, "Noch einmal.")):
        client.force_login(person)
        client.post(at(case), {"reason": reason})
    grave = Escalation.objects.get()
    settle = f"/cms/moderation/schwere-faelle/{grave.pk}/"
    client.post(settle, {"confirm": "no"})
    assert Escalation.objects.get().state == "proposed"
    client.post(settle, {"confirm": "no", "answer": "Ein Zitat aus einem Krimi."})
    assert "Ein Zitat aus einem Krimi." in client.get(f"/cms/moderation/{case.pk}/").content.decode()
    client.post(at(case), {"reason": "Doch."})
    assert list(Escalation.objects.order_by("pk").values_list("state", flat=True)) == ["declined", "proposed"]


def test_the_database_itself_refuses_one_person_for_both(case, moderator):
    mira = moderator("Mira Kaya")
    grave = Escalation.objects.create(case=case, reason="x", first=mira)
    rows = Escalation.objects.filter(pk=grave.pk)
    for wrong in ({"second": mira, "second_at": case.opened_at, "state": "confirmed"}, {"state": "confirmed"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**wrong)


def test_nobody_else_gets_near(client, case, moderator):
    client.force_login(moderator("Mira Kaya"))
    client.post(at(case), {"reason": "Gefahr."})
    grave = Escalation.objects.get()
    assert client.post("/cms/moderation/999999/schwer/", {"reason": "x"}).status_code == 404
    assert client.post("/cms/moderation/schwere-faelle/999999/beweise/").status_code == 404
    client.force_login(User.objects.create_user("x@example.org", display_name="X"))
    for path in (
        at(case),
        f"/cms/moderation/schwere-faelle/{grave.pk}/",
        f"/cms/moderation/schwere-faelle/{grave.pk}/beweise/",
    ):
        assert client.post(path, {"confirm": "yes"}).status_code in (302, 403)
    assert Escalation.objects.get().state == "proposed"
