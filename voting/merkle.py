"""Merkle trees over lines of text: the root stands for all lines, and a short path proves that one line is among them.

As in RFC 6962, section 2.1 (B. Laurie, A. Langley, E. Kasper: Certificate Transparency, 2013), after R. C. Merkle: A
digital signature based on a conventional encryption function, CRYPTO 1987. Leaves and nodes are hashed with different
first bytes, so that a node cannot be passed off as a leaf.
"""

from collections.abc import Sequence
from hashlib import sha256

LEAF, NODE = b"\x00", b"\x01"
Step = tuple[str, str]  # on which side the other hash stands ("left" or "right"), and the hash


def leaf(line: str) -> bytes:
    """Return the hash of one line."""
    return sha256(LEAF + line.encode()).digest()


def root(leaves: Sequence[bytes]) -> str:
    """Return the root over the hashes of lines, as 64 hexadecimal digits; of nothing it is the hash of nothing."""
    row = list(leaves)
    while len(row) > 1:
        row = _above(row)
    return (row[0] if row else sha256().digest()).hex()


def path(leaves: Sequence[bytes], index: int) -> list[Step]:
    """Return the hashes that lead from one leaf up to the root, the lowest first."""
    row, steps = list(leaves), []
    while len(row) > 1:
        other = index ^ 1
        if other < len(row):
            steps.append(("left" if other < index else "right", row[other].hex()))
        row, index = _above(row), index // 2
    return steps


def climb(start: bytes, steps: Sequence[Step]) -> str:
    """Return the root that a leaf and its path lead to."""
    for side, other in steps:
        pair = bytes.fromhex(other) + start if side == "left" else start + bytes.fromhex(other)
        start = sha256(NODE + pair).digest()
    return start.hex()


def _above(row: Sequence[bytes]) -> list[bytes]:
    """Return the row above: pairs are hashed together; a last one without a partner moves up as it is.

    That gives the same tree as RFC 6962's division at the largest power of two.
    """
    pairs = [sha256(NODE + row[at] + row[at + 1]).digest() for at in range(0, len(row) - 1, 2)]
    return pairs + ([row[-1]] if len(row) % 2 else [])
