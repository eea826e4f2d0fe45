"""Codes on paper that people type: no look-alikes, a sign at the end that finds every slip, kept as keyed hashes only.

The alphabet has a prime number of signs: with weights by place (as in ISBN-10), every single wrong sign and every
swapped pair changes the sum, so a slip is told as a slip and never as a wrong code.
"""

import hashlib
import hmac
import secrets

# Of what looks alike in print or handwriting – I and 1, O, Q and 0, S and 5, Z and 2, B and 8, G and 6, U and V –
# there is at most one. 23 signs, about 4.5 bits each.
ALPHABET = "ACDEFHJKLMNPRTUWXY34679"
GROUP = 3
# 14 signs by chance, 23¹⁴ or 63 bits; one to check.
LENGTH = 15
# For codes with few tries: 8 signs by chance, 36 bits.
SHORT = 9


def new_code(length: int = LENGTH) -> str:
    """Return a code like ``KTR-4WX-9PM-HE7-CAD``."""
    signs = "".join(secrets.choice(ALPHABET) for _place in range(length - 1))
    return grouped(signs + check_sign(signs))


def check_sign(signs: str) -> str:
    """Return the sign that makes the weighted sum of all a multiple of the alphabet's size."""
    rest = sum(place * ALPHABET.index(sign) for place, sign in enumerate(signs, start=1))
    weight = len(signs) + 1
    return ALPHABET[-rest * pow(weight, -1, len(ALPHABET)) % len(ALPHABET)]


def grouped(signs: str) -> str:
    """Return the signs in groups of three."""
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def normal(typed: str) -> str:
    """Return what was typed in capitals, without spaces, dashes and dots."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def is_well_formed(typed: str, length: int = LENGTH) -> bool:
    """Tell whether this can be a code; one that was mistyped cannot."""
    signs = normal(typed)
    return len(signs) == length and set(signs) <= set(ALPHABET) and check_sign(signs[:-1]) == signs[-1]


def keyed_hash(key: bytes, use: str, text: str) -> str:
    """Return what is kept of a code or a proof; ``use`` keeps hashes of one key for different things apart."""
    return hmac.new(key, f"{use}:{text}".encode(), hashlib.sha256).hexdigest()
