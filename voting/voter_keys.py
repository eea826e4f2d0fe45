"""Voter keys: who supported what is kept under a keyed hash, and the key to it lies outside the database.

Every campaign has a secret of its own in ``settings.VOTING_SECRET_FILE``. With it, a person's own supports can be found
again; without it nobody can tell whose they are, yet they stay unique and countable. Destroying it is for ever.
"""

import fcntl
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from common.codes import keyed_hash

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User

Secrets = dict[str, str | None]  # campaign → hex, or None once destroyed
_read: dict[Path, tuple[tuple[int, int, int], Secrets]] = {}


class KeyGone(LookupError):
    """The secret of a campaign was destroyed or never made: own supports cannot be told any more."""

    def __init__(self, campaign_id: int) -> None:
        super().__init__(f"The voting secret of campaign {campaign_id} is not in {settings.VOTING_SECRET_FILE}.")


def voter_key(campaign_id: int, user: "User") -> str:
    """Return the name under which ``user`` stands in the rows of a campaign; raises ``KeyGone`` without its secret."""
    return key_of_voter(campaign_id, user.voter_id)


def key_of_voter(campaign_id: int, voter_id: "UUID") -> str:
    """Return the name under which whoever has this id stands; raises ``KeyGone`` without the secret."""
    return hmac.new(_secret(campaign_id), voter_id.bytes, hashlib.sha256).hexdigest()


def hash_of_code(campaign_id: int, signs: str) -> str:
    """Return what is kept of a one-time code; raises ``KeyGone`` without the secret."""
    return keyed_hash(_secret(campaign_id), "code-kept", signs)


def key_of_code(campaign_id: int, code_hash: str) -> str:
    """Return the name under which the holder of a one-time code stands; raises ``KeyGone`` without the secret."""
    return hmac.new(_secret(campaign_id), f"code:{code_hash}".encode(), hashlib.sha256).hexdigest()


def receipt(campaign_id: int, key: str, object_id: int, version: int, *, kind: str = "support", phase: int = 0) -> str:
    """Return what only the voter can compute about one event; its SHA-256 stands in the event as commitment.

    ``object_id`` is the idea, or the comment that was rated; ``phase`` is 0 where a vote belongs to the campaign.
    """
    words = f"receipt:{key}:{object_id}:{version}"
    if kind != "support":
        words = f"receipt:{kind}:{phase}:{key}:{object_id}:{version}"
    return hmac.new(_secret(campaign_id), words.encode(), hashlib.sha256).hexdigest()


def prover(campaign_id: int) -> Callable[[str, int, int], str]:
    """Return what computes commitments of supports (key, idea, version) very often; raises ``KeyGone`` without the secret."""
    secret = _secret(campaign_id)

    def prove(key: str, idea_id: int, version: int) -> str:
        proof = hmac.digest(secret, f"receipt:{key}:{idea_id}:{version}".encode(), "sha256").hex()
        return hashlib.sha256(proof.encode()).hexdigest()

    return prove


def pads(campaign_id: int) -> tuple[bytes, bytes]:
    """Return the inner and outer block of the HMAC (RFC 2104), for loading test data by SQL; raises ``KeyGone``."""
    block = _secret(campaign_id).ljust(64, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


def all_keys(user: "User") -> list[str]:
    """Return the names of ``user`` in all campaigns whose secret is there."""
    return [voter_key(int(campaign_id), user) for campaign_id, secret in _all().items() if secret]


def known_campaigns() -> list[int]:
    """Return the campaigns whose secret is there."""
    return [int(campaign_id) for campaign_id, secret in _all().items() if secret]


def has_secret(campaign_id: int) -> bool:
    """Tell whether the campaign's secret is there."""
    return bool(_all().get(str(campaign_id)))


def make_secret(campaign_id: int) -> None:
    """Make the campaign's secret unless one exists or was destroyed; safe with several processes at once."""
    name = str(campaign_id)
    _change(lambda known: known if name in known else {**known, name: secrets.token_hex(32)})


def destroy_secret(campaign_id: int) -> None:
    """Forget the campaign's secret for ever: its supports stay counted, but are nobody's any more."""
    _change(lambda known: {**known, str(campaign_id): None})


def _secret(campaign_id: int) -> bytes:
    found = _all().get(str(campaign_id))
    if not found:
        raise KeyGone(campaign_id)
    return bytes.fromhex(found)


def _all() -> Secrets:
    """Read the file, once for each of its states."""
    path = Path(settings.VOTING_SECRET_FILE)
    try:
        state = path.stat()
    except FileNotFoundError:
        return {}
    mark = (state.st_ino, state.st_mtime_ns, state.st_size)
    kept = _read.get(path)
    if kept is None or kept[0] != mark:  # what another thread puts there meanwhile may be older
        kept = _read[path] = (mark, json.loads(path.read_text(encoding="ascii")))
    return kept[1]


def _change(change: Callable[[Secrets], Secrets]) -> None:
    path = Path(settings.VOTING_SECRET_FILE)
    with _alone(path):
        known = json.loads(path.read_text(encoding="ascii")) if path.exists() else {}
        if (wanted := change(known)) != known:
            _replace(path, json.dumps(wanted, indent=1))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock beside the file, against other processes and threads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _replace(path: Path, text: str) -> None:
    """Put the new content in place of the old in one step that outlives a power cut; readable by its owner only."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
