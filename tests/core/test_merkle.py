import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.core.merkle import inclusion_proof, leaf_hash, merkle_root, verify_inclusion

# The test vectors of the certificate-transparency reference code for RFC 6962.
VECTORS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

leaf_lists = st.lists(st.binary(max_size=8), min_size=1, max_size=40)


def _by_definition(leaves):
    """RFC 6962 section 2.1, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = _by_definition(leaves[:split]), _by_definition(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_vectors(size):
    assert merkle_root(VECTORS[:size]).hex() == ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert merkle_root([]) == hashlib.sha256(b"").digest()


@given(leaf_lists)
def test_the_root_is_that_of_the_definition(leaves):
    assert merkle_root(leaves) == _by_definition(leaves)


@given(leaf_lists, st.data())
def test_every_leaf_is_proved_at_its_place(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(leaves, index)
    assert verify_inclusion(merkle_root(leaves), leaves[index], index, len(leaves), proof)


@given(leaf_lists, st.data())
def test_a_changed_leaf_place_or_proof_is_refused(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof, root, size = inclusion_proof(leaves, index), merkle_root(leaves), len(leaves)
    assert not verify_inclusion(root, leaves[index] + b"x", index, size, proof)
    assert not verify_inclusion(root, leaves[index], index, size, [*proof, b"\0" * 32])
    if proof:
        assert not verify_inclusion(root, leaves[index], index, size, proof[:-1])
    other = data.draw(st.integers(0, size - 1))
    if leaves[other] != leaves[index]:
        assert not verify_inclusion(root, leaves[other], index, size, proof)
        assert not verify_inclusion(root, leaves[index], other, size, proof)


@given(leaf_lists)
def test_a_place_outside_the_tree_is_refused(leaves):
    assert not verify_inclusion(merkle_root(leaves), leaves[0], len(leaves), len(leaves), [])
    assert not verify_inclusion(merkle_root(leaves), leaves[0], -1, len(leaves), [])
    with pytest.raises(IndexError):
        inclusion_proof(leaves, len(leaves))


def test_a_node_cannot_pose_as_a_leaf():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert merkle_root([left + right]) != merkle_root([b"a", b"b"])
