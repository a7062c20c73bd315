"""The trees of RFC 6962, against the test vectors of Certificate Transparency and against their own definition."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.store.merkle import EMPTY, Frontier, belongs, leaf_hash, path, root

# The leaves and roots that every Certificate Transparency log tests itself with (merkletree reference vectors).
LEAVES = [
    leaf_hash(bytes.fromhex(leaf))
    for leaf in [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
HASHES = st.lists(st.binary(min_size=1, max_size=4).map(leaf_hash), min_size=1, max_size=40)


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_certificate_transparency(size):
    assert root(LEAVES[:size]).hex() == ROOTS[size]


def test_an_empty_tree_is_the_hash_of_nothing():
    assert root([]) == Frontier().root() == EMPTY == sha256().digest()


@pytest.mark.parametrize(
    "index, size, sisters",
    [
        (0, 1, []),
        (
            0,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
    ],
)
def test_paths_are_those_of_certificate_transparency(index, size, sisters):
    assert [sister.hex() for sister in path(LEAVES[:size], index)] == sisters


@given(HASHES)
def test_a_growing_tree_has_the_root_of_the_whole(leaves):
    frontier = Frontier()
    for size, leaf in enumerate(leaves, 1):
        frontier = frontier.with_leaf(leaf)
        assert frontier.size == size
        assert frontier.root() == root(leaves[:size])


@given(HASHES)
def test_the_path_of_every_leaf_leads_to_the_root(leaves):
    for index, leaf in enumerate(leaves):
        assert belongs(leaf, index, len(leaves), path(leaves, index), root(leaves))


@given(HASHES, st.integers(0, 39), st.integers(0, 31), st.integers(1, 255))
def test_a_path_leads_nowhere_when_one_byte_is_wrong(leaves, place, byte, flip):
    index = place % len(leaves)
    sisters, head = path(leaves, index), root(leaves)
    wrong = bytes(b ^ flip if i == byte else b for i, b in enumerate(leaves[index]))
    assert not belongs(wrong, index, len(leaves), sisters, head)
    for at, sister in enumerate(sisters):
        bent = bytes(b ^ flip if i == byte else b for i, b in enumerate(sister))
        assert not belongs(leaves[index], index, len(leaves), [*sisters[:at], bent, *sisters[at + 1 :]], head)


@given(st.lists(st.binary(min_size=1, max_size=4).map(leaf_hash), min_size=2, max_size=40, unique=True), st.randoms())
def test_a_path_fits_one_place_only(leaves, dice):
    index = dice.randrange(len(leaves))
    sisters, head = path(leaves, index), root(leaves)
    for other in set(range(-1, len(leaves) + 1)) - {index}:
        assert not belongs(leaves[index], other, len(leaves), sisters, head)
    assert not belongs(leaves[index], index, len(leaves), [*sisters, head], head)
    assert not belongs(leaves[index], index, len(leaves), sisters[:-1], head)


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_path_from_outside_the_tree(index):
    with pytest.raises(IndexError):
        path(LEAVES[:3], index)
