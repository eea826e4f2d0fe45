"""A campaign's ideas as a table: for staff, safe in a spreadsheet, one column for each question, cheap at any length."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from common.tables import csv_lines, plain_cell
from ideas.imports import read_rows
from ideas.models import Campaign, Idea, IdeaVersion, Question
from tests import factories
from tests.ideas.conftest import signed_in

ATTACKS = [
    "=1+1",
    "+49 123",
    "-3 Bänke",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A",
    " =1",
    "'=1",
    "''=x",
    "\u00a0=1",
]
HARMLESS = ["Mehr Schatten", "3 = 3", "'s Heilig Hus", "a;b", 'a "b"', "a\nb", "", "ä"]


@pytest.fixture
def editor(db: None) -> Client:
    return signed_in(User.objects.create_superuser("chefin@example.org", "x", display_name="Chefin"))


def answered(campaign: Campaign, title: str, *answers: dict[str, object], **fields: object) -> Idea:
    idea = factories.idea(campaign=campaign, title=title, **fields)
    version = IdeaVersion.objects.create(idea=idea, number=2, title=title, text="Text.", answers=list(answers))
    Idea.objects.filter(pk=idea.pk).update(latest_version=version, approved_version=version)
    return idea


def answer(
    key: str, value: object, label: str = "Frage?", shown: str = "", *, public: bool = True
) -> dict[str, object]:
    words = {"label": label, "kind": "text", "shown": shown or str(value)}
    return {"key": key, "version": 1, "value": value, "public": public} | words


def table(client: Client, campaign: Campaign) -> list[dict[str, str]]:
    got = client.get(f"/cms/kampagnen/{campaign.pk}/ideen.csv")
    assert got.status_code == 200
    text = b"".join(got.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:], newline=""), delimiter=";"))


def test_every_question_has_a_column_also_those_no_longer_asked(campaign: Campaign, editor: Client) -> None:
    Question.objects.create(campaign=campaign, key="wer", label="Wem hilft das?")
    Question.objects.create(campaign=campaign, key="preis", label="Was kostet es?", kind="number")
    given = answer("wer", ["Kinder", "Alte"]), answer("preis", 12.5), answer("alt", "früher", "Was war?", public=False)
    answered(campaign, "Mehr Schatten", *given)
    factories.idea(campaign=campaign, title="Ohne Antworten")
    rows = table(editor, campaign)
    assert [row["Titel"] for row in rows] == ["Mehr Schatten", "Ohne Antworten"]
    assert (rows[0]["Wem hilft das?"], rows[0]["Was kostet es?"]) == ("Kinder, Alte", "12,5")
    assert rows[0]["Was war? (wird nicht mehr gefragt)"] == "früher"
    assert rows[1]["Wem hilft das?"] == ""
    assert list(rows[0])[-3:] == ["Wem hilft das?", "Was kostet es?", "Was war? (wird nicht mehr gefragt)"]


def test_no_cell_becomes_a_formula_and_all_come_back_unchanged() -> None:
    text = "".join(csv_lines([[*ATTACKS, *HARMLESS, -3, 2.5, True, None]]))
    (row,) = csv.reader(StringIO(text[1:], newline=""), delimiter=";")
    for cell in row[: len(ATTACKS)]:
        assert cell.startswith("'")
    assert [plain_cell(cell) for cell in row[: len(ATTACKS) + len(HARMLESS)]] == [*ATTACKS, *HARMLESS]
    assert row[len(ATTACKS) : len(ATTACKS) + len(HARMLESS)] == HARMLESS
    assert row[-4:] == ["-3", "2,5", "ja", ""]


def test_an_exported_title_comes_back_by_the_import(tmp_path: Path, db: None) -> None:
    path = tmp_path / "ideen.csv"
    path.write_text("".join(csv_lines([["title", "text"], ["=SUM(A1) für alle", "@alle, ein Text"]])))
    (row,) = read_rows(path, {})
    assert (row.content.title, row.content.text) == ("=SUM(A1) für alle", "@alle, ein Text")  # type: ignore[union-attr]


def test_attacks_in_titles_and_answers_are_guarded(campaign: Campaign, editor: Client) -> None:
    answered(campaign, '=HYPERLINK("http://boese.example")', answer("a", '=cmd|" /C calc"!A1', "=1+1"))
    (row,) = table(editor, campaign)
    assert row["Titel"].startswith("'=HYPERLINK")
    assert row["'=1+1 (wird nicht mehr gefragt)"].startswith("'=cmd")


def test_only_staff_gets_it_and_only_what_they_may_see(
    campaign: Campaign, editor: Client, author: User, moderator: User
) -> None:
    answered(campaign, "Öffentlich")
    factories.idea(campaign=campaign, title="Wartet", state=Idea.State.WAITING)
    address = f"/cms/kampagnen/{campaign.pk}/ideen.csv"
    assert Client().get(address).status_code in (302, 404)
    assert signed_in(author).get(address).status_code in (302, 403, 404)
    assert [row["Titel"] for row in table(editor, campaign)] == ["Öffentlich", "Wartet"]
    assert editor.get("/cms/kampagnen/999999/ideen.csv").status_code == 404
    assert editor.post(address).status_code == 405
    assert "Ideen als Tabelle (CSV)" in editor.get("/cms/snippets/ideas/campaign/").text


def test_statements_do_not_grow_with_the_ideas(campaign: Campaign, editor: Client) -> None:
    Question.objects.create(campaign=campaign, key="wer", label="Wem hilft das?")
    counts = []
    for _round in range(2):
        for _number in range(5):
            answered(campaign, "Mehr Schatten", answer("wer", "Kinder"))
        with CaptureQueriesContext(connection) as seen:
            rows = table(editor, campaign)
        counts.append(len(seen))
    assert len(rows) == 10
    assert counts[0] == counts[1]
