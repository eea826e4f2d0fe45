"""Codes on receipts: easy to read out and to type, too many to guess; only their hash is kept."""

import hashlib
import secrets

# Without letters and digits that look alike in handwriting.
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
GROUPS, GROUP = 3, 4
LENGTH = GROUPS * GROUP


def new_code() -> str:
    """Return a code like ``ABCD-EFGH-2345``: 30¹² of them, about 59 bits."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def normal(typed: str) -> str:
    """Return what was typed without spaces and dashes, in capitals; empty when it cannot be a code."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return signs if len(signs) == LENGTH and set(signs) <= set(ALPHABET) else ""


def digest(code: str) -> str:
    """Return what is kept of a code."""
    return hashlib.sha256(f"intake:{normal(code)}".encode()).hexdigest()
