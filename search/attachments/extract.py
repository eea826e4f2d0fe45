"""Starting the process that reads a file, and taking what it says with care."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from search.models import SearchFile

READER = Path(__file__).with_name("reader.py")
MOST_BYTES, SECONDS, MOST_OUTPUT = 20 * 1024 * 1024, 30, 4 * 1024 * 1024
State = SearchFile.State


@dataclass
class Extracted:
    """What was read of a file."""

    state: str
    pages: list[tuple[int, str]] = field(default_factory=list)
    is_cut: bool = False
    detail: str = ""
    number: int = 0


def extract(data: bytes, kind: str) -> Extracted:
    """Return the text of a file (pdf, odt, docx); never raises because of the file.

    The reader has 20 seconds of the processor, 30 on the clock, 512 MB; what it had written by then is kept.
    """
    if len(data) > MOST_BYTES:
        return Extracted(State.LARGE)
    command = [sys.executable, "-I", str(READER), kind]
    with subprocess.Popen(  # noqa: S603 - our own program; the kind is one of three words
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
    ) as process:
        try:
            output, _errors = process.communicate(data, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _errors = process.communicate()
    return _read(output[:MOST_OUTPUT])


def _read(output: bytes) -> Extracted:
    """Return what the lines say; without the last line the reader was stopped."""
    found = Extracted(State.SLOW)
    for line in output.decode("utf-8", "replace").splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            break
        if "text" in said:
            found.pages.append((int(said["page"]), clean(str(said["text"]))))
        elif "end" in said:
            found.state, found.is_cut, found.number = str(said["end"]), bool(said["cut"]), int(said["pages"])
        else:
            found.detail = str(said.get("detail", ""))[:200]
    if found.state == State.SLOW and any(text.strip() for _number, text in found.pages):
        found.state, found.is_cut, found.number = State.READ, True, len(found.pages)
    return found


def clean(text: str) -> str:
    """Return text that both databases can store, its lines without idle space; words broken at line ends are joined."""
    text = text.replace("\x00", " ").replace("\u00ad\n", "").encode("utf-8", "ignore").decode("utf-8")
    text = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
    return "\n".join(line for line in (" ".join(row.split()) for row in text.split("\n")) if line)
