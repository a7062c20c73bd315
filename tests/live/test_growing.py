"""A growing mapping is at each moment what a dict would be, order and all, and no earlier one changes with it."""

from hypothesis import given
from hypothesis import strategies as st

from live.growing import FEW, Growing

keys = st.integers(0, 5 * FEW)
steps = st.lists(st.tuples(keys, st.integers(0, 9), st.booleans()), max_size=4 * FEW)


@given(st.dictionaries(keys, st.integers(0, 9)), steps)
def test_it_is_what_a_dict_would_be_and_what_was_stays(
    begun: dict[int, int], steps: list[tuple[int, int, bool]]
) -> None:
    told, grown = begun, Growing(begun)
    all_of_them = [(told, grown)]
    for key, value, looked in steps:
        told, grown = {**told, key: value}, grown.put(key, value)
        assert (grown[key], key in grown, len(grown)) == (value, True, len(told))
        assert looked is False or list(grown) == list(told)  # looking folds it
        all_of_them.append((told, grown))
    for then, now in reversed(all_of_them):
        assert list(now.items()) == list(then.items())
        assert (list(now.keys()), list(now.values())) == (list(then), list(then.values()))
        assert now == then == now
        assert {**now} == then


@given(st.dictionaries(keys, st.integers(0, 9)), keys)
def test_what_was_never_put_is_not_there(begun: dict[int, int], key: int) -> None:
    grown = Growing(begun)
    assert (key in grown) is (key in begun)
    assert grown.get(key) == begun.get(key)
    assert (grown == Growing(begun), grown == {**begun, -1: 0}) == (True, False)


def test_many_puts_copy_little_each() -> None:
    """Ten thousand dicts of up to ten thousand would be fifty million copies; folded dicts are a few hundred."""
    grown, under = Growing[int, int](), set[int]()
    kept = []
    for number in range(10_000):
        grown = grown.put(number, number)
        assert len(grown._over) <= FEW + 100
        if id(grown._under) not in under:
            kept.append(grown._under)  # else its address may be given again
            under.add(id(grown._under))
    assert len(under) < 400
    assert dict(grown) == {number: number for number in range(10_000)}
