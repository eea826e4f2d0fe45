"""What stands beside the votes in a result: totals from paper, and how many codes were handed out and used."""

from typing import Any

from ideas.models import Phase
from voting.queries.codes import figures
from voting.queries.paper import snapshot_of_paper


def paper_and_codes(phase: Phase) -> dict[str, Any]:
    """Return ``paper`` ({idea: {value: number}}) and ``codes`` (made, used, dead), each only where there is something."""
    found: dict[str, Any] = {}
    if paper := snapshot_of_paper(phase):
        found["paper"] = paper
    if (codes := figures(phase)).made:
        found["codes"] = {"made": codes.made, "used": codes.used, "dead": codes.dead}
    return found
