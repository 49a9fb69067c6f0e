"""A Merkle tree over byte strings, in the shape of RFC 6962 section 2.1.

Leaves and nodes are hashed under different prefixes, so that no node can be passed off as a leaf.
The root published outside the database fixes every leaf and their order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

_LEAF = b"\x00"
_NODE = b"\x01"


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Return the 32-byte root; of no leaves, the SHA-256 of nothing."""
    if not leaves:
        return hashlib.sha256().digest()
    level = [leaf_hash(leaf) for leaf in leaves]
    while len(level) > 1:
        level = _parents(level)
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the sibling hashes from the leaf at `index` up to the root, lowest first.

    Raises IndexError when there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    level, proof = [leaf_hash(leaf) for leaf in leaves], []
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            proof.append(level[sibling])
        level, index = _parents(level), index // 2
    return proof


def verify_inclusion(
    root: bytes, leaf: bytes, index: int, size: int, proof: Sequence[bytes]
) -> bool:
    """Tell whether `leaf` is number `index` of the `size` leaves under `root`."""
    if not 0 <= index < size:
        return False
    value, last, remaining = leaf_hash(leaf), size - 1, list(reversed(proof))
    while last > 0:
        if index % 2 or index < last:
            if not remaining:
                return False
            sibling = remaining.pop()
            value = _node_hash(sibling, value) if index % 2 else _node_hash(value, sibling)
        index, last = index // 2, last // 2
    return not remaining and value == root


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of one leaf."""
    return hashlib.sha256(_LEAF + leaf).digest()


def _node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()


def _parents(level: Sequence[bytes]) -> list[bytes]:
    """Return the level above; a last node without a partner is carried up unchanged."""
    pairs = [_node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs
