"""What authorities get in a grave case (DSA, Art. 18), packed with a list of hashes: what was there, and nothing needless."""

import hashlib
import io
import json
import zipfile
from datetime import datetime
from typing import Any

from moderation.models import Case, Decision
from moderation.registry import moderated

LIST = "SHA256SUMS"
README = """Beweispaket der Moderation

Fall {number}: {title}
Gesichert am {when} (UTC)

contribution/   der Beitrag mit allen Fassungen, Bildern und Dateien
case.json       der Fall und sein Verlauf
reports.json    was gemeldet wurde; Namen und Adressen der Meldenden stehen nicht darin
record.json     die Entscheidungen aus dem Verzeichnis, mit ihren Prüfsummen
SHA256SUMS      Prüfsummen aller Dateien; prüfen mit: sha256sum -c SHA256SUMS

Zeiten sind in UTC angegeben. Wer hinter einem Konto steht, teilt die Stadt auf Anfrage mit.
"""


def evidence_package(case: Case, at: datetime) -> bytes:
    """Return a ZIP about a case as things stand at ``at``; the same rows give the same bytes."""
    files = [
        ("README.txt", README.format(number=case.pk, title=case.title, when=f"{at:%Y-%m-%d %H:%M:%S}").encode()),
        *((f"contribution/{name}", data) for name, data in moderated(case.kind).evidence(case.object_id)),
        as_json("case.json", about_case(case)),
        as_json("reports.json", about_reports(case)),
        as_json("record.json", about_record(case)),
    ]
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files)
    return packed([*files, (LIST, sums.encode())], at)


def packed(files: list[tuple[str, bytes]], at: datetime) -> bytes:
    """Return the files in one ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def as_json(name: str, content: Any) -> tuple[str, bytes]:
    """Return a file that programs and people can read."""
    return name, json.dumps(content, ensure_ascii=False, indent=2, default=str).encode()


def about_case(case: Case) -> dict[str, Any]:
    """Return the case and what happened to it; moderators stand in it by number."""
    names = (
        "kind",
        "object_id",
        "subject_version",
        "reason",
        "state",
        "title",
        "campaign_title",
        "author_name",
        "opened_at",
    )
    events = case.events.values("kind", "actor_id", "text", "happened_at")
    return {"number": case.pk, **{name: getattr(case, name) for name in names}, "events": list(events)}


def about_reports(case: Case) -> list[dict[str, Any]]:
    """Return the reports without who sent them: that is not needed to pursue what was reported."""
    names = ("reason", "text", "snapshot", "subject_version", "address", "created_at")
    return list(case.reports.order_by("pk").values(*names))


def about_record(case: Case) -> list[dict[str, Any]]:
    """Return the decisions on the contribution."""
    names = (
        "sequence", "decision", "subject_version", "subject_title", "ground", "reason", "state_before", "state_after",
        "decided_at", "actor_id", "previous_hash", "hash",
    )  # fmt: skip
    found = Decision.objects.filter(kind=case.kind, object_id=case.object_id)
    return list(found.order_by("sequence").values(*names))
