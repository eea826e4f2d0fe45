"""Receipts as people read and type them: 52 signs in groups of four, with a check against slips.

A receipt is 256 bits, kept as 64 hexadecimal digits. In Crockford's base 32 (D. Crockford, "Base 32", 2002), where O
is read as 0 and I and L as 1, that is 260 bits; the last four of them check the others.
"""

from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = str.maketrans("OIL", "011")
SIGNS, GROUP, HEX = 52, 4, 64


def in_groups(receipt: str) -> str:
    """Return a receipt (64 hexadecimal digits) as it is shown."""
    number = int(receipt, 16) << 4 | _check(receipt)
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(SIGNS)))
    return "-".join(signs[start : start + GROUP] for start in range(0, SIGNS, GROUP))


def as_typed(typed: str) -> str:
    """Return the 64 hexadecimal digits of what was typed, in groups or not; empty if it cannot be a receipt."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(signs) == HEX and all(sign in "0123456789ABCDEF" for sign in signs):
        return signs.lower()
    signs = signs.translate(ALIKE)
    if len(signs) != SIGNS or set(signs) - set(ALPHABET):
        return ""
    number = 0
    for sign in signs:
        number = number << 5 | ALPHABET.index(sign)
    receipt = f"{number >> 4:064x}"
    return receipt if len(receipt) == HEX and _check(receipt) == number & 15 else ""


def _check(receipt: str) -> int:
    return sha256(f"mitwirk:{receipt}".encode()).digest()[0] >> 4
