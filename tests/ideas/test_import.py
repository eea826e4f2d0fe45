"""Taking contributions over from a file: row by row, repeatable, refusing as little as possible."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from ideas.models import Campaign, Idea
from moderation.models import Case
from search.models import SearchDocument

GOOD = {"id": "B1", "title": "Radweg am Ufer", "text": "Der Radweg endet plötzlich. Bitte weiterbauen."}


def run(path: Path, *options: str, slug: str = "spielraeume") -> str:
    out = StringIO()
    call_command("import_contributions", str(path), "--campaign", slug, *options, stdout=out)
    return out.getvalue()


def lines(tmp_path: Path, *rows: Any) -> Path:
    path = tmp_path / "beitraege.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_rows_become_public_ideas_marked_as_taken_over(tmp_path: Path, campaign: Campaign) -> None:
    row = GOOD | {"url": "https://example.org/1", "tags": ["Rad", "Ufer"], "created": "2024-05-01", "city": "bonn"}
    assert "1 hinzugefügt, 0 schon bekannt, 0 abgelehnt." in run(lines(tmp_path, row), "--publish")
    idea = Idea.objects.get()
    assert (idea.source_id, idea.source_url, idea.author) == ("B1", "https://example.org/1", None)
    assert idea.published_at is not None
    assert idea.published_at.year == 2024
    assert sorted(tag.name for tag in idea.tags.all()) == ["Rad", "Ufer"]
    page = Client().get(idea.get_absolute_url()).text
    assert "übernommen aus einem früheren Dialog" in page
    assert "nach Prüfung durch die Moderation" not in page
    assert Campaign.objects.get().idea_count == 1
    assert SearchDocument.objects.filter(kind="idea", object_id=idea.pk, visible=True).exists()


def test_once_more_adds_nothing(tmp_path: Path, campaign: Campaign) -> None:
    path = lines(tmp_path, GOOD, {"title": "Ohne eigene Nummer", "text": "Auch diese Zeile kommt nur einmal."})
    run(path, "--publish")
    assert "0 hinzugefügt, 2 schon bekannt" in run(path, "--publish")
    assert Idea.objects.count() == 2


def test_without_publish_each_waits_for_a_decision(tmp_path: Path, campaign: Campaign) -> None:
    run(lines(tmp_path, GOOD))
    idea = Idea.objects.get()
    assert idea.state == "waiting"
    assert Case.objects.filter(kind="idea", object_id=idea.pk, state="open").exists()


def test_a_dry_run_saves_nothing(tmp_path: Path, campaign: Campaign) -> None:
    assert "1 hinzugefügt" in run(lines(tmp_path, GOOD), "--publish", "--dry-run")
    assert not Idea.objects.exists()
    assert not SearchDocument.objects.exists()


def test_broken_rows_are_named_and_the_others_go_on(tmp_path: Path, campaign: Campaign) -> None:
    long = "Ein sehr langer Titel " * 8
    rows = ["{kaputt", {"title": "", "text": "x"}, {"title": "x"}, [1], {"title": 1, "text": {"a": 1}}, {"title": "a\u0000", "text": "b"},
            GOOD, GOOD | {"title": "Gleiche Nummer"}, {"id": "L", "title": long, "text": "Text dazu", "district": "Atlantis"},
            {"id": "D", "title": "Datum falsch", "text": "Text dazu", "created": "31.02.2024", "url": "javascript:x"}]  # fmt: skip
    told = run(lines(tmp_path, *rows), "--publish")
    for words in (
        "Zeile 1 abgelehnt: kein gültiges JSON", "Zeile 2 abgelehnt: Titel oder Text fehlt", "Zeile 3 abgelehnt", "Zeile 4 abgelehnt",
        "Zeile 5 abgelehnt", "Zeile 6 abgelehnt", "Zeile 8 abgelehnt: gleiche id wie Zeile 7", "Zeile 9: Titel gekürzt",
        "Zeile 9: unbekannter Stadtteil „Atlantis“", "Zeile 10: Datum weggelassen", "Zeile 10: Adresse weggelassen",
        "3 hinzugefügt, 0 schon bekannt, 7 abgelehnt.",
    ):  # fmt: skip
        assert words in told
    cut = Idea.objects.get(source_id="L")
    assert len(cut.title) <= 90
    assert cut.title.endswith(" …")
    assert cut.approved_version.text.startswith(long.strip())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_tables_are_read_whatever_wrote_them(tmp_path: Path, campaign: Campaign, encoding: str, delimiter: str) -> None:
    path = tmp_path / "beitraege.csv"
    text = f'title{delimiter}text\r\n"Mehr Bänke{delimiter} bitte"{delimiter}"Für müde\nBeine"\r\n'
    path.write_bytes(text.encode(encoding))
    assert "1 hinzugefügt" in run(path, "--publish")
    assert Idea.objects.get().title == f"Mehr Bänke{delimiter} bitte"


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b"\x00\x01\x02"])
def test_an_unusable_file_is_said_to_be_so(tmp_path: Path, campaign: Campaign, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError):
        run(path)


def test_an_unknown_campaign_or_file_is_named(tmp_path: Path, campaign: Campaign) -> None:
    with pytest.raises(CommandError, match="gibt es nicht"):
        run(lines(tmp_path, GOOD), slug="nirgends")
    with pytest.raises(CommandError, match="nicht lesen"):
        run(tmp_path / "fehlt.jsonl")
