"""Proofs that two accounts belong to one person, as keyed hashes: from name and address, or from an official subject.

The key lies in a file of its own outside the database. Without it, nobody can try out names and addresses.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from common.codes import keyed_hash, normal
from common.secret_files import kept_secret

STREET = re.compile(r"str(asse|\.)?(?=\s|\d|$)")


def key() -> bytes:
    """Return the key; the first use makes it, readable by its owner only."""
    return _key(Path(settings.PROOF_SECRET_FILE))


@lru_cache(maxsize=4)
def _key(path: Path) -> bytes:
    return bytes.fromhex(kept_secret(path))


def of_address(name: str, street: str, postcode: str) -> str:
    """Return the proof of somebody who gets letters there: spelling, order of names and titles do not matter."""
    words = sorted(set(re.findall(r"\w+", plain(name))) - {"dr", "prof", "herr", "frau"})
    place = re.sub(r"\W", "", STREET.sub("str", plain(street)))
    return keyed_hash(key(), "address", f"{' '.join(words)}|{place}|{postcode}")


def of_subject(issuer: str, subject: str) -> str:
    """Return the proof of whom an official service knows under this subject."""
    return keyed_hash(key(), "subject", f"{issuer}|{subject}")


def of_code(typed: str) -> str:
    """Return what is kept of a code from a letter."""
    return keyed_hash(key(), "letter", normal(typed))


def plain(text: str) -> str:
    """Return small letters without accents; umlauts as people also write them."""
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.casefold().replace(umlaut, letters)
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
